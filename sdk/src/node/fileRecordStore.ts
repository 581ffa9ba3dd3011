import { readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { getBytes, hexlify, keccak256, toUtf8Bytes } from "ethers";
import { InvalidParameterError } from "../errors/input.js";
import { RecordDamagedError, RecordMissingError, StoreError } from "../errors/store.js";
import { saltedContent } from "../records/contentHash.js";
import type { RecordStore, StoredRecord } from "../records/store.js";
import { toRecordId } from "../scopes/ids.js";
import { isFileError, replaceFile, syncFolder, TEMPORARY } from "./files.js";

/** A file is this mark, 32 bytes of hash, and what was hashed: 32 bytes of salt and the content. */
const MARK = /* @__PURE__ */ toUtf8Bytes("consentry record 1\n");
const HASH_AT = MARK.length;
const SALT_AT = HASH_AT + 32;
const CONTENT_AT = SALT_AT + 32;

/**
 * A {@link RecordStore} in a folder: one file for each record, named by its id, readable by its owner only.
 *
 * A file is written beside its place and moved into it, so that a crash leaves the old version or the new one. Each holds
 * the hash of its content, so that damage shows; whether it is what was registered only the chain can tell.
 *
 * @example
 * import { FileRecordStore } from "@consentry/sdk/node";
 *
 * const store = new FileRecordStore("/var/lib/consentry/records");
 * await store.put(record, { content, salt });
 */
export class FileRecordStore implements RecordStore {
  readonly #folder: string;

  /**
   * @param folder is made if it does not exist; a relative one is of the working directory at this moment
   * @throws InvalidParameterError
   */
  constructor(folder: string) {
    const name: unknown = folder;
    if (typeof name !== "string" || name === "") throw new InvalidParameterError("folder", "the path of a folder");
    this.#folder = resolve(name);
  }

  /**
   * Resolves when the record is on the disk.
   *
   * @throws InvalidRecordIdError if the id is not of a record: no other name ever reaches the file system
   * @throws InvalidParameterError, StoreError
   */
  async put(record: string, { content, salt }: StoredRecord): Promise<void> {
    const name = nameOf(record);
    const salted = saltedContent(content, salt);
    const parts = [MARK, getBytes(keccak256(salted)), salted];
    await attempt(record, () => replaceFile(this.#folder, name, parts));
  }

  /** @throws RecordMissingError, RecordDamagedError, InvalidRecordIdError, StoreError */
  async get(record: string): Promise<StoredRecord> {
    const path = join(this.#folder, nameOf(record));
    const bytes = await attempt(record, () => readIfThere(path));
    if (bytes === undefined) throw new RecordMissingError(record);
    if (bytes.length < CONTENT_AT || hexlify(bytes.subarray(0, HASH_AT)) !== hexlify(MARK)) {
      throw new RecordDamagedError(record, "The file does not begin as a record does.");
    }
    if (keccak256(bytes.subarray(SALT_AT)) !== hexlify(bytes.subarray(HASH_AT, SALT_AT))) {
      throw new RecordDamagedError(record, "The content does not fit its hash.");
    }
    return { content: bytes.slice(CONTENT_AT), salt: hexlify(bytes.subarray(SALT_AT, CONTENT_AT)) };
  }

  /**
   * Destroys content and salt, also where a crash left them half written.
   *
   * @throws InvalidRecordIdError, StoreError
   */
  async delete(record: string): Promise<void> {
    const name = nameOf(record);
    await attempt(record, () => removeAll(this.#folder, name));
  }
}

function nameOf(record: string): string {
  return `${toRecordId(record)}.record`;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    const { buffer, byteOffset, length } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (isFileError(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Removes a file, and the temporary ones of it. */
async function removeAll(folder: string, name: string): Promise<void> {
  try {
    await rm(join(folder, name), { force: true });
    const names = await readdir(folder);
    const temporary = names.filter((each) => each.startsWith(`${name}.`) && each.endsWith(TEMPORARY));
    await Promise.all(temporary.map((each) => rm(join(folder, each), { force: true })));
    await syncFolder(folder);
  } catch (error) {
    if (!isFileError(error, "ENOENT")) throw error;
  }
}

async function attempt<Result>(record: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw new StoreError(record, error);
  }
}
