import { concat, getAddress, id, toBeHex, ZeroAddress, ZeroHash, zeroPadValue } from "ethers";
import { ALL_ACTIONS, ALL_CATEGORIES, GRANTABLE_PURPOSES, purposes } from "./codes.js";

/** What a patient states, and what stands in one slot. Times in seconds, the stamp in milliseconds. */
export interface Terms {
  categories: bigint;
  purposes: bigint;
  actions: bigint;
  notBefore: bigint;
  expiresAt: bigint;
  issuedAt: bigint;
  flags: bigint;
}

export const UNTIL_REVOKED = (1n << 48n) - 1n;
export const CONDITIONAL = 1n;

/** All that a patient can grant, for ever. */
export const WIDEST: Terms = {
  categories: ALL_CATEGORIES,
  purposes: GRANTABLE_PURPOSES,
  actions: ALL_ACTIONS,
  notBefore: 0n,
  expiresAt: UNTIL_REVOKED,
  issuedAt: 0n,
  flags: 0n,
};

/** The word of the widest terms with these changes; written out here a second time, as the contract's is what is tested. */
export function pack(changes: Partial<Terms> = {}): bigint {
  const terms = { ...WIDEST, ...changes };
  return (
    terms.categories |
    (terms.purposes << 64n) |
    (terms.actions << 96n) |
    (terms.notBefore << 104n) |
    (terms.expiresAt << 152n) |
    (terms.issuedAt << 200n) |
    (terms.flags << 248n)
  );
}

/** The fields of a word. */
export function unpack(word: bigint): Terms {
  const field = (at: bigint, width: bigint) => (word >> at) & ((1n << width) - 1n);
  return {
    categories: field(0n, 64n),
    purposes: field(64n, 32n),
    actions: field(96n, 8n),
    notBefore: field(104n, 48n),
    expiresAt: field(152n, 48n),
    issuedAt: field(200n, 48n),
    flags: field(248n, 8n),
  };
}

/** The refusal stated at a stamp. */
export function tombstone(issuedAt: bigint): bigint {
  return issuedAt << 200n;
}

/** `keccak256("consentry.ANY_PROVIDER")`, its low 20 bytes. */
export const ANY_PROVIDER = getAddress(`0x${id("consentry.ANY_PROVIDER").slice(-40)}`);

export const NONE = ZeroHash;
export const NOBODY = ZeroAddress;
export const GENERAL = ofKind(1);
export const EMERGENCY = ofKind(5);
export const EVIDENCE = id("I agree");

/** An id of a kind with the rest zero. */
export function ofKind(kind: number, rest = "0x"): string {
  return concat([toBeHex(kind), zeroPadValue(rest, 31)]);
}

export function familyScope(root: string): string {
  return ofKind(2, toBeHex(purposes(root)));
}

export function recordId(custodian: string, random = 1n): string {
  return concat(["0x03", custodian, toBeHex(random, 11)]);
}

export function programmeId(name: string): string {
  return concat(["0x04", id(name).slice(0, 64)]);
}

/** The contract's enum, in its order. */
export const DECISIONS = [
  "NoConsent",
  "Permit",
  "PermitConditional",
  "PermitEmergency",
  "PermitSelf",
  "PermitCustodian",
  "InvalidRequest",
  "Withheld",
  "Revoked",
  "NotYetValid",
  "Expired",
  "CategoryNotCovered",
  "PurposeNotCovered",
  "ActionNotCovered",
  "GranteeNotActive",
] as const;

export type DecisionName = (typeof DECISIONS)[number];

export function decisionCode(name: DecisionName): bigint {
  return BigInt(DECISIONS.indexOf(name));
}

/** A decision and the word it rests on, readable in a failing test. */
export interface Outcome {
  decision: DecisionName;
  holder: string;
  scope: string;
}

export function outcome([decision, holder, scope]: readonly [bigint, string, string]): Outcome {
  return { decision: DECISIONS[Number(decision)]!, holder, scope };
}

/** An outcome that rests on no word. */
export function bare(decision: DecisionName): Outcome {
  return { decision, holder: NOBODY, scope: NONE };
}

export enum Kind {
  Organization,
  Practitioner,
  Researcher,
  Payer,
  Application,
  Device,
}

export const KINDS = [
  Kind.Organization,
  Kind.Practitioner,
  Kind.Researcher,
  Kind.Payer,
  Kind.Application,
  Kind.Device,
] as const;

export enum Standing {
  Unlisted,
  Active,
  Suspended,
  Revoked,
}

export enum Profile {
  Unlisted,
  Inactive,
  Active,
  ActiveCaregiver,
}

export enum Status {
  Unknown,
  Registered,
  Erased,
}

export const Ability = { READ: 1, CONTRIBUTE: 2, EMERGENCY: 4, AUDIT: 8, MANAGE: 16 } as const;
