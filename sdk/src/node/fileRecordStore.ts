import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf, type Content, piecesOf, streamOf } from "../crypto/content.js";
import { type ContentHasher, contentHasher } from "../crypto/contentHasher.js";
import { newContentKey } from "../crypto/contentKey.js";
import { decryptRecord } from "../crypto/decryptRecord.js";
import { encryptRecord } from "../crypto/encryptRecord.js";
import type { Keyring } from "../crypto/keyring.js";
import { type KeyWrap, parseWrap } from "../crypto/keyWrap.js";
import type { Octets } from "../crypto/octets.js";
import { wrapKey } from "../crypto/wrapKey.js";
import { InvalidParameterError } from "../errors/input.js";
import {
  NotSharedError,
  RecordErasedError,
  RecordMissingError,
  RetentionError,
  VersionKeptError,
} from "../errors/store.js";
import { newSalt } from "../records/contentHash.js";
import type {
  KeptRecord,
  OpenedRecord,
  RecordStore,
  RecordToStore,
  ReleasedRecord,
  ShareParams,
  StoredRecord,
  VersionOptions,
} from "../records/store.js";
import { toRecordId } from "../scopes/ids.js";
import { toParty } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { attempt, toFolder } from "./attempt.js";
import { asDamage, damageIn } from "./damage.js";
import { ERASURE, erasureOf, keepErasure } from "./erasure.js";
import { addFile, ifThere, namesIn, removeFiles, replaceFile } from "./files.js";
import { nameOfVersion, readRecordFile, recordFile, versionsIn } from "./recordFile.js";
import { retentionOf } from "./retention.js";

/** How a store keeps records. */
export interface FileRecordStoreParams {
  /** Where the content keys are kept. */
  keyring: Keyring;
  /** How long a version must be kept unless it says otherwise; 6 if left out, as 45 CFR 164.316(b)(2) asks. */
  years?: number | undefined;
}

const RECORD_KEYS = [
  "content",
  "salt",
  "version",
  "retainUntil",
  "compress",
] as const satisfies (keyof RecordToStore)[];

/**
 * A {@link RecordStore} in a folder: below a folder for each record one encrypted file for each version and one for each wrap,
 * readable by their owner only.
 *
 * Each file is written beside its place and moved into it, so that a crash leaves the old state or the new one. Whether a
 * content is what was registered only the chain can tell.
 *
 * @example
 * import { FileKeyring, FileRecordStore } from "@consentry/sdk/node";
 *
 * const keyring = new FileKeyring("/var/lib/consentry/keys", { keyPair });
 * const store = new FileRecordStore("/srv/consentry/records", { keyring });
 * const { contentHash } = await store.put(record, { content: JSON.stringify(resource) });
 */
export class FileRecordStore implements RecordStore {
  readonly #folder: string;
  readonly #keyring: Keyring;
  readonly #years: number;

  /**
   * @param folder is made if it does not exist; a relative one is of the working directory at this moment
   * @throws InvalidParameterError
   */
  constructor(folder: string, params: FileRecordStoreParams) {
    onlyKeys(params, ["keyring", "years"]);
    const { keyring, years = 6 } = params;
    if (typeof keyring !== "object") throw new InvalidParameterError("keyring", "a Keyring", "FileKeyring is one.");
    if (!Number.isInteger(years) || years < 0) throw new InvalidParameterError("years", "a whole number of years");
    this.#folder = toFolder(folder);
    this.#keyring = keyring;
    this.#years = years;
  }

  /**
   * Resolves when the version is on the disk.
   *
   * @throws VersionKeptError if the version is there already, RecordErasedError if the record was erased
   * @throws InvalidRecordIdError if the id is not of a record: no other name ever reaches the file system
   * @throws InvalidParameterError, InvalidDateError, StoreError
   */
  async put(record: string, stored: RecordToStore): Promise<KeptRecord> {
    onlyKeys(stored, RECORD_KEYS);
    const { version = 1, compress } = stored;
    const id = toRecordId(record);
    const salt = toBytes32(stored.salt ?? newSalt(), "salt");
    const retainUntil = retentionOf(stored.retainUntil, this.#years);
    const key = newContentKey({ record: id, version });
    const hasher = contentHasher(salt);
    const sealed = encryptRecord({ content: hashed(stored.content, hasher), salt, key, compress });
    await attempt(id, async () => {
      await this.#requireRoom(id, version);
      await this.#keyring.add(key);
      await this.#add(id, version, recordFile(retainUntil, piecesOf(sealed)));
    });
    return { record: id, version, salt, contentHash: hasher.digest(), retainUntil };
  }

  /**
   * @throws RecordMissingError, RecordErasedError, RecordDamagedError, KeyMissingError, ContentHashMismatchError
   * @throws ContentTooLongError beyond `maxLength`, 256 MiB if left out; InvalidRecordIdError, StoreError
   */
  async get(record: string, options: VersionOptions = {}): Promise<StoredRecord> {
    const { content, ...opened } = await this.open(record, options);
    const { maxLength } = options;
    return { ...opened, content: await attempt(record, () => bytesOf(content, { maxLength })) };
  }

  /**
   * @throws RecordMissingError, RecordErasedError, RecordDamagedError, KeyMissingError; InvalidRecordIdError, StoreError
   * @throws RecordDamagedError, ContentHashMismatchError, ContentTooLongError by the stream
   */
  async open(record: string, options: VersionOptions = {}): Promise<OpenedRecord> {
    onlyKeys(options, ["version", "contentHash", "maxLength"]);
    const id = toRecordId(record);
    const { version: asked, ...limits } = options;
    return attempt(id, async () => {
      const version = await this.#versionOf(id, asked);
      const { retainUntil, key, sealed } = await readRecordFile(this.#folderOf(id), id, version);
      try {
        const contentKey = await this.#keyring.get(id, key);
        const { salt, content } = await decryptRecord({ sealed, key: contentKey, ...limits });
        return { version, salt, retainUntil, content: streamOf(damageIn(id, piecesOf(content)), sealed) };
      } catch (error) {
        await sealed.return();
        throw asDamage(id, error);
      }
    });
  }

  /**
   * @throws InvalidEncryptionKeyError if the grantee has published no key; InvalidAddressError
   * @throws RecordMissingError, RecordErasedError, RecordDamagedError, KeyMissingError; InvalidRecordIdError, StoreError
   */
  async share(record: string, params: ShareParams): Promise<KeyWrap> {
    onlyKeys(params, ["grantee", "publicKey", "version"]);
    const id = toRecordId(record);
    return attempt(id, async () => {
      const version = await this.#versionOf(id, params.version);
      const { key, sealed } = await readRecordFile(this.#folderOf(id), id, version);
      await sealed.return();
      const { grantee, publicKey } = params;
      const wrap = await wrapKey({ key: await this.#keyring.get(id, key), grantee, publicKey });
      await replaceFile(this.#folderOf(id), nameOfWrap(wrap.grantee, version), JSON.stringify(wrap));
      await this.#requireStillThere(id);
      return wrap;
    });
  }

  /** @throws InvalidRecordIdError, InvalidAddressError, StoreError */
  async withdraw(record: string, grantee: string): Promise<void> {
    const folder = this.#folderOf(record);
    const prefix = `${toParty(grantee, "grantee").toLowerCase()}.`;
    await attempt(record, () => removeFiles(folder, (name) => name.startsWith(prefix)));
  }

  /**
   * @throws NotSharedError unless the version was shared with the grantee
   * @throws RecordMissingError, RecordErasedError, RecordDamagedError; InvalidRecordIdError, InvalidAddressError, StoreError
   */
  async release(
    record: string,
    grantee: string,
    options: Pick<VersionOptions, "version"> = {},
  ): Promise<ReleasedRecord> {
    onlyKeys(options, ["version"]);
    const id = toRecordId(record);
    const reader = toParty(grantee, "grantee");
    return attempt(id, async () => {
      const version = await this.#versionOf(id, options.version);
      const text = await ifThere(readFile(join(this.#folderOf(id), nameOfWrap(reader, version)), "utf8"));
      if (text === undefined) throw new NotSharedError(id, version, reader);
      const wrap = parseWrap(text);
      const { key, sealed } = await readRecordFile(this.#folderOf(id), id, version);
      await sealed.return();
      // A wrap of another key, as of a version that was lost, opens nothing.
      if (wrap.key !== key || wrap.grantee !== reader) throw new NotSharedError(id, version, reader);
      return { version, wrap, sealed: streamOf(sealedOf(this.#folderOf(id), id, version)) };
    });
  }

  /**
   * Resolves when keys, salts and contents are gone for good, also those that a crash left half written. Interrupted, it is
   * finished by calling it again.
   *
   * @throws RetentionError if a version must be kept longer and no reason is given
   * @throws RecordDamagedError if no reason is given and a file does not tell how long it must be kept
   * @throws InvalidRecordIdError, InvalidParameterError, StoreError
   */
  async delete(record: string, options: { reason?: string | undefined } = {}): Promise<void> {
    onlyKeys(options, ["reason"]);
    const id = toRecordId(record);
    const { reason } = options;
    if (reason !== undefined && (typeof reason !== "string" || reason.trim() === "")) {
      throw new InvalidParameterError("reason", "a text", "Name no person in it: it is kept.");
    }
    await attempt(id, async () => {
      const versions = versionsIn(await namesIn(this.#folderOf(id)));
      const isErased = (await erasureOf(this.#folderOf(id))) !== undefined;
      if (!isErased && versions.length > 0) await this.#erase(id, versions, reason);
      await this.#destroy(id);
    });
  }

  async #add(id: string, version: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      const isNew = await addFile(this.#folderOf(id), nameOfVersion(version), content);
      if (!isNew) throw new VersionKeptError(id, version);
    } finally {
      await this.#requireStillThere(id);
    }
  }

  /** From here on the record is gone, whatever crashes. */
  async #erase(id: string, versions: readonly number[], reason: string | undefined): Promise<void> {
    if (reason === undefined) for (const version of versions) await this.#requireOver(id, version);
    await keepErasure(this.#folderOf(id), { record: id, erasedAt: new Date(), reason });
  }

  async #destroy(id: string): Promise<void> {
    await this.#keyring.destroy(id);
    const isErased = (await erasureOf(this.#folderOf(id))) !== undefined;
    await removeFiles(this.#folderOf(id), (name) => !isErased || name !== ERASURE);
  }

  async #requireOver(id: string, version: number): Promise<void> {
    const { retainUntil, sealed } = await readRecordFile(this.#folderOf(id), id, version);
    await sealed.return();
    if (retainUntil.getTime() > Date.now()) throw new RetentionError(id, retainUntil);
  }

  async #requireRoom(id: string, version: number): Promise<void> {
    await this.#requireNotErased(id);
    const names = await namesIn(this.#folderOf(id));
    if (names.includes(nameOfVersion(version))) throw new VersionKeptError(id, version);
  }

  /** What was written while somebody else erased the record goes, too. */
  async #requireStillThere(id: string): Promise<void> {
    if ((await erasureOf(this.#folderOf(id))) === undefined) return;
    await this.#destroy(id);
    await this.#requireNotErased(id);
  }

  async #requireNotErased(id: string): Promise<void> {
    const erasure = await erasureOf(this.#folderOf(id));
    if (erasure !== undefined) throw new RecordErasedError(id, erasure.erasedAt, erasure.reason);
  }

  async #versionOf(id: string, version: number | undefined): Promise<number> {
    await this.#requireNotErased(id);
    const newest = versionsIn(await namesIn(this.#folderOf(id))).at(-1);
    if (newest === undefined) throw new RecordMissingError(id);
    return version ?? newest;
  }

  #folderOf(record: string): string {
    return join(this.#folder, toRecordId(record));
  }
}

function nameOfWrap(grantee: string, version: number): string {
  return `${grantee.toLowerCase()}.${version}.wrap`;
}

/** Opens the file when it is first read, so that who does not read it leaves nothing open. */
async function* sealedOf(folder: string, record: string, version: number): AsyncGenerator<Octets, void> {
  const { sealed } = await readRecordFile(folder, record, version);
  yield* sealed;
}

async function* hashed(content: Content, hasher: ContentHasher): AsyncGenerator<Octets, void> {
  for await (const piece of piecesOf(content)) {
    hasher.update(piece);
    yield piece;
  }
}
