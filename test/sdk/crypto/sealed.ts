import { newRecordId, newSalt } from "@consentry/sdk";
import {
  bytesOf,
  type Content,
  type ContentKey,
  decryptRecord,
  encryptRecord,
  newContentKey,
} from "@consentry/sdk/crypto";

export const CUSTODIAN = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
export const FRAME = 65_536;
export const TAG = 16;
export const HEADER = 120;
export const SALT = 32;

/** Bytes that repeat after 251, so that none stands for another. */
export function bytesLike(length: number, first = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (first + at) % 251);
}

export function newKey(version = 1, record = newRecordId(CUSTODIAN)): ContentKey {
  return newContentKey({ record, version });
}

/** A sealed record in memory; not compressed, so that frames are where one counts them. */
export function seal(content: Content, key: ContentKey, salt = newSalt()): Promise<Uint8Array> {
  return bytesOf(encryptRecord({ content, salt, key, compress: false }));
}

/** All of the content, or the error. */
export async function open(sealed: Uint8Array | AsyncIterable<Uint8Array>, key: ContentKey): Promise<Uint8Array> {
  const { content } = await decryptRecord({ sealed, key });
  return bytesOf(content);
}

/** The frames behind the header, as they are stored. */
export function framesOf(sealed: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = HEADER; at < sealed.length; at += FRAME + TAG) frames.push(sealed.slice(at, at + FRAME + TAG));
  return frames;
}

export function together(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

export function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1 << bit;
  return copy;
}
