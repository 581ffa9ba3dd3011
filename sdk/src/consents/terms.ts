import { actionsFromBits } from "../codes/actions.js";
import { categoriesFromBits } from "../codes/categories.js";
import { purposesFromBits } from "../codes/purposes.js";
import type { Action, Category, Purpose } from "../codes/types.js";
import { type End, endOf, toDate } from "../values/dates.js";

/** What a patient allows: one word of the contract, as contracts/types/Terms.sol packs it. */
export interface Terms {
  categories: Category[];
  purposes: Purpose[];
  actions: Action[];
  /** Inclusive; undefined: at once. Of a consent in the GENERAL scope: the second of the last refusal that it came after. */
  from: Date | undefined;
  /** Exclusive. */
  until: End;
  /** A signed document narrows the terms. */
  conditional: boolean;
}

/** Terms in bits and unix seconds. */
export interface TermBits {
  categories: bigint;
  purposes: bigint;
  actions: bigint;
  notBefore: bigint;
  expiresAt: bigint;
  conditional: boolean;
}

const PURPOSES_AT = 64n;
const ACTIONS_AT = 96n;
const NOT_BEFORE_AT = 104n;
const EXPIRES_AT = 152n;
const ISSUED_AT = 200n;
const FLAGS_AT = 248n;
const CONDITIONAL = 1n;

/** The word of terms, without a stamp. */
export function packTerms({ categories, purposes, actions, notBefore, expiresAt, conditional }: TermBits): bigint {
  const low = categories | (purposes << PURPOSES_AT) | (actions << ACTIONS_AT);
  return (
    low | (notBefore << NOT_BEFORE_AT) | (expiresAt << EXPIRES_AT) | ((conditional ? CONDITIONAL : 0n) << FLAGS_AT)
  );
}

/** The bits and times of a word. */
export function unpackTerms(word: bigint): TermBits {
  return {
    categories: field(word, 0n, 64n),
    purposes: field(word, PURPOSES_AT, 32n),
    actions: field(word, ACTIONS_AT, 8n),
    notBefore: field(word, NOT_BEFORE_AT, 48n),
    expiresAt: field(word, EXPIRES_AT, 48n),
    conditional: (field(word, FLAGS_AT, 8n) & CONDITIONAL) !== 0n,
  };
}

/** What a word says, in names and dates. */
export function describeTerms(word: bigint): Terms {
  const { categories, purposes, actions, notBefore, expiresAt, conditional } = unpackTerms(word);
  return {
    categories: categoriesFromBits(categories),
    purposes: purposesFromBits(purposes),
    actions: actionsFromBits(actions),
    from: notBefore === 0n ? undefined : toDate(notBefore),
    until: endOf(expiresAt),
    conditional,
  };
}

/** The stamp of a word, in milliseconds: when it was said. */
export function stampOf(word: bigint): bigint {
  return field(word, ISSUED_AT, 48n);
}

/** The word with another stamp, in milliseconds. */
export function withStamp(word: bigint, stamp: bigint): bigint {
  return withField(word, ISSUED_AT, stamp);
}

/** The word with another start, in unix seconds. */
export function withStart(word: bigint, start: bigint): bigint {
  return withField(word, NOT_BEFORE_AT, start);
}

/** Whether only the stamp of a word is set: a refusal that stays. */
export function isTombstone(word: bigint): boolean {
  return word !== 0n && word === stampOf(word) << ISSUED_AT;
}

/** The stamp up to which a GENERAL word ends narrower grants to its grantee: a refusal, or a grant that came after one. */
export function endsUntil(general: bigint): bigint {
  if (isTombstone(general)) return stampOf(general);
  const { notBefore } = unpackTerms(general);
  return notBefore === 0n ? 0n : notBefore * 1000n + 999n;
}

function field(word: bigint, at: bigint, size: bigint): bigint {
  return (word >> at) & ((1n << size) - 1n);
}

/** For fields of 48 bits. */
function withField(word: bigint, at: bigint, value: bigint): bigint {
  return (word & ~(((1n << 48n) - 1n) << at)) | (value << at);
}
