import { UnreadableAnswerError } from "../errors/chain.js";
import type { Child, Head, RawLog, Receipt } from "./types.js";

/** Readers of what a node answered: whatever is not of its shape is an {@link UnreadableAnswerError}, never taken for something. */

export function objectIn(answer: unknown): Record<string, unknown> {
  if (typeof answer === "object" && answer !== null) return answer as Record<string, unknown>;
  throw garbage("an object");
}

/** A quantity; Hardhat and ethers give numbers, too. */
export function integerIn(answer: unknown): number {
  const isQuantity = typeof answer === "string" && /^0x[0-9a-f]+$/i.test(answer);
  const number = isQuantity || typeof answer === "bigint" || typeof answer === "number" ? Number(answer) : NaN;
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw garbage("a whole number");
}

/** A quantity of any size. */
export function bigintIn(answer: unknown): bigint {
  if (typeof answer === "bigint") return answer;
  if (typeof answer === "string" && /^0x[0-9a-f]{1,64}$/i.test(answer)) return BigInt(answer);
  return BigInt(integerIn(answer));
}

export function listIn(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  throw garbage("a list");
}

export function bytesIn(answer: unknown): string {
  if (typeof answer === "string" && /^0x([0-9a-f]{2})*$/i.test(answer)) return answer;
  throw garbage("bytes");
}

export function hashIn(answer: unknown): string {
  if (typeof answer === "string" && /^0x[0-9a-f]{64}$/i.test(answer)) return answer;
  throw garbage("a hash");
}

export function logsIn(answer: unknown): RawLog[] {
  return listIn(answer).map(logIn);
}

/** A block; undefined where there is none. */
export function headIn(answer: unknown): Head | undefined {
  if (isNothing(answer)) return undefined;
  const { number, hash, timestamp } = objectIn(answer);
  return { number: integerIn(number), hash: hashIn(hash), timestamp: integerIn(timestamp) };
}

/** A block and the hash of the one before it; undefined where there is none. */
export function childIn(answer: unknown): Child | undefined {
  const head = headIn(answer);
  return head && { ...head, parentHash: hashIn(objectIn(answer)["parentHash"]) };
}

/** A receipt; undefined where the transaction is not mined. */
export function receiptIn(answer: unknown, hash: string): Receipt | undefined {
  if (isNothing(answer)) return undefined;
  const { blockNumber, blockHash, gasUsed, status, logs } = objectIn(answer);
  if (blockNumber === null) return undefined;
  return {
    hash,
    blockNumber: integerIn(blockNumber),
    blockHash: hashIn(blockHash),
    gasUsed: BigInt(integerIn(gasUsed)),
    succeeded: integerIn(status) === 1,
    logs: logsIn(logs),
  };
}

function isNothing(answer: unknown): boolean {
  return answer === null || answer === undefined;
}

function logIn(answer: unknown): RawLog {
  const log = objectIn(answer);
  if (!Array.isArray(log["topics"])) throw garbage("a log with topics");
  return {
    address: bytesIn(log["address"]),
    topics: log["topics"].map(hashIn),
    data: bytesIn(log["data"]),
    blockNumber: integerIn(log["blockNumber"]),
    blockHash: hashIn(log["blockHash"]),
    transactionHash: hashIn(log["transactionHash"]),
    logIndex: integerIn(log["logIndex"] ?? log["index"]),
    ...(!isNothing(log["blockTimestamp"]) && { blockTimestamp: integerIn(log["blockTimestamp"]) }),
  };
}

function garbage(expected: string): UnreadableAnswerError {
  return new UnreadableAnswerError(new TypeError(`The node answered something else than ${expected}.`));
}
