import { InvalidWrapError, UnsupportedAlgorithmError } from "../errors/crypto.js";
import { toRecordId } from "../scopes/ids.js";
import { toParty } from "../values/address.js";
import { toBytes32, toHex } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { type KeyPurpose, purposeBytes, toPurpose } from "./contentKey.js";
import { hexBytes } from "./header.js";
import { ascii, joined, type Octets } from "./octets.js";

/** A content key that one grantee can open, as plain JSON. What it says about itself can't be changed. */
export interface KeyWrap extends KeyPurpose {
  type: "consentry wrap 1";
  /** KEM, KDF and AEAD of RFC 9180. */
  suite: "0x0020 0x0001 0x0002";
  /** The address of whoever can open it. */
  grantee: string;
  /** The id of the content key. */
  key: string;
  /** The public key that it was made for. */
  publicKey: string;
  /** The public key of this one encryption: 32 bytes as hex. */
  encapsulated: string;
  /** The content key, encrypted: 48 bytes as hex. */
  ciphertext: string;
}

/** What a wrap is about, and what it is bound to. */
export type WrapContext = Pick<KeyWrap, "record" | "version" | "grantee" | "key">;

export const TYPE = "consentry wrap 1";
export const SUITE = "0x0020 0x0001 0x0002";
const CIPHERTEXT = /^0x[0-9a-f]{96}$/;
const KEYS = [
  "type",
  "suite",
  "record",
  "version",
  "grantee",
  "key",
  "publicKey",
  "encapsulated",
  "ciphertext",
] as const satisfies readonly (keyof KeyWrap)[];

/** What HPKE binds a wrap to, its `info`: each part has one length, so that no two contexts are the same bytes. */
export function infoOf(context: WrapContext): Octets {
  const suite = Uint8Array.of(0, 0x20, 0, 1, 0, 2);
  const grantee = hexBytes(context.grantee);
  return joined([ascii(`${TYPE}\n`), suite, purposeBytes(context), grantee, hexBytes(context.key)]);
}

/**
 * Reads a wrap of JSON, and checks its form. That it is genuine shows when it is opened.
 *
 * @param input a text, or what was parsed of it
 * @throws InvalidWrapError, UnsupportedAlgorithmError
 * @example
 * import { parseWrap } from "@consentry/sdk/crypto";
 *
 * const { record, version, grantee } = parseWrap(await response.text());
 */
export function parseWrap(input: unknown): KeyWrap {
  const wrap = typeof input === "string" ? fromJson(input) : input;
  if (typeof wrap !== "object" || wrap === null) throw new InvalidWrapError("It is no object.");
  const { type, suite } = wrap as KeyWrap;
  const kind: string[] = [type, suite];
  if (kind[0] !== TYPE || kind[1] !== SUITE) throw new UnsupportedAlgorithmError(`wrap ${kind.join(", ")}`);
  try {
    return checked(wrap as KeyWrap);
  } catch (error) {
    throw new InvalidWrapError(error instanceof Error ? error.message.split("\n")[0] : undefined, error);
  }
}

function checked(wrap: KeyWrap): KeyWrap {
  onlyKeys(wrap, KEYS);
  const ciphertext = toHex(wrap.ciphertext, "ciphertext");
  if (!CIPHERTEXT.test(ciphertext)) throw new InvalidWrapError("ciphertext must be 48 bytes.");
  return {
    type: TYPE,
    suite: SUITE,
    ...toPurpose({ record: toRecordId(wrap.record), version: wrap.version }),
    grantee: toParty(wrap.grantee, "grantee"),
    key: toBytes32(wrap.key, "key"),
    publicKey: toBytes32(wrap.publicKey, "publicKey"),
    encapsulated: toBytes32(wrap.encapsulated, "encapsulated"),
    ciphertext,
  };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidWrapError("It is no JSON.", error);
  }
}
