import { hexlify } from "ethers";
import { SealedFormatError, WrongKeyError } from "../errors/crypto.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { decompressed } from "./compression.js";
import { atMost, type Content, piecesOf, splitAt, streamOf } from "./content.js";
import { type ContentKey, frameKey } from "./contentKey.js";
import { hashedTo } from "./contentHasher.js";
import { openFrames } from "./frames.js";
import { HEADER, type Header, parseHeader } from "./header.js";
import type { Octets } from "./octets.js";
import { requireContentKey } from "./requireContentKey.js";

/** What to decrypt. */
export interface DecryptRecordParams {
  /** What `encryptRecord` gave. */
  sealed: Exclude<Content, string>;
  /** The key of the version that is expected. */
  key: ContentKey;
  /** The hash of the content on the chain: given, the last piece comes out only if the content has it. */
  contentHash?: string;
  /** The most bytes of content that may come out, however small they are when compressed. */
  maxLength?: number | undefined;
}

/** A version of a record in clear. */
export interface DecryptedRecord {
  /** The salt of the content's hash: 32 bytes as hex; secret. */
  salt: string;
  /** Each piece is verified before it comes out; that it is all shows when the stream ends without an error. */
  content: ReadableStream<Uint8Array>;
}

const SALT = 32;

/**
 * Decrypts a version of a record. Nothing comes out that is not verified; if the stream fails, use nothing of it.
 *
 * @param params `contentHash` of `records.get` proves that it is what the custodian registered
 * @returns once the first frame is verified
 * @throws SealedFormatError, UnsupportedAlgorithmError if it is not a sealed record, or one of another kind
 * @throws WrongKeyError if it is of another record, another version or another key
 * @throws SealedRecordAlteredError, SealedRecordTruncatedError here or by the stream
 * @throws ContentHashMismatchError, ContentTooLongError by the stream
 * @example
 * import { bytesOf, decryptRecord } from "@consentry/sdk/crypto";
 *
 * const pointer = await consentry.records.get(record);
 * if (pointer.status !== "registered") return;
 * const { content } = await decryptRecord({ sealed, key, contentHash: pointer.contentHash });
 * const resource = JSON.parse(new TextDecoder().decode(await bytesOf(content)));
 */
export async function decryptRecord(params: DecryptRecordParams): Promise<DecryptedRecord> {
  onlyKeys(params, ["sealed", "key", "contentHash", "maxLength"]);
  const key = requireContentKey(params.key);
  const { maxLength = Infinity } = params;
  // That of an erased record is undefined: to check nothing then is not what was meant.
  const expected = "contentHash" in params ? toBytes32(params.contentHash, "contentHash") : undefined;
  const sealed = piecesOf(params.sealed, "sealed");
  const { salt, content } = await open(sealed, key);
  const limited = atMost(content, maxLength);
  const checked = expected === undefined ? limited : hashedTo(expected, salt, limited);
  return { salt: hexlify(salt), content: streamOf(checked, sealed) };
}

/** Where it fails, it leaves the source closed. */
async function open(
  sealed: AsyncGenerator<Octets, void>,
  key: ContentKey,
): Promise<{ salt: Octets; content: AsyncGenerator<Octets, void> }> {
  try {
    const { head, rest } = await splitAt(sealed, HEADER);
    const header = parseHeader(head);
    requireKey(header, key);
    const frames = openFrames(rest, frameKey(key, head, header.salt));
    const { head: salt, rest: content } = await splitAt(header.isCompressed ? decompressed(frames) : frames, SALT);
    if (salt.length < SALT) throw new SealedFormatError("There is no salt in it.");
    return { salt, content };
  } catch (error) {
    await sealed.return();
    throw error;
  }
}

function requireKey(header: Header, { record, version, id }: ContentKey): void {
  if (header.record !== record) throw new WrongKeyError("record", record, header.record);
  if (header.version !== version) throw new WrongKeyError("version", String(version), String(header.version));
  if (header.key !== id) throw new WrongKeyError("key", id, header.key);
}
