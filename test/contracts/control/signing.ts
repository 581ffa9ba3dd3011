import {
  computeAddress,
  concat,
  getBytes,
  hexlify,
  Signature,
  SigningKey,
  toBeHex,
  TypedDataEncoder,
  type TypedDataField,
} from "ethers";
import type { ConsentRegistry } from "../../../sdk/src/generated/contracts/index.js";

/** Whoever can sign: an ERC-7913 signer, and what it puts under a digest. */
export interface Voice {
  /** The bytes of ERC-7913. */
  readonly signer: string;
  readonly account: string;
  readonly sign: (digest: string) => string;
}

/** What the contract calls `Signed`. */
export interface Signed {
  issuedAt: bigint;
  signer: string;
  signature: string;
}

export type Fields = Record<string, unknown>;

/** The EIP-712 types of everything that can be signed, written out a second time. */
export const GRANT = fields(
  "address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional",
);
export const REVOCATION = fields("address grantee,bytes32 scope");

export const STATEMENTS = {
  Grants: fields("address patient,Grant[] grants,string statement,bytes32 document,uint48 issuedAt,uint48 deadline"),
  Revocations: fields("address patient,Revocation[] revocations,uint48 issuedAt"),
  RevokeAll: fields("address patient,uint48 issuedAt"),
  TransferControl: fields("address patient,address controller,uint48 issuedAt,uint48 deadline"),
  AcceptControl: fields("address patient,address controller,uint48 issuedAt,uint48 deadline"),
  CreateDependent: fields("address parent,bytes32 salt,uint48 issuedAt,uint48 deadline"),
  AppointRepresentative: fields(
    "address patient,address representative,uint48 since,uint48 until,uint48 issuedAt,uint48 deadline",
  ),
  DismissRepresentative: fields("address patient,address representative,uint48 issuedAt"),
  SetExclusions: fields("address patient,uint64 categories,uint48 issuedAt,uint48 deadline"),
  SetGuardians: fields("address patient,bytes32 commitment,uint32 delay,uint48 issuedAt,uint48 deadline"),
  ApproveRecovery: fields(
    "address guardian,address patient,address controller,bytes32 commitment,uint48 issuedAt,uint48 deadline",
  ),
  CancelRecovery: fields("address patient,uint48 issuedAt"),
} as const;

export type Statement = keyof typeof STATEMENTS;

/** For which contract on which chain a statement is made. */
export interface Place {
  chainId: bigint;
  verifyingContract: string;
}

export async function placeOf(consents: ConsentRegistry): Promise<Place> {
  const { chainId } = await consents.runner!.provider!.getNetwork();
  return { chainId, verifyingContract: await consents.getAddress() };
}

export function digestOf(place: Place, statement: Statement, message: Fields): string {
  const domain = { name: "Consentry", version: "1", ...place };
  const parts =
    statement === "Grants" ? { Grant: GRANT } : statement === "Revocations" ? { Revocation: REVOCATION } : {};
  return TypedDataEncoder.hash(domain, { [statement]: STATEMENTS[statement], ...parts }, message);
}

/** A statement with its stamp in the message, signed. */
export function sign(place: Place, voice: Voice, statement: Statement, message: Fields & { issuedAt: bigint }): Signed {
  const { issuedAt } = message;
  return { issuedAt, signer: voice.signer, signature: voice.sign(digestOf(place, statement, message)) };
}

/** A plain key that speaks for its own account. */
export function keyVoice(privateKey: string): Voice & { key: SigningKey } {
  const key = new SigningKey(privateKey);
  const account = computeAddress(key);
  return { key, account, signer: account, sign: signatureOf(key) };
}

/** A key that speaks for another account, if that lets it: a wallet's owner, a forger. */
export function voiceFor(account: string, { sign }: Voice): Voice {
  return { account, signer: account, sign };
}

export function signatureOf(key: SigningKey): (digest: string) => string {
  return (digest) => key.sign(digest).serialized;
}

/** The other signature of the same key over the same digest, with s above half of the order. */
export function malleated(signature: string): string {
  const { r, s, v } = Signature.from(signature);
  const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const high = toBeHex(order - BigInt(s), 32);
  return concat([r, high, v === 27 ? "0x1c" : "0x1b"]);
}

/** EIP-2098. */
export function compact(signature: string): string {
  return Signature.from(signature).compactSerialized;
}

/** Everything but the last byte. */
export function truncated(bytes: string): string {
  return hexlify(getBytes(bytes).slice(0, -1));
}

function fields(text: string): TypedDataField[] {
  return text.split(",").map((field) => {
    const [type, name] = field.split(" ");
    return { type: type!, name: name! };
  });
}
