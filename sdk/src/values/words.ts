import { getAddress } from "ethers";
import { UnreadableAnswerError } from "../errors/chain.js";

/**
 * The contract ABI of what has a fixed width: a 32-byte word each. Ethers' coder takes about a millisecond for one of a
 * thousand questions; this is for where there are thousands.
 */

/** Hexadecimal digits of a word. */
const DIGITS = 64;

/** Numbers and bytes as words, without 0x; of bytes shorter than a word these are the last ones, as of an address. */
export function toWords(...values: readonly (bigint | string)[]): string {
  return values.map(toWord).join("");
}

function toWord(value: bigint | string): string {
  const digits = typeof value === "bigint" ? value.toString(16) : value.slice(2).toLowerCase();
  return digits.padStart(DIGITS, "0");
}

/** The words of what a contract returned, each with 0x; throws UnreadableAnswerError where one is cut off. */
export function wordsIn(data: string): string[] {
  const count = (data.length - 2) / DIGITS;
  if (!Number.isInteger(count)) throw new UnreadableAnswerError(new TypeError("The answer ends within a word."));
  return Array.from({ length: count }, (_, i) => `0x${data.slice(2 + i * DIGITS, 2 + (i + 1) * DIGITS)}`);
}

/** The address in a word, with its checksum. */
export function addressIn(word: string): string {
  return getAddress(`0x${word.slice(-40)}`);
}
