import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ifThere, replaceFile } from "./files.js";

/** That a record was erased: all that is left of it. */
export interface Erasure {
  record: string;
  erasedAt: Date;
  /** Why before its time; undefined if its time was over. */
  reason: string | undefined;
}

/** The name of its file. */
export const ERASURE = "erased.json";

/** Keeps for good that a record was erased. */
export async function keepErasure(folder: string, erasure: Erasure): Promise<void> {
  await replaceFile(folder, ERASURE, `${JSON.stringify(erasure)}\n`);
}

/** That a record was erased; undefined if it was not. */
export async function erasureOf(folder: string): Promise<Erasure | undefined> {
  const text = await ifThere(readFile(join(folder, ERASURE), "utf8"));
  if (text === undefined) return undefined;
  const { record, erasedAt, reason } = JSON.parse(text) as { record: string; erasedAt: string; reason?: string };
  return { record, erasedAt: new Date(erasedAt), reason };
}
