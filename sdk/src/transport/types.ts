import type { Provider, Signer } from "ethers";
import type { TypedData } from "../signing/types.js";

/** One JSON-RPC request, answered by the node itself: never from a cache, never after a stall. */
export type Request = (method: string, params: readonly unknown[]) => Promise<unknown>;

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
  /** Signs, sends, and returns the hash as soon as the node has it. */
  send(transaction: SendableTransaction): Promise<string>;
  /** Signs typed data (EIP-712). */
  sign(typedData: TypedData): Promise<string>;
}

/** A block, as far as it is needed. */
export interface Head {
  number: number;
  hash: string;
  /** Unix seconds. */
  timestamp: number;
}

/** A log as the node has it. */
export interface RawLog {
  address: string;
  topics: readonly string[];
  data: string;
  blockNumber: number;
  blockHash: string;
  transactionHash: string;
  logIndex: number;
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
  fromBlock: number;
  toBlock: number;
}
