import { getBytes, hexlify, keccak256, randomBytes } from "ethers";
import { type Bytes, toBytes32, toContent } from "../values/bytes.js";

const SALT_LENGTH = 32;

/**
 * A new salt: 256 random bits, for one version of one record.
 *
 * @returns 32 bytes as hex; keep it secret and beside the content, for without it the hash proves nothing
 * @example
 * const salt = newSalt();
 */
export function newSalt(): string {
  return hexlify(randomBytes(SALT_LENGTH));
}

/**
 * The hash of a record's content that goes on the chain: `keccak256(salt ‖ content)`.
 *
 * The salt must be secret, random and of 256 bits, a new one for each version: so nobody can guess a short content from its
 * hash, equal contents do not show, and destroying the salt makes the hash say nothing.
 *
 * @param content bytes, or a text that is taken as UTF-8
 * @param salt 32 bytes
 * @returns 32 bytes as hex
 * @throws InvalidParameterError
 * @example
 * const salt = newSalt();
 * contentHash(JSON.stringify(resource), salt); // "0x..."
 */
export function contentHash(content: Bytes, salt: string | Uint8Array): string {
  return keccak256(saltedContent(content, salt));
}

/** What is hashed, `salt ‖ content`: a copy, made of bytes only, for a content may be large. */
export function saltedContent(content: Bytes, salt: string | Uint8Array): Uint8Array {
  const key = getBytes(toBytes32(salt, "salt"));
  const bytes = toContent(content, "content");
  const salted = new Uint8Array(SALT_LENGTH + bytes.length);
  salted.set(key);
  salted.set(bytes, SALT_LENGTH);
  return salted;
}

/**
 * Whether a content is the one that was registered.
 *
 * @param pointer what `records.get` returned, or anything with its `contentHash`
 * @example
 * const pointer = await consentry.records.get(record);
 * verifyContent(pointer, content, salt); // false if a single bit was changed
 */
export function verifyContent(
  pointer: { readonly contentHash?: string | undefined },
  content: Bytes,
  salt: string | Uint8Array,
): boolean {
  return pointer.contentHash?.toLowerCase() === contentHash(content, salt);
}
