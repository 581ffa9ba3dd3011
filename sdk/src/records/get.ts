import { categoriesFromBits } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { custodianOf, toRecordId } from "../scopes/ids.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { STATUSES } from "./status.js";

/** A registered record: a pointer, never the record. */
export interface RecordPointer {
  status: "registered";
  /** The record's id. */
  record: string;
  patient: string;
  /** The provider that keeps the record. */
  custodian: string;
  /** Every kind of data and every sensitivity, in the order of the bits. */
  categories: Category[];
  /** Counts the contents from 1. */
  version: number;
  /** `keccak256(salt ‖ content)`. */
  contentHash: string;
}

/** An id under which nothing is registered, or not any more. */
export interface NoRecord {
  status: "unknown" | "erased";
  record: string;
  custodian: string;
  contentHash?: undefined;
}

/**
 * Looks a record up.
 *
 * @param record its id
 * @param options at which block; the newest if left out
 * @returns the pointer, or only a status for an unknown or erased record
 * @throws InvalidRecordIdError
 * @example
 * const pointer = await consentry.records.get(record);
 * if (pointer.status === "registered") console.log(pointer.version); // 1
 */
export async function get(context: Context, record: string, options?: ReadOptions): Promise<RecordPointer | NoRecord> {
  const id = toRecordId(record);
  return pointerAt(context, id, await blockOf(context, options));
}

/** What is registered under an id at a block. */
export async function pointerAt(context: Context, id: string, block: Head): Promise<RecordPointer | NoRecord> {
  const custodian = custodianOf(id);
  const pointer = await context.records.pointerOf(id, atBlock(block));
  const status = STATUSES[Number(pointer.status)] ?? "unknown";
  if (status !== "registered") return { status, record: id, custodian };
  const { patient, categories, version, contentHash } = pointer;
  return {
    status,
    record: id,
    patient,
    custodian,
    categories: categoriesFromBits(categories),
    version: Number(version),
    contentHash,
  };
}
