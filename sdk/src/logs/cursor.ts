import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { ReorganisedError } from "../errors/reading.js";
import { blockOfNumber } from "../reads/blockAtTime.js";
import type { Position } from "../transport/types.js";

/** How far a reader has come: to the end of a block, or in it up to a log. */
export interface Place extends Position {
  logIndex?: number | undefined;
}

const CURSOR = /^(\d{1,15})-(0x[0-9a-f]{64})(?:-(\d{1,15}))?$/;

/** A place as a text that can be kept anywhere. */
export function toCursor({ blockNumber, blockHash, logIndex }: Place): string {
  const block = `${blockNumber}-${blockHash.toLowerCase()}`;
  return logIndex === undefined ? block : `${block}-${logIndex}`;
}

/** The place that a cursor names; throws {@link InvalidParameterError}. */
export function placeOf(cursor: string): Place {
  const [, blockNumber, blockHash, logIndex] = (typeof cursor === "string" ? CURSOR.exec(cursor) : null) ?? [];
  if (blockNumber === undefined || blockHash === undefined) {
    throw new InvalidParameterError("cursor", "a text that `cursor` of an earlier reading was");
  }
  const block = { blockNumber: Number(blockNumber), blockHash };
  return logIndex === undefined ? block : { ...block, logIndex: Number(logIndex) };
}

/**
 * Sees to it that the place is still on the chain.
 *
 * @throws ReorganisedError if it is not, TimeoutError if the node has not come as far
 */
export async function requirePlace(context: Context, { blockNumber, blockHash }: Place): Promise<void> {
  const { hash } = await blockOfNumber(context, blockNumber);
  if (hash !== blockHash) throw new ReorganisedError(blockNumber, blockHash);
}

/** The block with which to go on after a place. */
export function nextBlock({ blockNumber, logIndex }: Place): number {
  return logIndex === undefined ? blockNumber + 1 : blockNumber;
}

/** Whether a log stands after a place. */
export function isAfter(
  log: { blockNumber: number; logIndex: number },
  { blockNumber, logIndex = Infinity }: Place,
): boolean {
  return log.blockNumber > blockNumber || (log.blockNumber === blockNumber && log.logIndex > logIndex);
}
