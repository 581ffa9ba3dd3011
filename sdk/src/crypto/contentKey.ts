import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexlify } from "ethers";
import { InvalidParameterError } from "../errors/input.js";
import { toRecordId } from "../scopes/ids.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { ALGORITHM, hexBytes } from "./header.js";
import { ascii, joined, type Octets, toOctets, uint32 } from "./octets.js";

/** What a content key is for. */
export interface KeyPurpose {
  /** The record's id. */
  record: string;
  /** Counts the record's contents from 1, as the chain does. */
  version: number;
}

const KEY_LENGTH = 32;
/** As many as the chain counts. */
const MOST_VERSIONS = 2 ** 24 - 1;

/**
 * The key of one version of one record. Whoever has it reads that version and no other.
 *
 * A log shows its id and never the key: `export()` gives the key.
 *
 * @example
 * import { newContentKey } from "@consentry/sdk/crypto";
 *
 * const key = newContentKey({ record, version: 1 });
 * console.log(key.id); // "0x..."
 */
export class ContentKey implements KeyPurpose {
  readonly record: string;
  readonly version: number;
  /** 32 bytes as hex, computed from the key and what it is for: nothing else has this id. */
  readonly id: string;
  readonly #bytes: Octets;

  /** Keys are made by {@link newContentKey} and {@link importContentKey}. */
  constructor({ record, version }: KeyPurpose, id: string, bytes: Octets) {
    this.record = record;
    this.version = version;
    this.id = id;
    this.#bytes = bytes;
  }

  /** The key: 32 secret bytes. */
  export(): Uint8Array {
    return this.#bytes.slice();
  }
}

/**
 * Makes the key of a version: 256 random bits. Make a new one for every version, so that whoever was withdrawn from reads no
 * later one.
 *
 * @throws InvalidRecordIdError, InvalidParameterError
 * @example
 * import { newContentKey } from "@consentry/sdk/crypto";
 *
 * const key = newContentKey({ record, version: 1 });
 */
export function newContentKey(purpose: KeyPurpose): ContentKey {
  onlyKeys(purpose, ["record", "version"]);
  return keyOf(purpose, crypto.getRandomValues(new Uint8Array(KEY_LENGTH)));
}

/**
 * Makes a key of the bytes that `export()` gave, such as of a key management service.
 *
 * @param params `bytes`: 32, as a Uint8Array or as hex
 * @throws InvalidRecordIdError, InvalidParameterError
 * @example
 * const key = importContentKey({ record, version: 1, bytes });
 */
export function importContentKey(params: KeyPurpose & { bytes: string | Uint8Array }): ContentKey {
  onlyKeys(params, ["record", "version", "bytes"]);
  return keyOf(params, hexBytes(toBytes32(params.bytes, "bytes")));
}

/** What a key is for, checked. */
export function toPurpose({ record, version }: KeyPurpose): KeyPurpose {
  if (!Number.isInteger(version) || version < 1 || version > MOST_VERSIONS) {
    throw new InvalidParameterError("version", `a whole number from 1 to ${MOST_VERSIONS}`);
  }
  return { record: toRecordId(record), version };
}

/** What a purpose is bound by: of one length, so that no two are the same bytes. */
export function purposeBytes({ record, version }: KeyPurpose): Octets {
  return joined([Uint8Array.of(ALGORITHM), hexBytes(record), uint32(version)]);
}

/** A key for one encryption, of a content key and the header before the frames: nobody can use it under another header. */
export function frameKey(key: ContentKey, header: Octets, salt: Octets): Octets {
  const info = joined([ascii("consentry frames 1\n"), header]);
  return derive(key.export() as Octets, salt, info);
}

function keyOf(purpose: KeyPurpose, bytes: Octets): ContentKey {
  const checked = toPurpose(purpose);
  const info = joined([ascii("consentry key 1\n"), purposeBytes(checked)]);
  const id = hexlify(derive(bytes, new Uint8Array(), info));
  return new ContentKey(checked, id, bytes);
}

function derive(secret: Octets, salt: Octets, info: Octets): Octets {
  return toOctets(hkdf(sha256, secret, salt, info, KEY_LENGTH));
}
