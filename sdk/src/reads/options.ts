import { InvalidDateError, InvalidParameterError } from "../errors/input.js";
import type { HeadTag, Position } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf } from "../values/lists.js";

/** At which block to read. */
export interface ReadOptions {
  /**
   * `"latest"` if left out; `"safe"` or `"finalized"`: the newest that is so after the rules of the chain. These three are of
   * the present, and never before a write that this client saw mined: a node that lags is waited for.
   *
   * The number of a block, or a Date, for the last block at or before it, is of the past: what it permitted then it does not
   * permit now, so `permitted` is false.
   */
  at?: number | HeadTag | Date | undefined;
  /** A position that a write returned, of this client or another: what is read is of that block or a later one. */
  atLeast?: Position | undefined;
}

/** Options that have been looked at. */
export interface CheckedReadOptions {
  at: number | HeadTag | Date;
  atLeast: Position | undefined;
}

export const READ_KEYS = ["at", "atLeast"] as const satisfies readonly (keyof ReadOptions)[];

/**
 * Checks the options of a read.
 *
 * @throws InvalidParameterError, InvalidDateError
 */
export function toReadOptions(options: ReadOptions | undefined): CheckedReadOptions {
  onlyKeys(options ?? {}, READ_KEYS, "options.");
  const { at = "latest", atLeast } = options ?? {};
  const checked = { at: toAt(at), atLeast: atLeast === undefined ? undefined : toPosition(atLeast) };
  if (typeof checked.at === "number" && checked.atLeast !== undefined && checked.at < checked.atLeast.blockNumber) {
    throw new InvalidParameterError("at", `block ${checked.atLeast.blockNumber} or a later one, as atLeast says`);
  }
  return checked;
}

/** The number of a block; throws {@link InvalidParameterError}. */
export function toBlockNumber(value: unknown, parameter: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidParameterError(parameter, "the number of a block");
}

function toAt(at: unknown): number | HeadTag | Date {
  if (at instanceof Date) return toTime(at);
  if (typeof at === "number") return toBlockNumber(at, "at");
  return oneOf<HeadTag>(["latest", "safe", "finalized"], at, "at");
}

function toTime(at: Date): Date {
  if (!Number.isNaN(at.getTime())) return at;
  throw new InvalidDateError("at", at, "Pass a Date that is one.");
}

function toPosition(value: unknown): Position {
  const { blockNumber, blockHash } = (value ?? {}) as Partial<Position>;
  return {
    blockNumber: toBlockNumber(blockNumber, "atLeast.blockNumber"),
    blockHash: toBytes32(blockHash, "atLeast.blockHash"),
  };
}
