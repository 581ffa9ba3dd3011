import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import type { Head, Position } from "../transport/types.js";
import { successorOf } from "./successor.js";

/** Whether the successor alone counts for a patient, at its newest block, or a later one than that. */
export async function hasMoved(to: Context, patient: string, atLeast?: Position): Promise<boolean> {
  return hasMovedAt(to, patient, await blockOf(to, { atLeast }));
}

/** The same at a block. */
export async function hasMovedAt(to: Context, patient: string, block: Head): Promise<boolean> {
  const at = atBlock(block);
  const [isSettled, voidBefore] = await Promise.all([
    successorOf(to).isSettled(patient, at),
    to.consents.voidBeforeOf(patient, at),
  ]);
  return isSettled || voidBefore !== 0n;
}
