import { ZeroHash } from "ethers";
import { packTerms, type TermBits, type Terms, unpackTerms } from "../consents/terms.js";
import { purposesToBits } from "../codes/purposes.js";
import { ConditionalWithoutDocumentError } from "../errors/contract/consents.js";
import { InvalidParameterError } from "../errors/input.js";
import { toProgrammeId, toRecordId } from "../scopes/ids.js";
import { describeScope, type Scope } from "../scopes/scope.js";
import { toAddress } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";
import { nonEmpty } from "../values/lists.js";
import { toStamp } from "./moments.js";
import { wordOf } from "./words.js";

/** One consent as the contract takes it. */
export interface StatedGrant {
  /** An address, or `ANY_PROVIDER`. */
  grantee: string;
  /** As `describeScope` gives it, or its id: 32 bytes as hex. */
  scope: Scope | string;
  /** In names and dates as in events, or as the word without a stamp that contracts/types/Terms.sol packs. */
  terms: Terms | bigint;
  /** The word that stands in this place, as `termsOf` has it: what the consent replaces. 0 or left out: not said. */
  replaces?: bigint | undefined;
}

/** What is signed, as far as it is put into words. */
export interface StatementInput {
  patient: string;
  /** In the order in which they are signed. */
  grants: readonly StatedGrant[];
  /** When it is said: the stamp, in milliseconds if a bigint. */
  issuedAt: Date | bigint;
  /** The hash of the document that belongs to it: 32 bytes. None if left out or zero. */
  document?: string | undefined;
}

/** One consent, checked. */
export interface CheckedGrant {
  grantee: string;
  scope: Scope;
  bits: TermBits;
  replaces: bigint;
}

/** A statement, checked. */
export interface CheckedStatement {
  patient: string;
  grants: CheckedGrant[];
  issuedAt: bigint;
  /** Undefined if there is none. */
  document: string | undefined;
}

/** Checks a statement: what nobody could grant is not put into words. */
export function checkStatement({ patient, grants, issuedAt, document }: StatementInput): CheckedStatement {
  const hash = document === undefined ? ZeroHash : toBytes32(document, "document");
  const checked = {
    patient: toAddress(patient, "patient"),
    grants: nonEmpty(grants, "grants").map((grant, i) => checkGrant(grant, `grants[${i}].`)),
    issuedAt: toStamp(issuedAt, "issuedAt"),
    document: hash === ZeroHash ? undefined : hash,
  };
  const conditional = checked.grants.find(({ bits }) => bits.conditional);
  if (conditional === undefined || checked.document !== undefined) return checked;
  throw new ConditionalWithoutDocumentError({ grantee: conditional.grantee, scope: conditional.scope.id });
}

function checkGrant({ grantee, scope, terms, replaces = 0n }: StatedGrant, path: string): CheckedGrant {
  const bits = bitsOf(wordOf(terms, path), `${path}terms`);
  const described = scopeIn(scope, `${path}scope`);
  if (described.kind === "general" && bits.notBefore !== 0n) {
    throw new InvalidParameterError(`${path}terms`, "without a start", "What is in the GENERAL scope starts at once.");
  }
  return { grantee: toAddress(grantee, `${path}grantee`), scope: described, bits, replaces: toWord(replaces, path) };
}

function bitsOf(word: bigint, parameter: string): TermBits {
  const bits = typeof word === "bigint" ? unpackTerms(word) : undefined;
  if (bits === undefined || packTerms(bits) !== word || !isGrantable(bits)) {
    throw new InvalidParameterError(
      parameter,
      "terms that can be granted, without a stamp",
      "They have a category, a purpose (never BTG) and an action, and end after they start.",
    );
  }
  return bits;
}

function isGrantable({ categories, purposes, actions, notBefore, expiresAt }: TermBits): boolean {
  if (categories === 0n || purposes === 0n || actions === 0n) return false;
  return notBefore < expiresAt && (purposes & purposesToBits(["BTG"])) === 0n;
}

/** The scope of a consent; throws where nothing can be granted. */
export function scopeIn(value: Scope | string, parameter: string): Scope {
  const scope = describeScope(toBytes32(idOf(value), parameter));
  if (scope.kind === "record") toRecordId(scope.id);
  if (scope.kind === "programme") toProgrammeId(scope.id, parameter);
  if (scope.kind !== "unknown" && scope.kind !== "emergency") return scope;
  throw new InvalidParameterError(parameter, "a scope in which can be granted");
}

function idOf(scope: Scope | string): string {
  return (scope as Partial<Scope> | undefined)?.id ?? (scope as string);
}

function toWord(replaces: bigint, path: string): bigint {
  if (typeof replaces === "bigint" && replaces >= 0n && replaces < 1n << 256n) return replaces;
  throw new InvalidParameterError(`${path}replaces`, "a word of the contract: a bigint of 256 bits");
}
