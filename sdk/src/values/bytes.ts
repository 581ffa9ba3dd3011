import { hexlify, isHexString, toUtf8Bytes } from "ethers";
import { InvalidParameterError } from "../errors/input.js";

/** Bytes, 0x and hexadecimal digits, or a text that is taken as UTF-8 (of content only). */
export type Bytes = Uint8Array | string;

/** A number in hexadecimal digits, for a message. */
export function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** 32 bytes as hex, in lower case. */
export function toBytes32(value: unknown, parameter: string): string {
  if (value instanceof Uint8Array && value.length === 32) return hexlify(value);
  if (isHexString(value, 32)) return value.toLowerCase();
  throw new InvalidParameterError(parameter, "32 bytes: a Uint8Array, or 0x and 64 hexadecimal digits");
}

/** Bytes of any length as hex, in lower case. */
export function toHex(value: unknown, parameter: string): string {
  if (value instanceof Uint8Array) return hexlify(value);
  if (isHexString(value) && value.length % 2 === 0) return value.toLowerCase();
  throw new InvalidParameterError(parameter, "bytes: a Uint8Array, or 0x and pairs of hexadecimal digits");
}

/** Half of a character, which UTF-8 can't hold. */
const BROKEN = /\p{Cs}/u;

/** The bytes of a content: a text is its UTF-8. */
export function toContent(value: unknown, parameter: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string" && !BROKEN.test(value)) return toUtf8Bytes(value);
  throw new InvalidParameterError(parameter, "a text without broken characters, or a Uint8Array");
}
