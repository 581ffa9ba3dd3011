import type { Provider, Signer } from "ethers";
import type { TypedData } from "../signing/types.js";

/** One JSON-RPC request, answered by the node itself: never from a cache, never after a stall. */
export interface Request {
  (method: string, params: readonly unknown[]): Promise<unknown>;
  /** Blocks can be named by their numbers only: what is between here and the node may not know EIP-1898. */
  readonly numbersOnly?: boolean;
  /** Asks several in one message, which one node answers; undefined if it does not take several. */
  readonly together?: (questions: readonly Question[]) => Promise<unknown[] | undefined>;
}

/** A method of JSON-RPC and its parameters. */
export type Question = readonly [method: string, params: readonly unknown[]];

/** A wallet after EIP-1193. */
export interface Eip1193Wallet {
  request(args: { method: string; params?: unknown }): Promise<unknown>;
}

/** What `connect` takes: a signer, a provider, the URL of a node, or a wallet. */
export type Runner = Signer | Provider | Eip1193Wallet | string;

/** A transaction without its sender: anybody may sign and send it. */
export interface UnsignedTransaction {
  /** The contract. */
  to: string;
  /** The call, as hex. */
  data: string;
}

/** A transaction for one sender and one chain. */
export interface SendableTransaction extends UnsignedTransaction {
  from: string;
  gasLimit: bigint;
  chainId: number;
}

/** Whoever signs and sends. */
export interface Sender {
  address(): Promise<string>;
  /** Signs and sends, once, and returns the hash as soon as the node has it. */
  send(transaction: SendableTransaction): Promise<string>;
  /** Signs typed data (EIP-712). */
  sign(typedData: TypedData): Promise<string>;
  /** Forgets what it sent, where a chain was put back. */
  forget(): void;
}

/** A place on the chain, as every write returns it. */
export interface Position {
  blockNumber: number;
  blockHash: string;
}

/** A block, as far as it is needed. */
export interface Head {
  number: number;
  hash: string;
  /** Unix seconds. */
  timestamp: number;
}

/** A block that names the one before it. */
export interface Child extends Head {
  parentHash: string;
}

/** What creation code returned, the newest block, and the others that were asked for. */
export interface Run {
  result: string;
  head: Child | undefined;
  blocks: (Head | undefined)[];
}

/** Which newest block: the head, or the one that is safe or final after the rules of the chain. */
export type HeadTag = "latest" | "safe" | "finalized";

/** A log as the node has it. */
export interface RawLog {
  address: string;
  topics: readonly string[];
  data: string;
  blockNumber: number;
  blockHash: string;
  transactionHash: string;
  logIndex: number;
  /** Time of the block in unix seconds, where the node tells. */
  blockTimestamp?: number | undefined;
}

/** What became of a transaction. */
export interface Receipt {
  hash: string;
  blockNumber: number;
  blockHash: string;
  gasUsed: bigint;
  succeeded: boolean;
  logs: readonly RawLog[];
}

/** Which logs to look for; a list in `topics` means any of them, null anything. */
export interface LogFilter {
  address: string;
  topics: readonly (string | readonly string[] | null)[];
}
