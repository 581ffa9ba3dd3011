import { AbiCoder, concat, HDNodeWallet, id, keccak256, Mnemonic, TypedDataEncoder, ZeroHash } from "ethers";
import type { ContractTransactionResponse, Overrides, TypedDataDomain } from "ethers";
import type { Signer, Suite } from "../suite.js";
import { ethers } from "./chain.js";
import { GRANT, REVOCATION, STATEMENTS } from "./control/signing.js";
import { unpack } from "./words.js";

/** What can be said about consents by signature. */
export const TYPES = {
  Grants: { Grants: STATEMENTS.Grants, Grant: GRANT },
  Revocations: { Revocations: STATEMENTS.Revocations, Revocation: REVOCATION },
  RevokeAll: { RevokeAll: STATEMENTS.RevokeAll },
};

export const SENTENCE = "I agree that the clinic sees my results.";

/** The longest time from a stamp to a deadline. Seconds. */
export const WEEK = 7n * 24n * 3600n;

export interface Place {
  grantee: string;
  scope: string;
}

export interface Item extends Place {
  terms: bigint;
}

interface Grants {
  type: "Grants";
  patient: string;
  grants: readonly Item[];
  statement: string;
  document: string;
  issuedAt: bigint;
  deadline: bigint;
}

interface Revocations {
  type: "Revocations";
  patient: string;
  revocations: readonly Place[];
  issuedAt: bigint;
}

interface RevokeAll {
  type: "RevokeAll";
  patient: string;
  issuedAt: bigint;
}

export type Statement = Grants | Revocations | RevokeAll;

/** Grants with the longest deadline and without a document, with these changes. */
export function grantsOf(
  patient: string,
  issuedAt: bigint,
  grants: readonly Item[],
  changes: Partial<Pick<Grants, "statement" | "document" | "deadline">> = {},
): Grants {
  const usual = { statement: SENTENCE, document: ZeroHash, deadline: issuedAt / 1000n + WEEK };
  return { type: "Grants", patient, grants, issuedAt, ...usual, ...changes };
}

export function revocationsOf(patient: string, issuedAt: bigint, revocations: readonly Place[]): Revocations {
  return { type: "Revocations", patient, revocations, issuedAt };
}

export function revokeAllOf(patient: string, issuedAt: bigint): RevokeAll {
  return { type: "RevokeAll", patient, issuedAt };
}

export async function domainOf({ consents }: Suite): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Consentry", version: "1", chainId, verifyingContract: await consents.getAddress() };
}

const encoders = {
  Grants: TypedDataEncoder.from(TYPES.Grants),
  Revocations: TypedDataEncoder.from(TYPES.Revocations),
  RevokeAll: TypedDataEncoder.from(TYPES.RevokeAll),
};

/** What is signed. */
export function digestOf(domain: TypedDataDomain, statement: Statement): string {
  return keccak256(concat(["0x1901", hashOf(domain), encoders[statement.type].hash(spelled(statement))]));
}

const domainHashes = new WeakMap<TypedDataDomain, string>();

function hashOf(domain: TypedDataDomain): string {
  const hash = domainHashes.get(domain) ?? TypedDataEncoder.hashDomain(domain);
  domainHashes.set(domain, hash);
  return hash;
}

/** The statement with every term in a field of its own. */
function spelled(statement: Statement): object {
  if (statement.type !== "Grants") return statement;
  const grants = statement.grants.map(({ terms, ...place }) => {
    const { flags, ...rest } = unpack(terms);
    return { ...place, ...rest, conditional: (flags & 1n) !== 0n };
  });
  return { ...statement, grants };
}

/** Who signs: under a name (ERC-7913), with whatever passes for a signature there. */
export interface Voice {
  signer: string;
  sign: (digest: string) => string | Promise<string>;
}

/** The plain key of one of the chain's accounts. */
export async function voiceOf({ address: signer }: Signer): Promise<Voice> {
  const accounts = await ethers.getSigners();
  const path = `m/44'/60'/0'/0/${accounts.findIndex(({ address }) => address === signer)}`;
  const key = HDNodeWallet.fromMnemonic(DEVELOPMENT, path).signingKey;
  return { signer, sign: (digest) => key.sign(digest).serialized };
}

/** Of which every development chain makes its accounts. */
const DEVELOPMENT = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

/** A call that delivers what was signed. */
export interface Delivery {
  name: "grantBySig" | "revokeBySig" | "revokeAllBySig";
  args: unknown[];
}

/** The statement, signed, as a call. */
export async function signed(domain: TypedDataDomain, voice: Voice, statement: Statement): Promise<Delivery> {
  return delivery(statement, voice.signer, await voice.sign(digestOf(domain, statement)));
}

/** The call for a statement with any signature. */
export function delivery(statement: Statement, signer: string, signature: string): Delivery {
  const { type, patient, issuedAt } = statement;
  const proof = { issuedAt, signer, signature };
  if (type === "RevokeAll") return { name: "revokeAllBySig", args: [patient, proof] };
  if (type === "Revocations") return { name: "revokeBySig", args: [patient, statement.revocations, proof] };
  const { grants, statement: sentence, document, deadline } = statement;
  return { name: "grantBySig", args: [patient, grants, id(sentence), document, deadline, proof] };
}

/** Delivers, by a relayer unless said otherwise. */
export function deliver(
  { consents, signers }: Suite,
  { name, args }: Delivery,
  by: Signer = signers.relayer,
  overrides: Overrides = {},
): Promise<ContractTransactionResponse> {
  return consents
    .connect(by)
    .getFunction(name)
    .send(...args, overrides);
}

/** What the event of a signed grant tells of its sentence and document. */
export function evidenceOf(statement = SENTENCE, document = ZeroHash): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [id(statement), document]));
}

/** One who speaks for a patient by signatures: for themselves, unless another patient is named. */
export async function speakerOf(suite: Suite, account: Signer = suite.signers.patient, patient = account.address) {
  const [domain, voice] = [await domainOf(suite), await voiceOf(account)];
  const sign = (statement: Statement) => signed(domain, voice, statement);
  return {
    sign,
    grant: (issuedAt: bigint, grants: readonly Item[], changes: Parameters<typeof grantsOf>[3] = {}) =>
      sign(grantsOf(patient, issuedAt, grants, changes)),
    revoke: (issuedAt: bigint, revocations: readonly Place[]) => sign(revocationsOf(patient, issuedAt, revocations)),
    revokeAll: (issuedAt: bigint) => sign(revokeAllOf(patient, issuedAt)),
  };
}
