/** The few questions that a deployment asks a node. */
import type { EthereumProvider } from "hardhat/types/providers";

export interface ChainTransaction {
  hash: string;
  from: string;
  nonce: string;
}

interface ChainBlock {
  transactions: ChainTransaction[];
}

export interface ChainLog {
  topics: string[];
}

/** Which logs; a topic of null is any. */
interface LogFilter {
  address: string;
  fromBlock: number;
  topics: (string | string[] | null)[];
}

export class Chain {
  readonly provider: EthereumProvider;

  constructor(provider: EthereumProvider) {
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
    return (await this.#ask<string>("eth_getCode", address, "latest")) !== "0x";
  }

  /** What a view returns, encoded. */
  async call(to: string, data: string): Promise<string> {
    return this.#ask("eth_call", { to, data }, "latest");
  }

  async logs({ fromBlock, ...filter }: LogFilter): Promise<ChainLog[]> {
    return this.#ask("eth_getLogs", { ...filter, fromBlock: tagOf(fromBlock), toBlock: "latest" });
  }

  /** How many transactions an account has sent: up to a block, or with those that wait. */
  async nonceOf(account: string, at: number | "latest" | "pending"): Promise<number> {
    return Number(await this.#ask<string>("eth_getTransactionCount", account, tagOf(at)));
  }

  async transactionsIn(block: number): Promise<ChainTransaction[]> {
    return (await this.#ask<ChainBlock>("eth_getBlockByNumber", tagOf(block), true)).transactions;
  }

  /** The address of the contract that a transaction created. */
  async createdBy(transaction: string): Promise<string | null> {
    return (await this.#ask<{ contractAddress: string | null }>("eth_getTransactionReceipt", transaction))
      .contractAddress;
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

  async #ask<T>(method: string, ...params: unknown[]): Promise<T> {
    return (await this.provider.request({ method, params })) as T;
  }
}

function tagOf(at: number | "latest" | "pending"): string {
  return typeof at === "number" ? `0x${at.toString(16)}` : at;
}
