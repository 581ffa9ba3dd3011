import type { ContractTransaction, TransactionReceipt, TransactionResponse } from "ethers";
import { getBytes, Wallet, id } from "ethers";
import { network } from "hardhat";
import { deploySuite, type Signer, type Suite } from "../../test/suite.js";
import { grantees } from "./terms.js";

/** The first block's time, in seconds. What is signed is signed now. */
export const START = 1_893_456_000;
/** Between two measured transactions; many of them still fit in the seven days of a signed grant. */
const STEP = 600;

/**
 * Addresses that nobody reads, at 2,400 gas each (EIP-2930): much calldata has a least price (EIP-7623), in which a short
 * execution would vanish.
 */
const BALLAST = grantees("ballast", 20);

/** A patient who only signs: a fixed key, of which a digest can be signed too. */
export const SIGNER = new Wallet(id("a patient who signs"));

/**
 * One chain for all, ours and peers. Measured blocks have fixed times: what is made from them, such as an id or a signature,
 * is calldata later, and its zero bytes are cheaper.
 */
export class Chain {
  #time = START;

  private constructor(
    readonly suite: Suite,
    readonly connection: Awaited<ReturnType<typeof connect>>,
  ) {}

  /** @param hardfork Osaka is the first with the P-256 precompile. */
  static async create(hardfork: "prague" | "osaka" = "prague"): Promise<Chain> {
    const connection = await connect(hardfork);
    return new Chain(await deploySuite(connection), connection);
  }

  /** The time of the last measured block, in seconds. */
  get now(): bigint {
    return BigInt(this.#time);
  }

  get deployer(): Signer {
    return this.suite.signers.deployer;
  }

  /** The receipt of a transaction in a block of its own at the next fixed time. */
  async receiptOf(send: () => Promise<TransactionResponse>): Promise<TransactionReceipt> {
    this.#time += STEP;
    await this.connection.networkHelpers.time.setNextBlockTimestamp(this.#time);
    const receipt = await (await send()).wait();
    if (receipt === null) throw new Error("The transaction was not mined.");
    return receipt;
  }

  async gasOf(send: () => Promise<TransactionResponse>): Promise<number> {
    return Number((await this.receiptOf(send)).gasUsed);
  }

  /** The gas of a view as a transaction, less what every transaction with these data pays before it starts (EIP-2028). */
  async executionOf(call: ContractTransaction): Promise<number> {
    const bytes = getBytes(call.data);
    const zeros = bytes.filter((byte) => byte === 0).length;
    const tokens = zeros + 4 * (bytes.length - zeros);
    const accessList = BALLAST.map((address) => ({ address, storageKeys: [] }));
    const { relayer } = this.suite.signers;
    const gas = await this.gasOf(() => relayer.sendTransaction({ ...call, accessList }));
    if (gas <= 21_000 + 10 * tokens) throw new Error("The price of the calldata hides that of the execution.");
    return gas - 21_000 - 4 * tokens - 2_400 * BALLAST.length;
  }
}

function connect(hardfork: string) {
  return network.create({ network: "default", override: { hardfork, initialDate: new Date(START * 1000) } });
}
