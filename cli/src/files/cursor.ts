import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { FileError } from "../errors/file.js";

const EXPECTED = "the file of a cursor";

/** The cursor in a file; undefined if there is no such file yet. Throws {@link FileError}. */
export function readCursor(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
  } catch (error) {
    throw new FileError(path, EXPECTED, error);
  }
}

/** Puts a cursor into a file, whole or not at all; throws {@link FileError}. */
export function writeCursor(path: string, cursor: string): void {
  try {
    writeFileSync(`${path}.new`, `${cursor}\n`);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new FileError(path, EXPECTED, error);
  }
}
