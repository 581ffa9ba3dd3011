import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ContentKey } from "../crypto/contentKey.js";
import { type EncryptionKeyPair, toKeyPair } from "../crypto/keyPairs.js";
import type { Keyring } from "../crypto/keyring.js";
import { parseWrap } from "../crypto/keyWrap.js";
import { unwrapKey } from "../crypto/unwrapKey.js";
import { wrapKey } from "../crypto/wrapKey.js";
import { KeyMissingError, WrapMismatchError } from "../errors/crypto.js";
import { custodianOf, toRecordId } from "../scopes/ids.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { attempt, toFolder } from "./attempt.js";
import { addFile, ifThere, removeFiles } from "./files.js";

/** Whose keys these are. */
export interface FileKeyringParams {
  /** The custodian's own: keys are kept wrapped for it. */
  keyPair: EncryptionKeyPair;
  /** Those that it replaced: what was wrapped for them is still opened. */
  older?: readonly EncryptionKeyPair[] | undefined;
}

/**
 * A {@link Keyring} in a folder: one file for each key, wrapped for the custodian's key pair, below one folder for each
 * record. Keep it on another volume than the records, and with backups of its own: as long as a copy of a file and the key
 * pair are there, nothing is erased.
 *
 * @example
 * import { importEncryptionKeyPair } from "@consentry/sdk/crypto";
 * import { FileKeyring } from "@consentry/sdk/node";
 *
 * const keyPair = await importEncryptionKeyPair(JSON.parse(await vault.read("encryption-key")));
 * const keyring = new FileKeyring("/var/lib/consentry/keys", { keyPair });
 */
export class FileKeyring implements Keyring {
  readonly #folder: string;
  readonly #keyPair: EncryptionKeyPair;
  readonly #older: readonly EncryptionKeyPair[];

  /** @throws InvalidParameterError */
  constructor(folder: string, params: FileKeyringParams) {
    onlyKeys(params, ["keyPair", "older"]);
    this.#folder = toFolder(folder);
    this.#keyPair = params.keyPair;
    this.#older = params.older ?? [];
  }

  /** @throws InvalidParameterError, StoreError */
  async add(key: ContentKey): Promise<void> {
    await toKeyPair(this.#keyPair, "keyPair");
    const { publicKey } = this.#keyPair;
    const wrap = await wrapKey({ key, grantee: custodianOf(key.record), publicKey });
    await attempt(key.record, () => addFile(this.#folderOf(key.record), nameOf(key.id), JSON.stringify(wrap)));
  }

  /** @throws KeyMissingError, UnwrapError, WrapMismatchError, InvalidRecordIdError, StoreError */
  async get(record: string, id: string): Promise<ContentKey> {
    const asked = toRecordId(record);
    const key = toBytes32(id, "id");
    const path = join(this.#folderOf(asked), nameOf(key));
    const text = await attempt(asked, () => ifThere(readFile(path, "utf8")));
    if (text === undefined) throw new KeyMissingError(asked, key);
    const wrap = parseWrap(text);
    if (wrap.key !== key) throw new WrapMismatchError("key", key, wrap.key);
    const keyPair = this.#older.find(({ publicKey }) => publicKey === wrap.publicKey) ?? this.#keyPair;
    return unwrapKey({ wrap, keyPair, grantee: custodianOf(asked), record: asked, version: wrap.version });
  }

  /** @throws InvalidRecordIdError, StoreError */
  async destroy(record: string): Promise<void> {
    const folder = this.#folderOf(record);
    await attempt(record, () => removeFiles(folder, () => true));
  }

  #folderOf(record: string): string {
    return join(this.#folder, toRecordId(record));
  }
}

function nameOf(id: string): string {
  return `${id}.key`;
}
