import { actions, BTG, categories, purposes } from "./codes.js";
import type { Random } from "./random.js";
import {
  ANY_PROVIDER,
  CONDITIONAL,
  familyScope,
  GENERAL,
  NONE,
  programmeId,
  recordId,
  type Terms,
  UNTIL_REVOKED,
  WIDEST,
} from "./words.js";

const [TREATMENT, RESEARCH] = [familyScope("TREAT"), familyScope("HRESCH")];

/** Few of everything, so that words and questions meet. */
const RECORDS = [recordId(ANY_PROVIDER), recordId(ANY_PROVIDER, 2n)];
const STUDIES = [programmeId("a study"), programmeId("another")];
const KINDS = [categories("LABS"), categories("NOTES"), categories("PSY")];
const REASONS = [purposes("TREAT"), purposes("COC"), purposes("HRESCH"), purposes("POARCH")];
const ACTS = [actions("access"), actions("use")];

/** Every scope that is used. */
export const SCOPES = [GENERAL, TREATMENT, RESEARCH, ...RECORDS, ...STUDIES] as const;

/** Words and questions at random. */
export function randomWords({ below, pick, chance }: Random) {
  const some = (bits: readonly bigint[]) => bits.reduce((mask, bit) => (chance(75) ? mask | bit : mask), pick(bits));

  /** Where something is said: to one of the holders or to all, mostly in a wide scope. */
  function place(holders: readonly string[]): { grantee: string; scope: string } {
    const grantee = chance(35) ? ANY_PROVIDER : pick(holders);
    const narrow = [...RECORDS, ...(grantee === ANY_PROVIDER ? [] : STUDIES)];
    return { grantee, scope: chance(60) ? pick([GENERAL, GENERAL, TREATMENT, RESEARCH]) : pick(narrow) };
  }

  /** Terms for a scope, of which some start or end within minutes or hours of a second. */
  function terms(scope: string, second: bigint): Terms {
    const family = scope === TREATMENT ? REASONS.slice(0, 2) : scope === RESEARCH ? REASONS.slice(2) : REASONS;
    const unit = chance(50) ? 1 : 100;
    return {
      ...WIDEST,
      categories: some(KINDS),
      purposes: some(family),
      actions: some(ACTS),
      notBefore: scope === GENERAL || chance(75) ? 0n : second + BigInt(below(40 * unit)),
      expiresAt: chance(60) ? UNTIL_REVOKED : second + BigInt((40 + below(100)) * unit),
      flags: chance(25) ? CONDITIONAL : 0n,
    };
  }

  function question(grantees: readonly string[]) {
    return {
      grantee: chance(70) ? pick(grantees.slice(0, 3)) : pick(grantees),
      record: chance(50) ? pick(RECORDS) : NONE,
      programme: chance(40) ? pick(STUDIES) : NONE,
      categories: chance(60) ? pick(KINDS) : some(KINDS),
      purpose: chance(12) ? BTG : pick(REASONS),
      action: pick(ACTS),
    };
  }

  return { place, terms, question, kinds: () => some(KINDS), kind: () => pick(KINDS) };
}
