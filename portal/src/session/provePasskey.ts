import type { Passkey } from "@consentry/sdk";
import { concat, decodeBase64, getBytes } from "ethers";

const P256 = { name: "ECDSA", namedCurve: "P-256" };
/** How long its owner may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Lets the authenticator sign a random challenge, and tells whether the public key that is known here is the passkey's: with
 * another one nobody could ever verify what it signs.
 *
 * @throws a DOMException if its owner refuses, or the passkey is not on this device
 */
export async function provePasskey({ credentialId, publicKey, rpId }: Passkey): Promise<boolean> {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const id = new Uint8Array(decodeBase64(credentialId.replaceAll("-", "+").replaceAll("_", "/")));
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge,
      rpId,
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      timeout: PATIENCE,
    },
  });
  const { response } = credential as PublicKeyCredential & { response: AuthenticatorAssertionResponse };
  const { authenticatorData, clientDataJSON, signature } = response;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", clientDataJSON));
  const signed = getBytes(concat([new Uint8Array(authenticatorData), hash]));
  return isSignedBy(publicKey, new Uint8Array(signature), new Uint8Array(signed));
}

async function isSignedBy(publicKey: string, der: Uint8Array, data: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const point = new Uint8Array(getBytes(concat(["0x04", publicKey])));
    const key = await crypto.subtle.importKey("raw", point, P256, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, rawOf(der), data);
  } catch {
    // No point of the curve is nobody's key.
    return false;
  }
}

/** An ECDSA signature as Web Crypto takes it, r and s of 32 bytes each, from DER (RFC 3279). */
function rawOf(der: Uint8Array): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(64);
  let start = 2;
  for (const end of [32, 64]) {
    const next = start + 2 + (der[start + 1] ?? 0);
    const digits = der.slice(start + 2, next).slice(-32);
    raw.set(digits, end - digits.length);
    start = next;
  }
  return raw;
}
