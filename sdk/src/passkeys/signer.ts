import { AbiCoder, concat, getBytes, hexlify, isHexString, toBeHex, toUtf8String } from "ethers";
import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { PasskeyError } from "../errors/passkeys.js";
import { accountOf } from "../signing/account.js";
import { digestOf } from "../signing/typedData.js";
import type { StatementSigner } from "../signing/types.js";
import { answerOf, authenticatorsOr } from "./authenticators.js";
import { fromBase64Url } from "./createPasskey.js";
import type { Assertion, Authenticators, Passkey } from "./types.js";

/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A signer of statements (ERC-7913) that asks an authenticator for each. */
export function passkeySigner(context: Context, passkey: Passkey, authenticators?: Authenticators): StatementSigner {
  const signer = signerOf(context, passkey);
  const { credentialId, rpId } = passkey;
  const allowCredentials = [{ type: "public-key", id: fromBase64Url(credentialId) }];
  return {
    signer: () => Promise.resolve(signer),
    async sign(typedData) {
      const challenge = getBytes(digestOf(typedData));
      const publicKey = { challenge, rpId, allowCredentials, userVerification: "required" };
      const { response } = await answerOf<Assertion>(authenticatorsOr(authenticators).get({ publicKey }));
      return encoded(response);
    },
  };
}

/** The address that a passkey is. */
export function passkeyAccount(context: Context, passkey: Passkey): string {
  return accountOf(signerOf(context, passkey));
}

function signerOf({ deployment }: Context, { publicKey }: Passkey): string {
  if (isHexString(publicKey, 64)) {
    return concat([deployment.contracts.ERC7913WebAuthnVerifier.address, publicKey.toLowerCase()]);
  }
  throw new InvalidParameterError(
    "passkey.publicKey",
    "0x and 128 hexadecimal digits",
    "Pass what createPasskey made.",
  );
}

/** `WebAuthnAuth`, as OpenZeppelin's WebAuthn.sol decodes it. */
function encoded({ authenticatorData, clientDataJSON, signature }: Assertion["response"]): string {
  const json = toUtf8String(new Uint8Array(clientDataJSON));
  const { r, s } = fromDer(new Uint8Array(signature));
  // The library takes only the lower of the two signatures that are valid.
  const low = s > ORDER / 2n ? ORDER - s : s;
  return AbiCoder.defaultAbiCoder().encode(
    ["bytes32", "bytes32", "uint256", "uint256", "bytes", "string"],
    [
      toBeHex(r, 32),
      toBeHex(low, 32),
      json.indexOf('"challenge"'),
      json.indexOf('"type"'),
      new Uint8Array(authenticatorData),
      json,
    ],
  );
}

/** An ECDSA signature in DER (RFC 3279): a sequence of two integers. */
function fromDer(bytes: Uint8Array): { r: bigint; s: bigint } {
  const r = integerAt(bytes, 2);
  const s = integerAt(bytes, r.end);
  if (bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2 || s.end !== bytes.length) throw noSignature();
  return { r: r.value, s: s.value };
}

function integerAt(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  const end = start + 2 + (bytes[start + 1] ?? 0);
  const value = bytes.slice(start + 2, end);
  if (bytes[start] !== 0x02 || value.length === 0 || end > bytes.length) throw noSignature();
  return { value: BigInt(hexlify(value)), end };
}

function noSignature(): PasskeyError {
  return new PasskeyError("What the authenticator answered is no ECDSA signature.", "Use another authenticator.");
}
