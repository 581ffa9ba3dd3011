/** The chain as a node holds it, read block by block: no index is asked. */
import { type Interface, getAddress } from "ethers";
import type { Validator } from "../poa/validator.js";

/** Of a block what all nodes must agree upon: each has collected seals of its own. */
export interface Block {
  number: number;
  hash: string;
  stateRoot: string;
  receiptsRoot: string;
  /** In unix seconds. */
  timestamp: number;
  transactions: readonly Transaction[];
}

export interface Transaction {
  hash: string;
  from: string;
  input: string;
}

export interface Receipt {
  transactionHash: string;
  blockNumber: string;
  contractAddress: string | null;
  logs: readonly { address: string; topics: string[]; data: string }[];
}

export interface Walked {
  blocks: readonly Block[];
  /** Of all transactions, in their order. */
  receipts: readonly Receipt[];
}

/** An event that a contract emitted. */
export interface Told {
  name: string;
  args: Readonly<Record<string, unknown>>;
  transaction: string;
  block: Block;
}

/** Reads everything from the first block to one of that height. */
export async function walk(node: Pick<Validator, "ask">, height: number): Promise<Walked> {
  const blocks: Block[] = [];
  const receipts: Receipt[] = [];
  for (let number = 0; number <= height; number++) {
    const block = await blockAt(node, number);
    blocks.push(block);
    for (const { hash } of block.transactions) receipts.push(await node.ask("eth_getTransactionReceipt", hash));
  }
  return { blocks, receipts };
}

/** The events of a contract, in the order of the chain. */
export function toldBy({ blocks, receipts }: Walked, address: string, contract: Interface): Told[] {
  return receipts.flatMap(({ transactionHash: transaction, blockNumber, logs }) => {
    const block = blocks[Number(blockNumber)];
    const own = block === undefined ? [] : logs.filter((log) => getAddress(log.address) === address);
    return own.flatMap((log) => {
      const event = contract.parseLog(log);
      return event === null || block === undefined
        ? []
        : [{ name: event.name, args: event.args.toObject(), transaction, block }];
    });
  });
}

type RawBlock = Record<"hash" | "stateRoot" | "receiptsRoot" | "timestamp", string> & { transactions: Transaction[] };

async function blockAt(node: Pick<Validator, "ask">, number: number): Promise<Block> {
  const raw = await node.ask<RawBlock>("eth_getBlockByNumber", `0x${number.toString(16)}`, true);
  const { hash, stateRoot, receiptsRoot, timestamp } = raw;
  const transactions = raw.transactions.map(({ hash, from, input }) => ({ hash, from, input }));
  return { number, hash, stateRoot, receiptsRoot, timestamp: Number(timestamp), transactions };
}
