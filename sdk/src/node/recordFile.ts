import { join } from "node:path";
import { followed, piecesOf, splitAt } from "../crypto/content.js";
import { HEADER, parseHeader } from "../crypto/header.js";
import { ascii, joined, type Octets } from "../crypto/octets.js";
import { RecordDamagedError, RecordMissingError } from "../errors/store.js";
import { openFile } from "./files.js";

/** A version of a record as it lies in a file. */
export interface RecordFile {
  retainUntil: Date;
  /** The id of its content key. */
  key: string;
  /** The sealed record. Whoever does not read it to its end must `return()` it. */
  sealed: AsyncGenerator<Octets, void>;
}

/** A file is this mark, the date until which it must be kept, and the sealed record. */
const MARK = "consentry record 2\n";
const DATE = "2032-11-21T00:00:00.000Z\n";
const PREFIX = MARK.length + DATE.length;

/** The content of a file. */
export async function* recordFile(retainUntil: Date, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield ascii(`${MARK}${retainUntil.toISOString()}\n`);
  yield* sealed;
}

/** Whether the date of a file can hold it. */
export function fitsFile(date: Date): boolean {
  return !Number.isNaN(date.getTime()) && `${date.toISOString()}\n`.length === DATE.length;
}

/** The name of a version's file. */
export function nameOfVersion(version: number): string {
  return `${version}.record`;
}

/** The versions among the names of a folder, in order. */
export function versionsIn(names: readonly string[]): number[] {
  const versions = names.flatMap((name) => /^([1-9]\d*)\.record$/.exec(name)?.[1] ?? []);
  return versions.map(Number).sort((one, other) => one - other);
}

/** Opens the file of a version, and reads what stands before its frames. */
export async function readRecordFile(folder: string, record: string, version: number): Promise<RecordFile> {
  const file = await openFile(join(folder, nameOfVersion(version)));
  if (file === undefined) throw new RecordMissingError(record, `There is no version ${version}.`);
  try {
    const { head, rest } = await splitAt(piecesOf(file), PREFIX);
    const retainUntil = dateIn(head, record);
    const sealed = await splitAt(rest, HEADER);
    const key = keyIn(sealed.head, record, version);
    return { retainUntil, key, sealed: followed(joined([sealed.head]), sealed.rest) };
  } catch (error) {
    await file.return();
    throw error;
  }
}

function dateIn(prefix: Octets, record: string): Date {
  const text = new TextDecoder().decode(prefix);
  const date = new Date(text.slice(MARK.length, -1));
  if (fitsFile(date) && text === `${MARK}${date.toISOString()}\n`) return date;
  throw new RecordDamagedError(record, "The file does not begin as a record does.");
}

function keyIn(header: Octets, record: string, version: number): string {
  let found;
  try {
    found = parseHeader(header);
  } catch (error) {
    throw new RecordDamagedError(record, "The file holds no sealed record.", error);
  }
  if (found.record === record && found.version === version) return found.key;
  throw new RecordDamagedError(record, `The file holds version ${found.version} of ${found.record}.`);
}
