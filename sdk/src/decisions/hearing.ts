import { actionsToBits, allActions } from "../codes/actions.js";
import { allCategories, categoriesToBits } from "../codes/categories.js";
import { allPurposes, purposesToBits } from "../codes/purposes.js";
import { endsUntil, stampOf, unpackTerms } from "../consents/terms.js";
import { NO_ID } from "../scopes/ids.js";
import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { ANY_PROVIDER } from "../values/address.js";
import { familyScopeOf } from "./family.js";
import { type DecisionName, DECISIONS } from "./names.js";

/** A question in bits, as the contract takes it. */
export interface Question {
  patient: string;
  grantee: string;
  /** An id, or that of none. */
  record: string;
  /** An id, or that of none. */
  programme: string;
  purpose: bigint;
  categories: bigint;
  action: bigint;
}

/** The fields of a question in the order of the contract. */
export function fieldsOf(question: Question): (bigint | string)[] {
  const { patient, grantee, record, programme, purpose, categories, action } = question;
  return [patient, grantee, record, programme, purpose, categories, action];
}

/** Where an address stands in the directory. */
export type Profile = "unlisted" | "inactive" | "active" | "activeCaregiver";

/** All that a decision depends on besides the question. */
export interface Circumstances {
  /** Unix seconds. */
  time: bigint;
  /** Who controls the patient. */
  controller: string;
  /** Stamp of the patient's last `revokeAll`. */
  voidBefore: bigint;
  /** Categories that break-glass never opens. */
  excluded: bigint;
  profile: Profile;
  /** Whether the grantee is active and may break the glass. */
  mayBreakGlass: boolean;
  /** The patient's word to a holder in a scope; zero if there is none. */
  wordOf: (holder: string, scope: string) => bigint;
}

/** What one word says to a question. */
export interface Reading {
  holder: string;
  scope: string;
  word: bigint;
  decision: DecisionName;
}

/** A decision and how it came about. */
export interface Heard {
  decision: DecisionName;
  /** The word that decided, or that came closest; undefined if none did. */
  deciding: Reading | undefined;
  /** Every word that was heard, in the order of hearing. */
  readings: Reading[];
}

/** A place where a word can stand, and the stamp at or before which a grant in it is dead. */
interface Place {
  holder: string;
  scope: string;
  deadUntil: bigint;
}

const BTG = /* @__PURE__ */ purposesToBits(["BTG"]);

/**
 * Decides as the contract does, from the words alone: narrower beats wider, own beats anybody's, the last word beats the
 * one before. The same as contracts/libraries/Hearing.sol, which a test over random histories compares it with.
 */
export function hear(question: Question, circumstances: Circumstances): Heard {
  const bare = (decision: DecisionName): Heard => ({ decision, deciding: undefined, readings: [] });
  if (!isValid(question)) return bare("InvalidRequest");
  if (circumstances.controller === question.grantee) return bare("PermitSelf");
  if (circumstances.profile === "inactive") return bare("GranteeNotActive");
  const readings: Reading[] = [];
  for (const step of stepsOf(question, circumstances)) {
    const heard = hearStep(step, question, circumstances);
    readings.push(...heard);
    const deciding = decisive(heard);
    if (deciding !== undefined) return { decision: deciding.decision, deciding, readings };
  }
  const emergency = question.purpose === BTG ? readEmergency(question, circumstances) : undefined;
  if (emergency !== undefined) readings.push(emergency);
  const deciding = emergency?.decision === "PermitEmergency" ? emergency : closest(readings);
  return { decision: deciding?.decision ?? "NoConsent", deciding, readings };
}

function isValid({ patient, grantee, record, programme, categories, purpose, action }: Question): boolean {
  if (isZero(patient) || isZero(grantee) || grantee === ANY_PROVIDER) return false;
  if (record !== NO_ID && (!record.startsWith("0x03") || isZero(`0x${record.slice(4, 44)}`))) return false;
  if (programme !== NO_ID && (!programme.startsWith("0x04") || isZero(`0x${programme.slice(4)}`))) return false;
  if (categories === 0n || (categories & ~CATEGORIES) !== 0n) return false;
  return isOneOf(purpose, PURPOSES) && isOneOf(action, ACTIONS);
}

const CATEGORIES = /* @__PURE__ */ categoriesToBits(/* @__PURE__ */ allCategories());
const PURPOSES = /* @__PURE__ */ purposesToBits(/* @__PURE__ */ allPurposes());
const ACTIONS = /* @__PURE__ */ actionsToBits(/* @__PURE__ */ allActions());

function isOneOf(bit: bigint, defined: bigint): boolean {
  return bit !== 0n && (bit & (bit - 1n)) === 0n && (bit & ~defined) === 0n;
}

function isZero(hex: string): boolean {
  return /^0x0*$/.test(hex);
}

/** The places of each step, in the order of hearing. */
function stepsOf(question: Question, { voidBefore, wordOf }: Circumstances): Place[][] {
  const { grantee, record, programme, purpose } = question;
  const dead = max(voidBefore, endsUntil(wordOf(grantee, GENERAL_SCOPE)));
  const deadOfAny = max(dead, endsUntil(wordOf(ANY_PROVIDER, GENERAL_SCOPE)));
  const own = (scope: string, deadUntil = dead): Place => ({ holder: grantee, scope, deadUntil });
  const any = (scope: string, deadUntil = deadOfAny): Place => ({ holder: ANY_PROVIDER, scope, deadUntil });
  const ofRecord = record === NO_ID ? [] : [own(record), any(record)];
  // No grant can carry break-glass, and no general refusal forbids it.
  if (purpose === BTG) return [ofRecord];
  const family = familyScopeOf(purpose);
  const ofProgramme = programme === NO_ID ? [] : [own(programme)];
  return [
    ofRecord,
    [...ofProgramme, own(family), own(GENERAL_SCOPE, voidBefore)],
    [any(family), any(GENERAL_SCOPE, dead)],
  ];
}

/** What the words of a step say, up to one that decides; grants to anybody that do not mean the grantee are left out. */
function hearStep(step: readonly Place[], question: Question, circumstances: Circumstances): Reading[] {
  const { profile, wordOf } = circumstances;
  const isMeant = profile === "activeCaregiver" && !isRefusal(wordOf(question.grantee, GENERAL_SCOPE));
  const heard: Reading[] = [];
  for (const { holder, scope, deadUntil } of step) {
    const word = wordOf(holder, scope);
    if (word === 0n || (holder === ANY_PROVIDER && isGrant(word) && !isMeant)) continue;
    const refusal = scope === question.record ? "Withheld" : "Revoked";
    const decision = isGrant(word) ? read(question, word, deadUntil, circumstances.time) : refusal;
    heard.push({ holder, scope, word, decision });
    if (isRefusal(word) || decision === "Permit") break;
  }
  return heard;
}

/** An unconditional cover, else the first conditional one, else a refusal. */
function decisive(heard: readonly Reading[]): Reading | undefined {
  return (
    heard.find(({ decision }) => decision === "Permit") ??
    heard.find(({ decision }) => decision === "PermitConditional") ??
    heard.find(({ word }) => isRefusal(word))
  );
}

/** What a grant, standing alone, says. */
function read({ categories, purpose, action }: Question, word: bigint, deadUntil: bigint, time: bigint): DecisionName {
  const terms = unpackTerms(word);
  if (stampOf(word) <= deadUntil) return "Revoked";
  if (time < terms.notBefore) return "NotYetValid";
  if (time >= terms.expiresAt) return "Expired";
  if ((categories & ~terms.categories) !== 0n) return "CategoryNotCovered";
  if ((purpose & terms.purposes) === 0n) return "PurposeNotCovered";
  if ((action & terms.actions) === 0n) return "ActionNotCovered";
  return terms.conditional ? "PermitConditional" : "Permit";
}

function readEmergency(question: Question, circumstances: Circumstances): Reading | undefined {
  const { excluded, mayBreakGlass, time, voidBefore, wordOf } = circumstances;
  const place = { holder: question.grantee, scope: EMERGENCY_SCOPE };
  const word = wordOf(place.holder, place.scope);
  if (word === 0n || !mayBreakGlass) return undefined;
  if (!isGrant(word)) return { ...place, word, decision: "Revoked" };
  if ((question.categories & excluded) !== 0n) return { ...place, word, decision: "Withheld" };
  const decision = read(question, word, voidBefore, time);
  return { ...place, word, decision: decision === "Permit" ? "PermitEmergency" : decision };
}

/** The highest reason; of equal ones the last read. */
function closest(readings: readonly Reading[]): Reading | undefined {
  const rank = ({ decision }: Reading): number => DECISIONS.indexOf(decision);
  return readings.reduce<Reading | undefined>((best, each) => {
    return best === undefined || rank(each) >= rank(best) ? each : best;
  }, undefined);
}

/** Every grant has categories, no refusal has. */
function isGrant(word: bigint): boolean {
  return unpackTerms(word).categories !== 0n;
}

function isRefusal(word: bigint): boolean {
  return word !== 0n && !isGrant(word);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
