import type { ContractRunner, TransactionRequest } from "ethers";
import { RpcError, TimeoutError } from "../errors/chain.js";
import { WrongChainError } from "../errors/connection.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { bytesIn, hashIn, integerIn, logsIn, objectIn } from "./answers.js";
import type { Head, LogFilter, RawLog, Receipt, Request, UnsignedTransaction } from "./types.js";

/** How long the node may take for one answer, in milliseconds. */
const PATIENCE = 30_000;

/** The few questions that the SDK asks a node, each answered by the node itself. Every failure is a ConsentryError. */
export class Transport {
  readonly #request: Request;
  #chainId: number | undefined;

  constructor(request: Request) {
    this.#request = request;
  }

  /** From now on a wallet or a node that is on another chain is an error. */
  stayOn(chainId: number): void {
    this.#chainId = chainId;
  }

  async chainId(): Promise<number> {
    return this.#ask("eth_chainId", [], integerIn);
  }

  /** @throws WrongChainError if a wallet or a node has been switched */
  async requireChain(): Promise<void> {
    const chainId = await this.chainId();
    if (this.#chainId !== undefined && chainId !== this.#chainId) throw new WrongChainError(this.#chainId, chainId);
  }

  /** The newest block of the right chain. */
  async head(): Promise<Head> {
    const [head] = await Promise.all([this.#block("latest"), this.requireChain()]);
    return head;
  }

  async block(number: number): Promise<Head> {
    return this.#block(quantity(number));
  }

  async hasCode(address: string): Promise<boolean> {
    return (await this.#ask("eth_getCode", [address, "latest"], bytesIn)) !== "0x";
  }

  /** Calls a contract at the state and time of a block. */
  async call(transaction: UnsignedTransaction & { from?: string }, block: number | "latest"): Promise<string> {
    return this.#ask("eth_call", [transaction, block === "latest" ? block : quantity(block)], bytesIn);
  }

  async estimateGas(transaction: UnsignedTransaction & { from: string }): Promise<bigint> {
    return this.#ask("eth_estimateGas", [transaction], (answer) => BigInt(integerIn(answer)));
  }

  /** How many transactions an account has sent, with those that wait. */
  async nonce(address: string): Promise<number> {
    return this.#ask("eth_getTransactionCount", [address, "pending"], integerIn);
  }

  async logs({ fromBlock, toBlock, ...filter }: LogFilter): Promise<RawLog[]> {
    const range = { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) };
    return this.#ask("eth_getLogs", [{ ...filter, ...range }], logsIn);
  }

  /** Undefined while the transaction is not mined. */
  async receipt(hash: string): Promise<Receipt | undefined> {
    return this.#ask("eth_getTransactionReceipt", [hash], (answer) => {
      if (answer === null || answer === undefined) return undefined;
      const receipt = objectIn(answer);
      if (receipt["blockNumber"] === null) return undefined;
      return {
        hash,
        blockNumber: integerIn(receipt["blockNumber"]),
        blockHash: hashIn(receipt["blockHash"]),
        gasUsed: BigInt(integerIn(receipt["gasUsed"])),
        succeeded: integerIn(receipt["status"]) === 1,
        logs: logsIn(receipt["logs"]),
      };
    });
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
    return this.#ask("eth_getBlockByNumber", [tag, false], (answer) => {
      const block = objectIn(answer);
      return {
        number: integerIn(block["number"]),
        hash: hashIn(block["hash"]),
        timestamp: integerIn(block["timestamp"]),
      };
    });
  }

  async #ask<Answer>(method: string, params: readonly unknown[], read: (answer: unknown) => Answer): Promise<Answer> {
    try {
      return read(await inTime(this.#request(method, params)));
    } catch (error) {
      throw toConsentryError(error);
    }
  }
}

/** A node that does not answer is a node that is down. */
async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError());
    }, PATIENCE);
  });
  try {
    return await Promise.race([answer, end]);
  } finally {
    clearTimeout(timer);
  }
}

function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}
