import { InvalidParameterError } from "../errors/input.js";
import { contentHash, newSalt, verifyContent } from "../records/contentHash.js";
import { isReason, REASON, toReason } from "../requests/reason.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";

/** A text of which the chain holds the salted hash. */
export interface SaltedText {
  text: string;
  /** 32 bytes as hex. */
  salt: string;
}

/** Longer than any that is written here. */
const LONGEST_JSON = 10_000;

/** Checks a text, and salts it anew if no salt is given; `parameter` names it. */
export function toSalted(text: unknown, salt: string | Uint8Array | undefined, parameter: string): SaltedText {
  return { text: toReason(text, parameter), salt: salt === undefined ? newSalt() : toBytes32(salt, "salt") };
}

/** The hash that the chain holds: `keccak256(salt ‖ text)`, the text as UTF-8. */
export function saltedHash({ text, salt }: SaltedText): string {
  return contentHash(text, salt);
}

/** Whether a text is the one of a hash; `parameter` names it. */
export function isSalted(hash: string | undefined, text: unknown, salt: string, parameter: string): boolean {
  if (typeof text !== "string") throw new InvalidParameterError(parameter, "a text");
  return verifyContent({ contentHash: hash }, text, salt);
}

/** Reads `{ subject, [key], salt }`, as JSON or its text, with nothing besides; `key` names it in errors, too. */
export function saltedIn(input: unknown, key: "reason" | "note"): SaltedText & { subject: string } {
  const object = jsonIn(input, key);
  onlyKeys(object, ["subject", key, "salt"], `${key}.`);
  const { subject, [key]: text, salt } = object as Record<string, unknown>;
  if (typeof text !== "string" || !isReason(text)) throw new InvalidParameterError(`${key}.${key}`, REASON);
  return { subject: toBytes32(subject, `${key}.subject`), text, salt: toBytes32(salt, `${key}.salt`) };
}

function jsonIn(input: unknown, parameter: string): unknown {
  if (typeof input !== "string") return input;
  try {
    if (input.length <= LONGEST_JSON) return JSON.parse(input) as unknown;
  } catch {
    // Said below.
  }
  throw new InvalidParameterError(parameter, `JSON of at most ${LONGEST_JSON} characters`);
}
