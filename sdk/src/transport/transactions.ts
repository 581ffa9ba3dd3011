import { bigintIn, bytesIn, hashIn, integerIn, listIn, objectIn } from "./answers.js";
import { byNumber } from "./blocks.js";
import type { Transport } from "./transport.js";

/** A transaction as the node has it, mined or not. */
export interface KnownTransaction {
  hash: string;
  from: string;
  nonce: number;
  /** `0x` where a contract is created. */
  to: string;
  data: string;
  value: bigint;
  /** The most gas that it may take. */
  gasLimit: bigint;
}

/** Undefined if the node does not know the transaction, not yet or no more. */
export async function transactionOf(transport: Transport, hash: string): Promise<KnownTransaction | undefined> {
  const read = (answer: unknown): KnownTransaction | undefined =>
    answer === null || answer === undefined ? undefined : transactionIn(answer);
  return transport.ask("eth_getTransactionByHash", [hash], read);
}

/** How many transactions of an account were mined. */
export async function minedCount(transport: Transport, address: string): Promise<number> {
  return transport.ask("eth_getTransactionCount", [address, "latest"], integerIn);
}

/** The transaction of an account that a block holds; undefined if it holds none with that nonce. */
export async function transactionInBlock(
  transport: Transport,
  block: number,
  { from, nonce }: { from: string; nonce: number },
): Promise<KnownTransaction | undefined> {
  const read = (answer: unknown): KnownTransaction | undefined => {
    if (answer === null || answer === undefined) return undefined;
    const found = listIn(objectIn(answer)["transactions"]).map(objectIn).find(isMeant);
    return found === undefined ? undefined : transactionIn(found);
  };
  const isMeant = (each: Record<string, unknown>): boolean =>
    String(each["from"]).toLowerCase() === from.toLowerCase() && integerIn(each["nonce"]) === nonce;
  return transport.ask("eth_getBlockByNumber", [byNumber(block), true], read);
}

function transactionIn(answer: unknown): KnownTransaction {
  const { hash, from, nonce, to, input, data, value, gas, gasLimit } = objectIn(answer);
  return {
    hash: hashIn(hash),
    from: bytesIn(from),
    nonce: integerIn(nonce),
    to: bytesIn(to ?? "0x"),
    data: bytesIn(input ?? data),
    value: bigintIn(value),
    gasLimit: bigintIn(gas ?? gasLimit),
  };
}
