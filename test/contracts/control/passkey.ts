import {
  AbiCoder,
  concat,
  dataSlice,
  encodeBase64,
  getAddress,
  id,
  keccak256,
  sha256,
  toBeHex,
  toUtf8Bytes,
} from "ethers";
import { highS, P256Key, type P256Signature } from "./p256.js";
import type { Voice } from "./signing.js";

/** The flags of an authenticator: the user is present, and was verified (a PIN, a finger, a face). */
export const UP = 0x01;
export const UV = 0x04;
export const BE = 0x08;
export const BS = 0x10;

/** What a browser and an authenticator may do differently. */
export interface Manner {
  flags: number;
  type: string;
  /** Base64url of what is signed. */
  challenge: (digest: string) => string;
  /** Changes what the browser says after the authenticator signed it. */
  alter: (clientDataJSON: string) => string;
  seal: (signature: P256Signature) => P256Signature;
  rpIdHash: string;
}

const USUAL: Manner = {
  flags: UP | UV,
  type: "webauthn.get",
  challenge: base64url,
  alter: (clientDataJSON) => clientDataJSON,
  seal: (signature) => signature,
  rpIdHash: sha256(toUtf8Bytes("consentry.example")),
};

/** A passkey that signs as a browser on a phone does, through OpenZeppelin's `ERC7913WebAuthnVerifier`. */
export function passkey(verifier: string, name = "a phone", changes: Partial<Manner> = {}): Voice & { key: P256Key } {
  const key = new P256Key(id(name));
  const manner = { ...USUAL, ...changes };
  return { key, ...voice(verifier, key), sign: (digest) => assertion(key, digest, manner) };
}

/** The same key without a browser, through `ERC7913P256Verifier`. */
export function bareKey(verifier: string, name = "a card", seal: Manner["seal"] = USUAL.seal): Voice {
  const key = new P256Key(id(name));
  const sign = (digest: string) => {
    const { r, s } = seal(key.sign(digest));
    return concat([r, s]);
  };
  return { ...voice(verifier, key), sign };
}

export { highS };

function voice(verifier: string, { publicKey }: P256Key): Pick<Voice, "signer" | "account"> {
  const signer = concat([verifier, publicKey]);
  return { signer, account: accountOf(signer) };
}

/** The account of a verifier and a key, by the formula of the documentation. */
export function accountOf(signer: string): string {
  const values = [id("consentry.Signer"), keccak256(signer)];
  return getAddress(dataSlice(keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], values)), 12));
}

/** `WebAuthnAuth` as OpenZeppelin's `WebAuthn` decodes it. */
function assertion(key: P256Key, digest: string, { flags, type, challenge, alter, seal, rpIdHash }: Manner): string {
  const authenticatorData = concat([rpIdHash, toBeHex(flags), toBeHex(0, 4)]);
  const said = { type, challenge: challenge(digest), origin: "https://consentry.example", crossOrigin: false };
  const clientDataJSON = JSON.stringify(said);
  const signedData = concat([authenticatorData, sha256(toUtf8Bytes(clientDataJSON))]);
  const { r, s } = seal(key.sign(sha256(signedData)));
  const [typeAt, challengeAt] = [clientDataJSON.indexOf('"type"'), clientDataJSON.indexOf('"challenge"')];
  return AbiCoder.defaultAbiCoder().encode(
    ["bytes32", "bytes32", "uint256", "uint256", "bytes", "string"],
    [r, s, challengeAt, typeAt, authenticatorData, alter(clientDataJSON)],
  );
}

function base64url(bytes: string): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
