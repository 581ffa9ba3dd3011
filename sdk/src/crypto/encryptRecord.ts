import { newSalt } from "../records/contentHash.js";
import { toBoolean } from "../values/booleans.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { compressed } from "./compression.js";
import { type Content, piecesOf, streamOf } from "./content.js";
import { type ContentKey, frameKey } from "./contentKey.js";
import { sealFrames } from "./frames.js";
import { headerBytes, hexBytes } from "./header.js";
import type { Octets } from "./octets.js";
import { requireContentKey } from "./requireContentKey.js";

/** What to encrypt. */
export interface EncryptRecordParams {
  content: Content;
  /** The salt of the content's hash on the chain, 32 bytes; it is encrypted, too. */
  salt: string | Uint8Array;
  /** The key of the version: it says of which record and which version this is. */
  key: ContentKey;
  /** False leaves the content as it is: for what is compressed already, or where its length must not tell how alike it is. */
  compress?: boolean | undefined;
}

/**
 * Encrypts a version of a record, with the salt of its hash, so that it can be read and proved with its key alone.
 *
 * @returns the sealed record, read as it is encrypted: a content of any length takes little memory
 * @throws InvalidParameterError; the stream fails with what the content fails with
 * @example
 * import { newSalt } from "@consentry/sdk";
 * import { encryptRecord, newContentKey } from "@consentry/sdk/crypto";
 *
 * const key = newContentKey({ record, version: 1 });
 * const sealed = encryptRecord({ content: JSON.stringify(resource), salt: newSalt(), key });
 * await fetch(archive, { method: "PUT", body: sealed, duplex: "half" });
 */
export function encryptRecord(params: EncryptRecordParams): ReadableStream<Uint8Array> {
  onlyKeys(params, ["content", "salt", "key", "compress"]);
  const salt = hexBytes(toBytes32(params.salt, "salt"));
  const isCompressed = params.compress === undefined || toBoolean(params.compress, "compress");
  const key = requireContentKey(params.key);
  const content = piecesOf(params.content);
  const plain = salted(salt, content);
  return streamOf(sealed(key, isCompressed, isCompressed ? compressed(plain) : plain), content);
}

async function* sealed(
  key: ContentKey,
  isCompressed: boolean,
  pieces: AsyncGenerator<Octets, void>,
): AsyncGenerator<Octets, void> {
  const { record, version, id } = key;
  const salt = hexBytes(newSalt());
  const header = headerBytes({ isCompressed, version, record, key: id, salt });
  yield header;
  yield* sealFrames(pieces, frameKey(key, header, salt));
}

async function* salted(salt: Octets, pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  yield salt;
  yield* pieces;
}
