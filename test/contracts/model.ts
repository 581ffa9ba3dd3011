import { actions, BTG, families, membersOf } from "./codes.js";
import {
  ANY_PROVIDER,
  bare,
  CONDITIONAL,
  type DecisionName,
  DECISIONS,
  EMERGENCY,
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
 * instead of places and bits of findings, and all refusals that were heard instead of a start. For valid requests and valid
 * grants.
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

/** A place: the last word, and every refusal that was heard there, as stamps. */
interface Place {
  last?: Word;
  refusals: bigint[];
}

interface Placed extends Word {
  holder: string;
  scope: string;
}

interface Reading {
  decision: DecisionName;
  placed: Placed;
}

/** All that one patient has said, and what break-glass opened. */
export class Patient {
  voidBefore = 0n;
  exclusions = { categories: 0n, issuedAt: 0n };
  readonly #places = new Map<string, Place>();

  /** @param address the patient's own, which is also its controller */
  constructor(readonly address: string) {}

  /** The packed word in a place, as the contract stores it. */
  stored(holder: string, scope: string): bigint {
    const word = this.#word(holder, scope);
    if (word === undefined) return 0n;
    return word.terms ? pack({ ...word.terms, issuedAt: word.issuedAt }) : tombstone(word.issuedAt);
  }

  // The present word, which is always the last one; `now` is the present as a stamp.

  grant(now: bigint, holder: string, scope: string, terms: Terms): void {
    this.#write(holder, scope, { issuedAt: this.#stamp(now, holder, scope), terms });
  }

  refuse(now: bigint, holder: string, scope: string): void {
    this.#write(holder, scope, { issuedAt: this.#stamp(now, holder, scope) });
  }

  revokeAll(now: bigint): void {
    this.voidBefore = min(max(now, this.voidBefore + 1n), now + LEAD);
  }

  exclude(now: bigint, categories: bigint): void {
    this.exclusions = { categories, issuedAt: max(now, this.exclusions.issuedAt) };
  }

  // A signed word, which was said when it was signed.

  hear(issuedAt: bigint, holder: string, scope: string, terms?: Terms): void {
    const word: Word = terms ? { issuedAt, terms } : { issuedAt };
    const { last, refusals } = this.#place(holder, scope);
    if (!last || beats(word, last)) this.#write(holder, scope, word);
    else if (!terms) refusals.push(issuedAt);
  }

  hearRevokeAll(issuedAt: bigint): void {
    this.voidBefore = max(this.voidBefore, issuedAt);
  }

  /**
   * What break-glass would store at a time in seconds, for a window of seconds; nothing if it is refused: everything is
   * excluded, or the patient ended it less than a window ago.
   */
  glass(seconds: bigint, window: bigint, provider: string, asked: bigint): bigint | undefined {
    const word = this.#glass(seconds, window, provider, asked);
    return word && number(word);
  }

  breakGlass(seconds: bigint, window: bigint, provider: string, asked: bigint): void {
    this.#place(provider, EMERGENCY).last = this.#glass(seconds, window, provider, asked)!;
  }

  /**
   * @param mayBreakGlass whether the grantee is active with that capability
   * @param seconds the time of the question
   */
  decide(question: Question, profile: Profile, seconds: bigint, mayBreakGlass = false): Outcome {
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
    const emergency = question.purpose === BTG && mayBreakGlass ? this.#readEmergency(question, seconds) : undefined;
    if (emergency?.decision === "PermitEmergency") return told(emergency);
    if (emergency) read.push(emergency);
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

  #readEmergency(question: Question, seconds: bigint): Reading | undefined {
    const word = this.#word(question.grantee, EMERGENCY);
    if (word === undefined) return undefined;
    const placed = { ...word, holder: question.grantee, scope: EMERGENCY };
    const isExcluded = word.terms && (question.categories & this.exclusions.categories) !== 0n;
    const decision = isExcluded ? "Withheld" : this.#read(placed, question, seconds);
    return { placed, decision: decision === "Permit" ? "PermitEmergency" : decision };
  }

  #read({ holder, scope, issuedAt, terms }: Placed, question: Question, seconds: bigint): DecisionName {
    if (!terms) return scope === question.record ? "Withheld" : "Revoked";
    const ended = scope !== GENERAL && scope !== EMERGENCY && issuedAt <= this.#endedUntil(holder);
    // What the grantee was refused, it was refused by whatever name.
    const refused = holder === ANY_PROVIDER && issuedAt <= this.#endedUntil(question.grantee);
    if (ended || refused || issuedAt <= this.voidBefore) return "Revoked";
    if (seconds < terms.notBefore) return "NotYetValid";
    if (seconds >= terms.expiresAt) return "Expired";
    if ((question.categories & terms.categories) !== question.categories) return "CategoryNotCovered";
    if ((question.purpose & terms.purposes) === 0n) return "PurposeNotCovered";
    if ((question.action & terms.actions) === 0n) return "ActionNotCovered";
    return (terms.flags & CONDITIONAL) !== 0n ? "PermitConditional" : "Permit";
  }

  #glass(seconds: bigint, window: bigint, provider: string, asked: bigint): Word | undefined {
    const allowed = (categories: bigint) => categories & ~this.exclusions.categories;
    if (allowed(asked) === 0n) return undefined;
    const { last } = this.#place(provider, EMERGENCY);
    if (last?.terms && last.issuedAt > this.voidBefore && seconds < last.terms.expiresAt) {
      return { ...last, terms: { ...last.terms, categories: allowed(asked | last.terms.categories) } };
    }
    const issuedAt = seconds * 1000n;
    if (issuedAt <= this.voidBefore || issuedAt < this.#endedAt(last, window) + window * 1000n) return undefined;
    return { issuedAt, terms: emergency(allowed(asked), seconds + window) };
  }

  /** The stamp of what is said now. */
  #stamp(now: bigint, holder: string, scope: string): bigint {
    return max(max(now, this.voidBefore + 1n), this.#place(holder, scope).last?.issuedAt ?? 0n);
  }

  /** The stamp at which the patient ended what break-glass had opened, at its end at the latest; 0 if the patient did not. */
  #endedAt(last: Word | undefined, window: bigint): bigint {
    if (last === undefined) return 0n;
    const { issuedAt, terms } = last;
    const ended = min(this.voidBefore, issuedAt + window * 1000n);
    if (!terms) return max(issuedAt, ended);
    return issuedAt <= this.voidBefore ? ended : 0n;
  }

  /** The stamp up to which the holder's GENERAL word ends its narrower grants. */
  #endedUntil(holder: string): bigint {
    const general = this.#word(holder, GENERAL);
    if (!general) return 0n;
    if (!general.terms) return general.issuedAt;
    const start = general.terms.notBefore;
    return start === 0n ? 0n : start * 1000n + 999n;
  }

  #write(holder: string, scope: string, word: Word): void {
    const place = this.#place(holder, scope);
    place.last = word;
    if (!word.terms) place.refusals.push(word.issuedAt);
  }

  #place(holder: string, scope: string): Place {
    const name = `${holder} ${scope}`;
    const place = this.#places.get(name) ?? { refusals: [] };
    this.#places.set(name, place);
    return place;
  }

  /** The last word in a place. A GENERAL grant starts in the second of the last refusal that was heard there. */
  #word(holder: string, scope: string): Word | undefined {
    const { last, refusals } = this.#place(holder, scope);
    if (scope !== GENERAL || !last?.terms) return last;
    const notBefore = refusals.reduce(max, 0n) / 1000n;
    return { ...last, terms: { ...last.terms, notBefore } };
  }
}

/** Whether a signed word takes the place of another: it is newer, or as new and, as a number, smaller. */
function beats(word: Word, other: Word): boolean {
  if (word.issuedAt !== other.issuedAt) return word.issuedAt > other.issuedAt;
  return number(word) < number(other);
}

function number({ issuedAt, terms }: Word): bigint {
  return terms ? pack({ ...terms, issuedAt }) : tombstone(issuedAt);
}

function emergency(categories: bigint, expiresAt: bigint): Terms {
  const fixed = { purposes: BTG, actions: actions("access", "use"), notBefore: 0n, issuedAt: 0n, flags: 0n };
  return { ...fixed, categories, expiresAt };
}

function told({ decision, placed: { holder, scope } }: Reading): Outcome {
  return { decision, holder, scope };
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
