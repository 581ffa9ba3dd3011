import { keccak_256 } from "@noble/hashes/sha3.js";
import { hexlify } from "ethers";
import { ContentHashMismatchError } from "../errors/crypto.js";
import { toBytes32 } from "../values/bytes.js";
import { hexBytes } from "./header.js";
import type { Octets } from "./octets.js";

/** Hashes a content piece by piece, to what `contentHash` gives for the whole. */
export interface ContentHasher {
  /** Takes the next piece. */
  update(piece: Uint8Array): void;
  /** The hash of all pieces: 32 bytes as hex; once. */
  digest(): string;
}

/**
 * Begins the hash that goes on the chain, `keccak256(salt ‖ content)`, of a content that is too large for the memory.
 *
 * @param salt 32 bytes
 * @throws InvalidParameterError
 * @example
 * import { contentHasher } from "@consentry/sdk/crypto";
 *
 * const hasher = contentHasher(salt);
 * for await (const piece of file) hasher.update(piece);
 * console.log(hasher.digest()); // "0x..."
 */
export function contentHasher(salt: string | Uint8Array): ContentHasher {
  const hash = keccak_256.create().update(hexBytes(toBytes32(salt, "salt")));
  return { update: (piece) => void hash.update(piece), digest: () => hexlify(hash.digest()) };
}

/** The same pieces; the last of them only if all together have this hash. */
export async function* hashedTo(
  expected: string,
  salt: Octets,
  pieces: AsyncGenerator<Octets, void>,
): AsyncGenerator<Octets, void> {
  const hasher = contentHasher(salt);
  let held: Octets | undefined;
  for await (const piece of pieces) {
    if (held !== undefined) yield held;
    hasher.update(piece);
    held = piece;
  }
  const actual = hasher.digest();
  if (actual !== expected) throw new ContentHashMismatchError(expected, actual);
  if (held !== undefined) yield held;
}
