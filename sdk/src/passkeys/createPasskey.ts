import { decodeBase64, encodeBase64, hexlify } from "ethers";
import { PasskeyError } from "../errors/passkeys.js";
import { onlyKeys } from "../values/keys.js";
import { answerOf, authenticatorsOr } from "./authenticators.js";
import type { Attestation, Authenticators, Passkey } from "./types.js";

/** Whom a passkey is made for, and where. */
export interface CreatePasskeyParams {
  /** What the authenticator shows beside the key, as "My health data". No name of a person need be in it. */
  name: string;
  /** What it shows as the site; the domain if left out. */
  rpName?: string | undefined;
  /** The domain; that of the page if left out. */
  rpId?: string | undefined;
  /** `navigator.credentials` if left out. */
  authenticators?: Authenticators | undefined;
}

/** ES256 (https://www.iana.org/assignments/cose): ECDSA on P-256 with SHA-256. */
const ES256 = -7;

/** What precedes x and y in a P-256 key's SubjectPublicKeyInfo (RFC 5480). */
const SPKI = "0x3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/**
 * Makes a passkey that can be a patient: no wallet, no seed phrase, no fees. The authenticator verifies its user each time.
 *
 * Keep what is returned where the page finds it again; without it the authenticator can sign, but nobody knows for whom.
 *
 * @returns plain JSON, nothing secret
 * @throws UserRejectedError if the user refuses
 * @throws PasskeyError if there is no WebAuthn, or the authenticator makes no such key
 * @throws InvalidParameterError
 * @example
 * import { createPasskey } from "@consentry/sdk";
 *
 * const passkey = await createPasskey({ name: "My health data" });
 * localStorage.setItem("passkey", JSON.stringify(passkey));
 */
export async function createPasskey(params: CreatePasskeyParams): Promise<Passkey> {
  onlyKeys(params, ["name", "rpName", "rpId", "authenticators"]);
  const { name, authenticators, rpId = domainOfPage() } = params;
  const { rpName = rpId } = params;
  const publicKey = {
    challenge: random(32),
    rp: { id: rpId, name: rpName },
    user: { id: random(32), name, displayName: name },
    pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    attestation: "none",
  };
  const { rawId, response } = await answerOf<Attestation>(authenticatorsOr(authenticators).create({ publicKey }));
  return { credentialId: toBase64Url(new Uint8Array(rawId)), publicKey: publicKeyOf(response), rpId };
}

function publicKeyOf(response: Attestation["response"]): string {
  const key = response.getPublicKeyAlgorithm() === ES256 ? response.getPublicKey() : null;
  const spki = key === null ? "" : hexlify(new Uint8Array(key));
  if (spki.startsWith(SPKI) && spki.length === SPKI.length + 128) return `0x${spki.slice(SPKI.length)}`;
  throw new PasskeyError("The authenticator made no P-256 key.", "Use another authenticator.");
}

function domainOfPage(): string {
  const { location } = globalThis as { location?: { hostname?: string } };
  if (location?.hostname !== undefined) return location.hostname;
  throw new PasskeyError("There is no page that the passkey could belong to.", "Pass `rpId`, the domain.");
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Bytes in base64url, without padding (RFC 4648). */
export function toBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of base64url. */
export function fromBase64Url(text: string): Uint8Array {
  return decodeBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}
