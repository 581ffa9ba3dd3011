import { InsufficientFundsError, InvalidRunnerError } from "@consentry/sdk";
import type { Provider, Signer } from "ethers";
import type { Place } from "../queue/types.js";
import { within } from "./within.js";

const PATIENCE = 10_000;

/** The account that pays for deliveries; its key signs transactions and nothing else. */
export class Payer {
  readonly address: string;
  readonly #provider: Provider;

  private constructor(address: string, provider: Provider) {
    this.address = address;
    this.#provider = provider;
  }

  /** Throws InvalidRunnerError for a signer that is not connected to a node. */
  static async of(signer: Signer): Promise<Payer> {
    if (signer.provider === null)
      throw new InvalidRunnerError("The signer has no provider: use signer.connect(provider).");
    return new Payer(await signer.getAddress(), signer.provider);
  }

  /** Whether a transaction of the account is not mined yet. */
  async hasPending(): Promise<boolean> {
    const counted = (block: "latest" | "pending") =>
      within(PATIENCE, this.#provider.getTransactionCount(this.address, block));
    const [mined, all] = await Promise.all([counted("latest"), counted("pending")]);
    return all > mined;
  }

  /** Where a transaction was mined; undefined if it was not, or failed. */
  async placeOf(hash: string): Promise<Place | undefined> {
    const receipt = await within(PATIENCE, this.#provider.getTransactionReceipt(hash));
    return receipt?.status === 1 ? { hash, blockNumber: receipt.blockNumber } : undefined;
  }

  /** Throws InsufficientFundsError if the account has nothing, and gas is not free. */
  async requireFunds(): Promise<void> {
    const [balance, fees] = await within(
      PATIENCE,
      Promise.all([this.#provider.getBalance(this.address), this.#provider.getFeeData()]),
    );
    if (balance === 0n && fees.gasPrice !== 0n) throw new InsufficientFundsError();
  }
}
