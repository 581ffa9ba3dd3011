import { InsufficientFundsError, InvalidRunnerError, NetworkError, NonceError, RpcError } from "@consentry/sdk";
import {
  isError,
  keccak256,
  type Provider,
  type Signer,
  Transaction,
  type TransactionLike,
  type TransactionReceipt,
} from "ethers";
import { LowFundsError, UnknownTransactionError } from "../errors/operation.js";
import type { Place } from "../queue/types.js";
import { feesOf, type Price, priceOf, type Pricing } from "./price.js";
import { within } from "./within.js";

const PATIENCE = 10_000;

/** A transaction that was signed and not handed over. */
export interface SignedTransaction {
  nonce: number;
  hash: string;
  raw: string;
  gas: bigint;
}

/** The account that pays for deliveries; its key signs transactions and nothing else. */
export class Payer {
  readonly address: string;
  readonly pricing: Pricing;
  readonly #chainId: number;
  readonly #signer: Signer;
  readonly #provider: Provider;

  private constructor(address: string, chainId: number, signer: Signer, provider: Provider, pricing: Pricing) {
    this.address = address;
    this.pricing = pricing;
    this.#chainId = chainId;
    this.#signer = signer;
    this.#provider = provider;
  }

  /** Throws InvalidRunnerError for a signer that is not connected to a node. */
  static async of(signer: Signer, chainId: number, pricing: Pricing): Promise<Payer> {
    if (signer.provider === null)
      throw new InvalidRunnerError("The signer has no provider: use signer.connect(provider).");
    return new Payer(await signer.getAddress(), chainId, signer, signer.provider, pricing);
  }

  /** How many transactions of the account were mined. */
  async minedCount(): Promise<number> {
    return this.#count("latest");
  }

  /**
   * The first nonce that is free, where these are taken.
   *
   * @throws UnknownTransactionError if a transaction is pending that is none of these
   */
  async freeNonce(taken: ReadonlySet<number>): Promise<number> {
    const mined = await this.#count("latest");
    const pending = await this.#count("pending");
    const own = [...taken].filter((nonce) => nonce >= mined).length;
    if (pending - mined > own) throw new UnknownTransactionError();
    let nonce = Math.max(mined, pending);
    while (taken.has(nonce)) nonce++;
    return nonce;
  }

  /** What is offered for gas now. */
  async price(): Promise<Price> {
    return priceOf(await within(PATIENCE, this.#provider.getFeeData()), this.pricing.ceiling);
  }

  /** Signs, and hands nothing over. */
  async sign(transaction: TransactionLike, nonce: number, price: Price): Promise<SignedTransaction> {
    const complete = Transaction.from({ ...transaction, ...feesOf(price), nonce, chainId: this.#chainId });
    const raw = await within(PATIENCE, this.#signer.signTransaction(complete));
    return { nonce, hash: keccak256(raw), raw, gas: complete.gasLimit };
  }

  /**
   * Hands a signed transaction to the node, once more if it was before.
   *
   * @returns why the node refused it; undefined if it has it, or had it
   * @throws NetworkError, TimeoutError if that is not known
   */
  async handOver({ raw, hash }: { raw: string; hash: string }): Promise<InsufficientFundsError | RpcError | undefined> {
    try {
      await within(PATIENCE, this.#provider.broadcastTransaction(raw));
      return undefined;
    } catch (error) {
      const refusal = error instanceof NetworkError ? refusalOf(error.cause) : undefined;
      if (refusal === undefined) throw error;
      // A nonce that was used was perhaps used by this very transaction.
      return refusal instanceof NonceError || (await this.#knows(hash)) ? undefined : refusal;
    }
  }

  /** Undefined if it was not mined. */
  async receiptOf(hash: string): Promise<TransactionReceipt | undefined> {
    return (await within(PATIENCE, this.#provider.getTransactionReceipt(hash))) ?? undefined;
  }

  /** Where a transaction was mined; undefined if it was not, or failed. */
  async placeOf(hash: string): Promise<Place | undefined> {
    const receipt = await this.receiptOf(hash);
    return receipt?.status === 1 ? { hash, blockNumber: receipt.blockNumber } : undefined;
  }

  async blockNumber(): Promise<number> {
    return within(PATIENCE, this.#provider.getBlockNumber());
  }

  /** Throws LowFundsError if the account can't pay for so much gas at a price. */
  async requireFunds(gas: bigint, { max }: Price): Promise<void> {
    const balance = await within(PATIENCE, this.#provider.getBalance(this.address));
    const needed = gas * max;
    if (balance < needed) throw new LowFundsError(balance, needed);
  }

  async #count(block: "latest" | "pending"): Promise<number> {
    return within(PATIENCE, this.#provider.getTransactionCount(this.address, block));
  }

  async #knows(hash: string): Promise<boolean> {
    return (await within(PATIENCE, this.#provider.getTransaction(hash))) !== null;
  }
}

interface Answer {
  code?: unknown;
}

/** What the node answered, if it was the node that refused; every error that a node answers has a number. */
function refusalOf(cause: unknown): InsufficientFundsError | NonceError | RpcError | undefined {
  if (isError(cause, "INSUFFICIENT_FUNDS")) return new InsufficientFundsError(cause);
  if (isError(cause, "NONCE_EXPIRED")) return new NonceError(cause);
  const { error, info } = (cause ?? {}) as { error?: Answer; info?: { error?: Answer } };
  return typeof (error ?? info?.error)?.code === "number" ? new RpcError(cause) : undefined;
}
