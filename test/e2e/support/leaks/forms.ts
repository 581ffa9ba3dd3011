import { hash } from "node:crypto";
import { AbiCoder, getBytes, keccak256 } from "ethers";
import type { Search } from "./search.js";

/** As much of a long text as is looked for at once: any part of it that is twice as long is found. */
const PART = 16;
/** Of a digest, wherever somebody may have cut it. */
const CUT = 8;

const coder = AbiCoder.defaultAbiCoder();
const utf8 = (text: string) => Buffer.from(text, "utf8");

/** Looks for a text in every form in which somebody may put it on a chain, and for what can be computed of it alone. */
export function addText(search: Search, text: string): void {
  for (const each of new Set([text, text.trim(), text.toLowerCase(), text.toUpperCase()])) {
    if (each === "") continue;
    addForms(search, each);
    addDigests(search, utf8(each), JSON.stringify(text));
    addDigests(search, getBytes(coder.encode(["string"], [each])), `abi.encode of ${JSON.stringify(text)}`);
  }
  if (isUuid(text)) search.piece(Buffer.from(text.replaceAll("-", ""), "hex"), `the bytes of ${text}`);
}

function addForms(search: Search, text: string): void {
  const bytes = utf8(text);
  for (const part of partsOf(bytes)) search.piece(part, `the text ${JSON.stringify(text)}`);
  const forms = {
    "UTF-16LE": Buffer.from(text, "utf16le"),
    "UTF-16BE": Buffer.from(text, "utf16le").swap16(),
    hexadecimal: Buffer.from(bytes.toString("hex")),
  };
  for (const [form, each] of Object.entries(forms)) search.piece(each.subarray(0, 2 * PART), `${form} of ${text}`);
  for (const each of base64Of(bytes)) search.piece(each, `Base64 of ${text}`);
  if (bytes.length >= 2 && bytes.length < 6) addShort(search, bytes, text);
}

/** Two to five bytes are looked for as Solidity stores or encodes a short text: at the begin of a word, then zeros. */
function addShort(search: Search, bytes: Buffer, text: string): void {
  const word = Buffer.alloc(32);
  bytes.copy(word);
  search.word(word, `the short text ${text}`);
  const stored = Buffer.from(word);
  stored[31] = 2 * bytes.length;
  search.word(stored, `the short text ${text}, stored`);
}

function partsOf(bytes: Buffer): Buffer[] {
  if (bytes.length <= 2 * PART) return [bytes];
  const count = Math.floor(bytes.length / PART);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * PART, (i + 1) * PART));
}

/** As it reads within a longer text, after any number of bytes; what its neighbours decide is cut off. */
function base64Of(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes.subarray(0, 2 * PART)]).toString("base64");
    const whole = Math.floor(((before + Math.min(bytes.length, 2 * PART)) * 8) / 6);
    return Buffer.from(encoded.slice(before === 0 ? 0 : before + 1, whole));
  });
}

/** Looks for what anybody can compute of some bytes who guesses them: hashes without a secret. */
export function addDigests(search: Search, bytes: Uint8Array, of: string): void {
  const keccak = getBytes(keccak256(bytes));
  const digests = {
    "keccak-256": keccak,
    "keccak-256, twice,": getBytes(keccak256(keccak)),
    "SHA-256": hash("sha256", bytes, "buffer"),
    "SHA-512": hash("sha512", bytes, "buffer"),
    "SHA3-256": hash("sha3-256", bytes, "buffer"),
    "SHA-1": hash("sha1", bytes, "buffer"),
    MD5: hash("md5", bytes, "buffer"),
  };
  for (const [name, digest] of Object.entries(digests)) {
    search.piece(digest.slice(0, CUT), `${name} of ${of}`);
    search.piece(digest.slice(-CUT), `the end of ${name} of ${of}`);
    search.piece(utf8(Buffer.from(digest.slice(0, CUT)).toString("hex")), `${name} of ${of}, as a text`);
  }
}

/** Looks for bytes that nobody may learn, such as a salt. */
export function addSecret(search: Search, hex: string, what: string): void {
  search.piece(getBytes(hex), what);
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}
