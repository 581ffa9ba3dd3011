import type { ContractRunner, TransactionRequest } from "ethers";
import { RpcError } from "../errors/chain.js";
import { WrongChainError } from "../errors/connection.js";
import { ReorganisedError } from "../errors/reading.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { bytesIn, childIn, headIn, integerIn, logsIn, receiptIn } from "./answers.js";
import { blockIn, byHash, byNumber, isMisunderstood, isUnknownBlock } from "./blocks.js";
import { Confirmed } from "./confirmed.js";
import { persistent } from "./persistent.js";
import { poll } from "./poll.js";
import type {
  Head,
  HeadTag,
  LogFilter,
  Question,
  RawLog,
  Receipt,
  Request,
  Run,
  UnsignedTransaction,
} from "./types.js";

/** How long the node may take, in milliseconds. */
const PATIENCE = 30_000;
/** Questions in one message. */
const MOST_TOGETHER = 100;

/** The few questions that the SDK asks a node, each answered by the node itself. Every failure is a ConsentryError. */
export class Transport {
  /** The writes that were seen mined. */
  readonly confirmed = new Confirmed();
  /** How long a node may take to reach a block that exists, in milliseconds. */
  readonly patience: number;
  /** Whether lenses are of use: the node runs them, and at the block that it calls the newest. */
  lenses = true;
  readonly #request: Request;
  #numbersOnly: boolean;
  #chainId: number | undefined;

  /** @param answerTimeout how long the node may take for one answer, in milliseconds */
  constructor(request: Request, patience = PATIENCE, answerTimeout = PATIENCE) {
    this.#request = persistent(request, answerTimeout);
    this.#numbersOnly = request.numbersOnly === true;
    this.patience = patience;
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
    this.#requireChain(await this.chainId());
  }

  #requireChain(chainId: number): void {
    if (this.#chainId !== undefined && chainId !== this.#chainId) throw new WrongChainError(this.#chainId, chainId);
  }

  /** The newest block of the right chain, or the newest that is safe or final. */
  async head(tag: HeadTag = "latest"): Promise<Head> {
    const [head] = await Promise.all([this.#block(tag), this.requireChain()]);
    if (head === undefined) throw new RpcError(new TypeError(`The node has no block that is ${tag}.`));
    return head;
  }

  /** Undefined if the node does not have the block, or not yet. */
  async block(number: number): Promise<Head | undefined> {
    return this.#block(byNumber(number));
  }

  async hasCode(address: string): Promise<boolean> {
    return (await this.#ask("eth_getCode", [address, "latest"], bytesIn)) !== "0x";
  }

  /**
   * Calls a contract at the state and time of a block. A node that has not reached it is waited for.
   *
   * @throws TimeoutError if the node does not reach the block in time, ReorganisedError if there is another one now
   */
  async call(transaction: UnsignedTransaction & { from?: string }, block: Head | number | "latest"): Promise<string> {
    if (block === "latest") return this.#call(transaction, block);
    if (typeof block === "number") return this.#call(transaction, byNumber(block));
    return poll(this.patience, behind(block.number), () => this.#callAt(transaction, block));
  }

  /** Runs creation code at the newest block, and names that block and these others, in one message where that is possible. */
  async run(code: string, tag: HeadTag, numbers: readonly number[]): Promise<Run> {
    const questions: Question[] = [
      ["eth_chainId", []],
      ["eth_call", [{ data: code }, tag]],
      ["eth_getBlockByNumber", [tag, false]],
      ...numbers.map(blockQuestion),
    ];
    return this.#askTogether(questions, ([chainId, result, head, ...blocks]) => {
      this.#requireChain(integerIn(chainId));
      return { result: bytesIn(result), head: childIn(head), blocks: blocks.map(headIn) };
    });
  }

  async estimateGas(transaction: UnsignedTransaction & { from: string }): Promise<bigint> {
    return this.#ask("eth_estimateGas", [transaction], (answer) => BigInt(integerIn(answer)));
  }

  /** How many transactions an account has sent, with those that wait. */
  async nonce(address: string): Promise<number> {
    return this.#ask("eth_getTransactionCount", [address, "pending"], integerIn);
  }

  /**
   * The logs of a range of blocks, for each filter, and its last block from the same node wherever one message can ask for
   * both; undefined if the node does not have it.
   */
  async logs(
    filters: readonly LogFilter[],
    fromBlock: number,
    toBlock: number,
  ): Promise<{ logs: RawLog[][]; end: Head | undefined }> {
    const range = { fromBlock: byNumber(fromBlock), toBlock: byNumber(toBlock) };
    const questions = filters.map((filter): Question => ["eth_getLogs", [{ ...filter, ...range }]]);
    const last = blockQuestion(toBlock);
    // Before, because the node may reach the block in between; and after, because there may be another one by then.
    return this.#askTogether([last, ...questions, last], (answers) => {
      const [before, after] = [headIn(answers[0]), headIn(answers.at(-1))];
      return { logs: answers.slice(1, -1).map(logsIn), end: before?.hash === after?.hash ? before : undefined };
    });
  }

  /** Blocks by their numbers; those that the node does not have are left out. */
  async blocks(numbers: readonly number[]): Promise<Head[]> {
    const blocks: (Head | undefined)[] = [];
    for (let first = 0; first < numbers.length; first += MOST_TOGETHER) {
      const questions = numbers.slice(first, first + MOST_TOGETHER).map(blockQuestion);
      blocks.push(...(await this.#askTogether(questions, (answers) => answers.map(headIn))));
    }
    return blocks.filter((block) => block !== undefined);
  }

  /** Undefined while the transaction is not mined; once it is, no read goes back before it. */
  async receipt(hash: string): Promise<Receipt | undefined> {
    const receipt = await this.#ask("eth_getTransactionReceipt", [hash], (answer) => receiptIn(answer, hash));
    if (receipt !== undefined) this.confirmed.note(receipt);
    return receipt;
  }

  /** Asks what only a few need to know. */
  async ask<Answer>(method: string, params: readonly unknown[], read: (answer: unknown) => Answer): Promise<Answer> {
    return this.#ask(method, params, read);
  }

  /** What ethers' contracts read through. */
  get runner(): ContractRunner {
    return { provider: null, call: (transaction) => this.#read(transaction) };
  }

  async #read({ to, data, blockTag }: TransactionRequest): Promise<string> {
    const block = blockIn(blockTag) ?? (typeof blockTag === "number" ? blockTag : "latest");
    return this.read({ to: to as string, data: data ?? "0x" }, block);
  }

  /** Calls a contract that returns something. */
  async read(transaction: UnsignedTransaction, block: Head | number | "latest"): Promise<string> {
    const answer = await this.call(transaction, block);
    if (answer === "0x") throw new RpcError(new TypeError(`There is no contract any more at ${transaction.to}.`));
    return answer;
  }

  async #callAt(transaction: object, block: Head): Promise<string | undefined> {
    try {
      return await this.#callAtHash(transaction, block);
    } catch (error) {
      if (!isUnknownBlock(error)) throw error;
    }
    const now = await this.block(block.number);
    if (now !== undefined && now.hash !== block.hash) throw new ReorganisedError(block.number, block.hash);
    return undefined;
  }

  /** By its number, where the node does not understand hashes. */
  async #callAtHash(transaction: object, block: Head): Promise<string | undefined> {
    if (this.#numbersOnly) return this.#callAtNumber(transaction, block);
    try {
      return await this.#call(transaction, byHash(block));
    } catch (error) {
      if (!isMisunderstood(error)) throw error;
      const answer = await this.#callAtNumber(transaction, block);
      this.#numbersOnly = true;
      return answer;
    }
  }

  /** A number is of every chain: that it is still the same block is asked afterwards. */
  async #callAtNumber(transaction: object, { number, hash }: Head): Promise<string | undefined> {
    const answer = await this.#call(transaction, byNumber(number));
    const [now] = await Promise.all([this.block(number), this.requireChain()]);
    if (now === undefined || now.hash === hash) return now && answer;
    throw new ReorganisedError(number, hash);
  }

  async #call(transaction: object, block: unknown): Promise<string> {
    return this.#ask("eth_call", [transaction, block], bytesIn);
  }

  async #block(tag: string): Promise<Head | undefined> {
    return this.#ask("eth_getBlockByNumber", [tag, false], headIn);
  }

  async #askTogether<Answer>(questions: readonly Question[], read: (answers: unknown[]) => Answer): Promise<Answer> {
    try {
      return read(await together(this.#request, questions));
    } catch (error) {
      throw toConsentryError(error);
    }
  }

  async #ask<Answer>(method: string, params: readonly unknown[], read: (answer: unknown) => Answer): Promise<Answer> {
    try {
      return read(await this.#request(method, params));
    } catch (error) {
      throw toConsentryError(error);
    }
  }
}

/** In one message where there is such a way and the node takes it, else each by itself. */
async function together(request: Request, questions: readonly Question[]): Promise<unknown[]> {
  const answers = await request.together?.(questions);
  return answers ?? Promise.all(questions.map(([method, params]) => request(method, params)));
}

function blockQuestion(number: number): Question {
  return ["eth_getBlockByNumber", [byNumber(number), false]];
}

/** What a node that lags has not done. */
export function behind(number: number): string {
  return `The node has not reached block ${number}.`;
}
