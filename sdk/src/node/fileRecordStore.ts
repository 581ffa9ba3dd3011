import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { concat, getBytes, hexlify, randomBytes, toUtf8Bytes } from "ethers";
import { RecordDamagedError, RecordMissingError, StoreError } from "../errors/store.js";
import { contentHash } from "../records/contentHash.js";
import type { RecordStore, StoredRecord } from "../records/store.js";
import { toRecordId } from "../scopes/ids.js";
import { toBytes32, toContent } from "../values/bytes.js";

/** A file is this mark, 32 bytes of hash, 32 bytes of salt, and the content. */
const MARK = /* @__PURE__ */ toUtf8Bytes("consentry record 1\n");
const HASH_AT = MARK.length;
const SALT_AT = HASH_AT + 32;
const CONTENT_AT = SALT_AT + 32;

const OWNER_ONLY = { directory: 0o700, file: 0o600 } as const;

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

  /** @param folder is made if it does not exist */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @throws InvalidRecordIdError if the id is not of a record: no other name ever reaches the file system
   * @throws InvalidParameterError, StoreError
   */
  async put(record: string, { content, salt }: StoredRecord): Promise<void> {
    const path = this.#pathOf(record);
    const bytes = toContent(content, "content");
    const key = toBytes32(salt, "salt");
    const file = getBytes(concat([MARK, contentHash(bytes, key), key, bytes]));
    await attempt(record, () => replaceFile(this.#folder, path, file));
  }

  /** @throws RecordMissingError, RecordDamagedError, InvalidRecordIdError, StoreError */
  async get(record: string): Promise<StoredRecord> {
    const file = await attempt(record, () => readFile(this.#pathOf(record)));
    const bytes = new Uint8Array(file);
    if (bytes.length < CONTENT_AT || hexlify(bytes.subarray(0, HASH_AT)) !== hexlify(MARK)) {
      throw new RecordDamagedError(record, "The file does not begin as a record does.");
    }
    const salt = hexlify(bytes.subarray(SALT_AT, CONTENT_AT));
    const content = bytes.slice(CONTENT_AT);
    if (contentHash(content, salt) === hexlify(bytes.subarray(HASH_AT, SALT_AT))) return { content, salt };
    throw new RecordDamagedError(record, "The content does not fit its hash.");
  }

  /** @throws InvalidRecordIdError, StoreError */
  async delete(record: string): Promise<void> {
    await attempt(record, () => rm(this.#pathOf(record), { force: true }));
  }

  #pathOf(record: string): string {
    return join(this.#folder, `${toRecordId(record)}.record`);
  }
}

async function replaceFile(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY.directory });
  const temporary = `${path}.${hexlify(randomBytes(8))}.new`;
  try {
    const file = await open(temporary, "wx", OWNER_ONLY.file);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function attempt<Result>(record: string, action: () => Promise<Result>): Promise<Result> {
  toRecordId(record);
  try {
    return await action();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw new RecordMissingError(record);
    throw new StoreError(record, error);
  }
}
