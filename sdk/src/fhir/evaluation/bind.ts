import { ANY_IN_PERMIT } from "../consent/purposes.js";
import type { Bounds, Effect, Parties, PurposeList, AnyOf, ReviewIssue, Rule } from "../consent/types.js";
import { compare, compareParties, type Names } from "../references.js";
import { both, MAYBE, type Match, NO, YES } from "./match.js";

/** A request, but for the data. */
export interface Asked {
  /** Milliseconds. */
  readonly at: number;
  readonly patient: Names;
  readonly actor: Names;
  /** Undefined: nobody looked. */
  readonly groups: Names | undefined;
  readonly custodian: Names | undefined;
  /** The bit of the purpose, and its code if that has no bit of its own. */
  readonly purpose: number;
  readonly subCode: string | undefined;
  readonly action: number;
  readonly programme: string | undefined;
}

/** A rule that the request may be about, with those of its children that it may be about, too. */
export interface BoundRule {
  readonly rule: Rule;
  /** Whether who, when and what for are certainly what the rule means. */
  readonly certain: boolean;
  readonly permits: readonly BoundRule[];
  readonly denies: readonly BoundRule[];
}

const NONE: readonly BoundRule[] = [];

/**
 * The rules that a request is about, data aside; undefined if it is not about this one.
 *
 * @param issues takes what nobody can tell about them
 */
export function bind(rule: Rule, asked: Asked, issues: ReviewIssue[]): BoundRule | undefined {
  return bindBy(rule, (each) => matchNoting(each, asked, issues));
}

/** The rules whose bounds match, with those of their children whose bounds do. */
export function bindBy(rule: Rule, matchOf: (rule: Rule) => Match): BoundRule | undefined {
  const match = matchOf(rule);
  if (match === NO) return undefined;
  const { children } = rule;
  if (children.length === 0) return { rule, certain: match === YES, permits: NONE, denies: NONE };
  const [permits, denies]: [BoundRule[], BoundRule[]] = [[], []];
  for (const child of children) {
    const bound = bindBy(child, matchOf);
    if (bound !== undefined) (child.effect === "permit" ? permits : denies).push(bound);
  }
  return { rule, certain: match === YES, permits, denies };
}

function matchNoting(rule: Rule, asked: Asked, issues: ReviewIssue[]): Match {
  const unclear: ReviewIssue[] = [];
  const match = matchBounds(rule.bounds, rule.effect, asked, unclear);
  if (match === NO) return NO;
  if (unclear.length > 0) issues.push(...unclear);
  if (rule.unclear.length > 0) issues.push(...rule.unclear);
  if (rule.data !== undefined) noteData(rule, issues);
  return match;
}

function noteData({ data }: Rule, issues: ReviewIssue[]): void {
  for (const list of [data?.authors, data?.classes, data?.codes]) {
    if (list !== undefined && list.unclear.length > 0) issues.push(...list.unclear);
  }
}

function matchBounds(bounds: Bounds, effect: Effect, asked: Asked, unclear: ReviewIssue[]): Match {
  const { period, programme, actions, purposes, recipients, custodians } = bounds;
  if (period !== undefined && (asked.at < period.start || asked.at >= period.end)) return NO;
  if (programme !== undefined && programme !== asked.programme) return NO;
  let match: Match = matchPurpose(purposes, effect, asked, unclear);
  if (match !== NO && actions !== undefined)
    match = both(match, listed(actions, (actions.known & asked.action) !== 0, unclear));
  if (match !== NO && recipients !== undefined) match = both(match, matchActor(recipients, asked, unclear));
  if (match !== NO && custodians !== undefined) match = both(match, matchCustodian(custodians, asked, unclear));
  return match;
}

function matchPurpose(
  purposes: AnyOf<PurposeList> | undefined,
  effect: Effect,
  { purpose, subCode }: Asked,
  unclear: ReviewIssue[],
): Match {
  if (purposes === undefined) return effect === "deny" || (ANY_IN_PERMIT & purpose) !== 0 ? YES : NO;
  const { bits, subCodes } = purposes.known;
  const isNamed = (bits & purpose) !== 0 || (subCode !== undefined && subCodes.has(subCode));
  return listed(purposes, isNamed, unclear);
}

/** What is not among the known may be what nobody can tell. */
function listed(list: AnyOf<unknown>, isKnown: boolean, unclear: ReviewIssue[]): Match {
  if (isKnown) return YES;
  if (list.unclear.length === 0) return NO;
  unclear.push(...list.unclear);
  return MAYBE;
}

/** Whether a party is a list of parties, which changes. */
export function isGroup(party: Names): boolean {
  return party.some((name) => GROUP.test(name));
}

const GROUP = /(?:^|\/)(?:Group|CareTeam)\/[^/]+$/;

function matchActor(parties: Parties, asked: Asked, unclear: ReviewIssue[]): Match {
  const { actor, groups } = asked;
  const all = groups === undefined || groups.length === 0 ? actor : [...actor, ...groups];
  let open: Names | undefined;
  for (const party of parties.known) {
    const sameness = compareParties(party, all);
    if (sameness === "same") return YES;
    if (isGroup(party) ? isUntold(party, groups) : sameness === "unclear") open = party;
  }
  return undecided(parties, open, unclear, "Nobody told whether who asks is, or is in:");
}

/** Whether nobody looked who is in a group, or named those that were looked at in a way that can't be compared. */
function isUntold(group: Names, groups: Names | undefined): boolean {
  return groups === undefined || (groups.length > 0 && compare(group, groups) === "unclear");
}

function matchCustodian(parties: Parties, { custodian }: Asked, unclear: ReviewIssue[]): Match {
  if (custodian === undefined) return MAYBE;
  let open: Names | undefined;
  for (const party of parties.known) {
    const sameness = compareParties(party, custodian);
    if (sameness === "same") return YES;
    if (sameness === "unclear") open = party;
  }
  return undecided(parties, open, unclear, "Nobody told whether the custodian is:");
}

function undecided(parties: Parties, open: Names | undefined, unclear: ReviewIssue[], reason: string): Match {
  if (open !== undefined) unclear.push({ ...parties.at, reason: `${reason} ${open.join(", ")}.` });
  unclear.push(...parties.unclear);
  return open === undefined && parties.unclear.length === 0 ? NO : MAYBE;
}
