/** The few questions that a deployment asks a node. */
import type { EthereumProvider } from "hardhat/types/providers";
import { Span } from "../../sdk/src/logs/span.js";

export interface ChainTransaction {
  hash: string;
  from: string;
  nonce: string;
  input: string;
}

export interface ChainReceipt {
  blockNumber: string;
  contractAddress: string | null;
}

interface ChainBlock {
  timestamp: string;
  gasUsed: string;
  transactions: ChainTransaction[];
}

export interface ChainLog {
  topics: string[];
  data: string;
  blockNumber: string;
  transactionHash: string;
  logIndex: string;
}

/** Which logs; a topic of null is any. */
interface LogFilter {
  address: string;
  fromBlock: number;
  /** The newest if left out. */
  toBlock?: number;
  topics?: (string | string[] | null)[];
}

/** A connection to a node. */
type Provider = Pick<EthereumProvider, "request">;

export class Chain {
  readonly provider: Provider;

  constructor(provider: Provider) {
    this.provider = provider;
  }

  async id(): Promise<number> {
    return Number(await this.#ask<string>("eth_chainId"));
  }

  async accounts(): Promise<string[]> {
    return this.#ask("eth_accounts");
  }

  async height(): Promise<number> {
    return Number(await this.#ask<string>("eth_blockNumber"));
  }

  async hasCode(address: string): Promise<boolean> {
    return (await this.codeAt(address)) !== "0x";
  }

  /** What runs at an address; 0x if nothing does. */
  async codeAt(address: string): Promise<string> {
    return this.#ask("eth_getCode", address, "latest");
  }

  async balanceOf(account: string): Promise<bigint> {
    return BigInt(await this.#ask<string>("eth_getBalance", account, "latest"));
  }

  /** What a unit of gas costs at present, in the smallest unit of the chain's currency. */
  async gasPrice(): Promise<bigint> {
    return BigInt(await this.#ask<string>("eth_gasPrice"));
  }

  /** What a view returns, encoded. */
  async call(to: string, data: string): Promise<string> {
    return this.#ask("eth_call", { to, data }, "latest");
  }

  /** In their order, in as many queries as the node wants. */
  async logs({ fromBlock, toBlock, ...filter }: LogFilter): Promise<ChainLog[]> {
    const [height, span, found] = [toBlock ?? (await this.height()), new Span(), [] as ChainLog[]];
    for (let first = fromBlock; first <= height;) {
      const last = Math.min(first + span.size - 1, height);
      const count = last - first + 1;
      try {
        const range = { fromBlock: tagOf(first), toBlock: tagOf(last) };
        found.push(...(await this.#ask<ChainLog[]>("eth_getLogs", { ...filter, ...range })));
        span.fits(count);
        first = last + 1;
      } catch (error) {
        if (count === 1) throw error;
        span.exceeds(count);
      }
    }
    return found;
  }

  /** How many transactions an account has sent: up to a block, or with those that wait. */
  async nonceOf(account: string, at: number | "latest" | "pending"): Promise<number> {
    return Number(await this.#ask<string>("eth_getTransactionCount", account, tagOf(at)));
  }

  async transactionsIn(block: number): Promise<ChainTransaction[]> {
    return (await this.#block(block)).transactions;
  }

  /** When a block was made, in seconds. */
  async timeOf(block: number | "latest"): Promise<number> {
    return Number((await this.#block(block)).timestamp);
  }

  /** The gas that the transactions of a block used. */
  async gasUsedIn(block: number): Promise<bigint> {
    return BigInt((await this.#block(block)).gasUsed);
  }

  /** A mined transaction; null if the node does not know it. */
  async receiptOf(transaction: string): Promise<ChainReceipt | null> {
    return this.#ask("eth_getTransactionReceipt", transaction);
  }

  async transaction(hash: string): Promise<ChainTransaction | null> {
    return this.#ask("eth_getTransactionByHash", hash);
  }

  /** The mined transaction of an account with a nonce; there must be one. */
  async transactionOf(account: string, nonce: number): Promise<ChainTransaction | undefined> {
    const highest = await this.height();
    const block = await this.#blockOf(account, nonce, highest);
    if (block !== undefined) return this.#inBlock(block, account, nonce);
    for (let number = highest; number >= 0; number--) {
      const found = await this.#inBlock(number, account, nonce);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** By halving; undefined if the node does not keep the states of old blocks. */
  async #blockOf(account: string, nonce: number, highest: number): Promise<number | undefined> {
    let [low, high] = [0, highest];
    try {
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if ((await this.nonceOf(account, middle)) > nonce) high = middle;
        else low = middle + 1;
      }
      return low;
    } catch {
      return undefined;
    }
  }

  async #inBlock(block: number, account: string, nonce: number): Promise<ChainTransaction | undefined> {
    const transactions = await this.transactionsIn(block);
    return transactions.find(
      (each) => each.from.toLowerCase() === account.toLowerCase() && Number(each.nonce) === nonce,
    );
  }

  async #block(block: number | "latest"): Promise<ChainBlock> {
    return this.#ask("eth_getBlockByNumber", tagOf(block), true);
  }

  async #ask<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await this.provider.request({ method, params })) as T;
  }
}

function tagOf(at: number | "latest" | "pending"): string {
  return typeof at === "number" ? `0x${at.toString(16)}` : at;
}
