import type { ContractRunner, TransactionRequest } from "ethers";
import { RpcError } from "../errors/chain.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import type { Head, LogFilter, RawLog, Receipt, Request, UnsignedTransaction } from "./types.js";

type Json = Record<string, unknown>;

/** The few questions that the SDK asks a node, each answered by the node itself. Every failure is a ConsentryError. */
export class Transport {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  async chainId(): Promise<number> {
    return Number(await this.#ask("eth_chainId", []));
  }

  /** The newest block. */
  async head(): Promise<Head> {
    return this.#block("latest");
  }

  async block(number: number): Promise<Head> {
    return this.#block(quantity(number));
  }

  async hasCode(address: string): Promise<boolean> {
    return (await this.#ask("eth_getCode", [address, "latest"])) !== "0x";
  }

  /** Calls a contract at the state and time of a block. */
  async call(transaction: UnsignedTransaction & { from?: string }, block: number | "latest"): Promise<string> {
    const answer = await this.#ask("eth_call", [transaction, block === "latest" ? block : quantity(block)]);
    if (typeof answer === "string") return answer;
    throw new RpcError(new TypeError("eth_call answered with something else than bytes."));
  }

  async estimateGas(transaction: UnsignedTransaction & { from: string }): Promise<bigint> {
    return BigInt((await this.#ask("eth_estimateGas", [transaction])) as string);
  }

  /** How many transactions an account has sent, with those that wait. */
  async nonce(address: string): Promise<number> {
    return Number(await this.#ask("eth_getTransactionCount", [address, "pending"]));
  }

  async logs({ fromBlock, toBlock, ...filter }: LogFilter): Promise<RawLog[]> {
    const range = { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) };
    return ((await this.#ask("eth_getLogs", [{ ...filter, ...range }])) as Json[]).map(readLog);
  }

  /** Undefined while the transaction is not mined. */
  async receipt(hash: string): Promise<Receipt | undefined> {
    const receipt = (await this.#ask("eth_getTransactionReceipt", [hash])) as Json | null;
    if (receipt === null || receipt["blockNumber"] === null) return undefined;
    return {
      hash,
      blockNumber: Number(receipt["blockNumber"]),
      blockHash: String(receipt["blockHash"]),
      gasUsed: BigInt(receipt["gasUsed"] as string),
      succeeded: Number(receipt["status"]) === 1,
      logs: (receipt["logs"] as Json[]).map(readLog),
    };
  }

  /** What ethers' contracts read through. */
  get runner(): ContractRunner {
    return { provider: null, call: (transaction) => this.#read(transaction) };
  }

  async #read({ to, data, blockTag }: TransactionRequest): Promise<string> {
    const transaction = { to: to as string, data: data ?? "0x" };
    const answer = await this.call(transaction, typeof blockTag === "number" ? blockTag : "latest");
    if (answer === "0x") throw new RpcError(new TypeError(`There is no contract any more at ${transaction.to}.`));
    return answer;
  }

  async #block(tag: string): Promise<Head> {
    const block = (await this.#ask("eth_getBlockByNumber", [tag, false])) as Json | null;
    if (block === null) throw new RpcError(new TypeError(`The node has no block ${tag}.`));
    return { number: Number(block["number"]), hash: String(block["hash"]), timestamp: Number(block["timestamp"]) };
  }

  async #ask(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#request(method, params);
    } catch (error) {
      throw toConsentryError(error);
    }
  }
}

function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

function readLog(log: Json): RawLog {
  return {
    address: String(log["address"]),
    topics: log["topics"] as string[],
    data: String(log["data"]),
    blockNumber: Number(log["blockNumber"]),
    blockHash: String(log["blockHash"]),
    transactionHash: String(log["transactionHash"]),
    logIndex: Number(log["logIndex"] ?? log["index"]),
  };
}
