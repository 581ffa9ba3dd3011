import { hexlify } from "ethers";
import { InvalidEncryptionKeyError } from "../errors/crypto.js";
import { InvalidParameterError } from "../errors/input.js";
import { toBoolean } from "../values/booleans.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { hexBytes } from "./header.js";
import type { Octets } from "./octets.js";

/** A key of Web Crypto: `CryptoKey`, which the types of Node know as a value alone. */
export type PlatformKey = (typeof CryptoKey)["prototype"];

/** Whoever reads encrypted records has one: the public key stands in the directory, the private one never leaves. */
export interface EncryptionKeyPair {
  /** 32 bytes as hex, as `providers.publishEncryptionKey` takes them. */
  publicKey: string;
  privateKey: PlatformKey;
}

/** Both keys of a pair as Web Crypto has them. */
export interface PlatformKeyPair {
  publicKey: PlatformKey;
  privateKey: PlatformKey;
}

/** An X25519 private key as a JSON Web Key (RFC 8037); secret. */
export interface EncryptionKeyJwk {
  kty: "OKP";
  crv: "X25519";
  /** The public key, in base64url. */
  x: string;
  /** The private key, in base64url. */
  d: string;
}

const X25519 = { name: "X25519" };
/** The base point of the curve: 9. */
const BASE = /* @__PURE__ */ Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 9 : 0));
const JWK_HINT = 'Pass what exportEncryptionKeyPair gave: { kty: "OKP", crv: "X25519", x, d }.';

/**
 * Makes the key pair of a grantee or a custodian.
 *
 * @param options `extractable`: whether the private key can be exported, for instance into a vault; false if left out
 * @throws InvalidParameterError
 * @example
 * import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
 *
 * const keyPair = await newEncryptionKeyPair();
 * await consentry.providers.publishEncryptionKey({ key: keyPair.publicKey });
 */
export async function newEncryptionKeyPair(
  options: { extractable?: boolean | undefined } = {},
): Promise<EncryptionKeyPair> {
  onlyKeys(options, ["extractable"]);
  const extractable = toBoolean(options.extractable, "extractable");
  const pair = (await crypto.subtle.generateKey(X25519, extractable, ["deriveBits"])) as CryptoKeyPair;
  const publicKey = hexlify(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  return { publicKey, privateKey: pair.privateKey };
}

/**
 * The key pair as a JSON Web Key, to be kept in a vault; it holds the private key.
 *
 * @throws InvalidEncryptionKeyError if the private key was made not to be exported
 * @example
 * const keyPair = await newEncryptionKeyPair({ extractable: true });
 * const jwk = await exportEncryptionKeyPair(keyPair);
 */
export async function exportEncryptionKeyPair({ privateKey }: EncryptionKeyPair): Promise<EncryptionKeyJwk> {
  try {
    const { x = "", d = "" } = await crypto.subtle.exportKey("jwk", privateKey);
    return { kty: "OKP", crv: "X25519", x, d };
  } catch (error) {
    throw new InvalidEncryptionKeyError("keyPair", "Its private key can't be exported.", error);
  }
}

/**
 * Makes a key pair of a JSON Web Key.
 *
 * @param options `extractable`: whether it can be exported again; false if left out
 * @throws InvalidEncryptionKeyError if it is none, or if its two keys do not belong together
 * @throws InvalidParameterError
 * @example
 * const keyPair = await importEncryptionKeyPair(JSON.parse(await vault.read("encryption-key")));
 */
export async function importEncryptionKeyPair(
  jwk: EncryptionKeyJwk,
  options: { extractable?: boolean | undefined } = {},
): Promise<EncryptionKeyPair> {
  onlyKeys(options, ["extractable"]);
  const extractable = toBoolean(options.extractable, "extractable");
  const given: unknown = jwk;
  if (typeof given !== "object" || given === null) throw new InvalidEncryptionKeyError("jwk", JWK_HINT);
  const { kty, crv, x, d } = jwk;
  try {
    const privateKey = await crypto.subtle.importKey("jwk", { kty, crv, x, d }, X25519, extractable, ["deriveBits"]);
    const publicKey = hexlify(await publicKeyOf(privateKey));
    if (base64Url(hexBytes(publicKey)) === x) return { publicKey, privateKey };
  } catch (error) {
    throw new InvalidEncryptionKeyError("jwk", JWK_HINT, error);
  }
  throw new InvalidEncryptionKeyError("jwk", "The public key x is not the one of the private key d.");
}

/** A public key for Web Crypto; throws {@link InvalidEncryptionKeyError} for zero, which the directory has for none. */
export async function toPublicKey(value: unknown, parameter: string): Promise<{ hex: string; key: PlatformKey }> {
  const hex = toBytes32(value, parameter);
  if (/^0x0*$/.test(hex)) throw new InvalidEncryptionKeyError(parameter, "It is zero: no key is published.");
  return { hex, key: await crypto.subtle.importKey("raw", hexBytes(hex), X25519, true, []) };
}

/** A key pair with both keys as Web Crypto has them; throws {@link InvalidParameterError} for what is none. */
export async function toKeyPair(value: EncryptionKeyPair, parameter: string): Promise<PlatformKeyPair> {
  const given: unknown = value;
  const isPair = typeof given === "object" && given !== null && "privateKey" in given && "publicKey" in given;
  if (!isPair || !(given.privateKey instanceof CryptoKey) || given.privateKey.algorithm.name !== X25519.name) {
    throw new InvalidParameterError(parameter, "an encryption key pair", "newEncryptionKeyPair makes one.");
  }
  const { key } = await toPublicKey(given.publicKey, `${parameter}.publicKey`);
  return { publicKey: key, privateKey: given.privateKey };
}

async function publicKeyOf(privateKey: PlatformKey): Promise<Octets> {
  const base = await crypto.subtle.importKey("raw", BASE, X25519, true, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: base }, privateKey, 256));
}

function base64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
