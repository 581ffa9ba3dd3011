import { BTG, families, membersOf } from "./codes.js";
import {
  AFTER_REFUSAL,
  ANY_PROVIDER,
  bare,
  CONDITIONAL,
  type DecisionName,
  DECISIONS,
  familyScope,
  GENERAL,
  NONE,
  type Outcome,
  pack,
  Profile,
  type Terms,
  tombstone,
} from "./words.js";

/**
 * The specification of consents a second time, as plainly as it can be said and not as the contract says it: lists of words
 * instead of places and bits of findings. For valid requests and valid grants.
 */

const LEAD = 1000n;

interface Question {
  grantee: string;
  record: string;
  programme: string;
  categories: bigint;
  purpose: bigint;
  action: bigint;
}

/** What was said in one place. A refusal has no terms. */
interface Word {
  issuedAt: bigint;
  terms?: Terms;
}

interface Placed extends Word {
  holder: string;
  scope: string;
}

interface Reading {
  decision: DecisionName;
  placed: Placed;
}

/** All that one patient has said. */
export class Patient {
  voidBefore = 0n;
  readonly #words = new Map<string, Word>();

  /** @param address the patient's own, which is also its controller */
  constructor(readonly address: string) {}

  /** The packed word in a place, as the contract stores it. */
  stored(holder: string, scope: string): bigint {
    const word = this.#word(holder, scope);
    if (word === undefined) return 0n;
    return word.terms ? pack({ ...word.terms, issuedAt: word.issuedAt }) : tombstone(word.issuedAt);
  }

  grant(now: bigint, holder: string, scope: string, terms: Terms): void {
    const issuedAt = this.#stamp(now, holder, scope);
    const refusedIn = scope === GENERAL ? this.#refusedIn(holder) : undefined;
    this.#words.set(place(holder, scope), {
      issuedAt,
      terms: refusedIn === undefined ? terms : afterRefusal(terms, now / 1000n, refusedIn),
    });
  }

  refuse(now: bigint, holder: string, scope: string): void {
    this.#words.set(place(holder, scope), { issuedAt: this.#stamp(now, holder, scope) });
  }

  revokeAll(now: bigint): void {
    this.voidBefore = min(max(now, this.voidBefore + 1n), now + LEAD);
  }

  /** @param seconds the time of the question */
  decide(question: Question, profile: Profile, seconds: bigint): Outcome {
    if (question.grantee === this.address) return bare("PermitSelf");
    if (profile === Profile.Inactive) return bare("GranteeNotActive");
    const read: Reading[] = [];
    for (const step of this.#steps(question)) {
      const readings = this.#readings(step, question, profile, seconds);
      const end = readings.findIndex(({ placed }) => !placed.terms);
      const heard = end < 0 ? readings : readings.slice(0, end + 1);
      const decisive =
        heard.find(({ decision }) => decision === "Permit") ??
        heard.find(({ decision }) => decision === "PermitConditional") ??
        heard.find(({ placed }) => !placed.terms);
      if (decisive) return told(decisive);
      read.push(...heard);
    }
    const highest = DECISIONS.findLast((name) => read.some(({ decision }) => decision === name));
    const reason = read.findLast(({ decision }) => decision === highest);
    return reason ? told(reason) : bare("NoConsent");
  }

  /** The places of each step, in the order of reading. */
  #steps({ grantee, record, programme, purpose }: Question): [holder: string, scope: string][][] {
    const recordStep: [string, string][] =
      record === NONE
        ? []
        : [
            [grantee, record],
            [ANY_PROVIDER, record],
          ];
    if (purpose === BTG) return [recordStep];
    const family = familyScope(families.find((root) => (membersOf(root) & purpose) !== 0n)!);
    const own = [...(programme === NONE ? [] : [programme]), family, GENERAL];
    return [recordStep, own.map((scope) => [grantee, scope]), [family, GENERAL].map((scope) => [ANY_PROVIDER, scope])];
  }

  /** What each word of a step says, without the grants that do not mean the grantee. */
  #readings(step: [string, string][], question: Question, profile: Profile, seconds: bigint): Reading[] {
    const own = this.#word(question.grantee, GENERAL);
    const meant = profile === Profile.ActiveCaregiver && !(own && !own.terms);
    return step.flatMap(([holder, scope]): Reading[] => {
      const word = this.#word(holder, scope);
      if (word === undefined) return [];
      if (word.terms && holder === ANY_PROVIDER && !meant) return [];
      const placed = { ...word, holder, scope };
      return [{ placed, decision: this.#read(placed, question, seconds) }];
    });
  }

  #read({ holder, scope, issuedAt, terms }: Placed, question: Question, seconds: bigint): DecisionName {
    if (!terms) return scope === question.record ? "Withheld" : "Revoked";
    const ended = scope !== GENERAL && issuedAt <= this.#endedUntil(holder);
    if (ended || issuedAt <= this.voidBefore) return "Revoked";
    if (seconds < terms.notBefore) return "NotYetValid";
    if (seconds >= terms.expiresAt) return "Expired";
    if ((question.categories & terms.categories) !== question.categories) return "CategoryNotCovered";
    if ((question.purpose & terms.purposes) === 0n) return "PurposeNotCovered";
    if ((question.action & terms.actions) === 0n) return "ActionNotCovered";
    return (terms.flags & CONDITIONAL) !== 0n ? "PermitConditional" : "Permit";
  }

  /** @param now the present as a stamp */
  #stamp(now: bigint, holder: string, scope: string): bigint {
    return max(max(now, this.voidBefore + 1n), this.#word(holder, scope)?.issuedAt ?? 0n);
  }

  /** The second of the holder's GENERAL refusal, or of the one whose place its GENERAL grant took. */
  #refusedIn(holder: string): bigint | undefined {
    const general = this.#word(holder, GENERAL);
    if (!general?.terms) return general && general.issuedAt / 1000n;
    return isAfterRefusal(general.terms) ? general.terms.notBefore : undefined;
  }

  /** The stamp up to which the holder's GENERAL word ends its narrower grants. */
  #endedUntil(holder: string): bigint {
    const general = this.#word(holder, GENERAL);
    if (!general) return 0n;
    if (!general.terms) return general.issuedAt;
    return isAfterRefusal(general.terms) ? general.terms.notBefore * 1000n + 999n : 0n;
  }

  #word(holder: string, scope: string): Word | undefined {
    return this.#words.get(place(holder, scope));
  }
}

/** In seconds. */
function afterRefusal(terms: Terms, now: bigint, refusedIn: bigint): Terms {
  const notBefore = terms.notBefore > now ? terms.notBefore : min(refusedIn, now + 1n);
  return { ...terms, notBefore, flags: terms.flags | AFTER_REFUSAL };
}

function isAfterRefusal({ flags }: Terms): boolean {
  return (flags & AFTER_REFUSAL) !== 0n;
}

function told({ decision, placed: { holder, scope } }: Reading): Outcome {
  return { decision, holder, scope };
}

function place(holder: string, scope: string): string {
  return `${holder} ${scope}`;
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
