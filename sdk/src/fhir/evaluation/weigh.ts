import type { DataConditions, Effect, Verdict } from "../consent/types.js";
import type { BoundRule } from "./bind.js";
import { both, MAYBE, type Match, NO, YES } from "./match.js";

/** Data that rules are held against: one resource, or all of a kind. */
export interface Matter {
  authors(parties: NonNullable<DataConditions["authors"]>): Match;
  labels(labels: NonNullable<DataConditions["labels"]>, effect: Effect): Match;
  classes(classes: NonNullable<DataConditions["classes"]>["known"]): Match;
  codes(codes: ReadonlySet<string>, effect: Effect): Match;
  time(interval: NonNullable<DataConditions["dataPeriod"]>): Match;
  references(references: NonNullable<DataConditions["references"]>, effect: Effect): Match;
}

/**
 * What a Consent says about data, at worst: what nobody can tell does not permit, and denies.
 *
 * A child of the opposite effect is an exception to its parent, one of the same effect adds to it. Of children that speak,
 * a deny wins; what they say beats what their parent says. A permit at the root forbids all data but what it releases.
 */
export function verdictOf(root: BoundRule, matter: Matter): Verdict | undefined {
  if (root.rule.effect === "deny") return worst(root, matter);
  const verdict = worst({ ...root, certain: true }, matter) ?? root.rule.forbidsRest;
  return root.certain || verdict.effect === "deny" ? verdict : undefined;
}

function worst(bound: BoundRule, matter: Matter): Verdict | undefined {
  const match = matchOf(bound, matter);
  return bound.rule.effect === "permit" ? worstOfPermit(bound, match, matter) : worstOfDeny(bound, match, matter);
}

function worstOfPermit(bound: BoundRule, match: Match, matter: Matter): Verdict | undefined {
  let covers = match === YES ? bound.rule.says : undefined;
  let concerns = match !== NO;
  for (const child of bound.permits) {
    const said = worst(child, matter);
    if (said?.effect === "deny") return said;
    if (said !== undefined && bound.certain) covers ??= said;
    concerns ||= said !== undefined || matchOf(child, matter) !== NO;
  }
  if (!concerns) return undefined;
  for (const child of bound.denies) {
    const said = worst(child, matter);
    if (said?.effect === "deny") return said;
  }
  return covers;
}

function worstOfDeny(bound: BoundRule, match: Match, matter: Matter): Verdict | undefined {
  let permits: Verdict | undefined;
  for (const child of match === YES ? [...bound.denies, ...bound.permits] : bound.denies) {
    const said = worst(child, matter);
    if (said?.effect === "deny") return said;
    if (bound.certain) permits ??= said;
  }
  return permits ?? (match === NO ? undefined : bound.rule.says);
}

/** What a Consent says about data, at best: whether any of them might be released. */
export function bestOf(root: BoundRule, matter: Matter): Effect | undefined {
  return best(root, matter) ?? (root.rule.effect === "permit" && root.certain ? "deny" : undefined);
}

/** Whether a rule forbids the data for certain: not that a permit is of others only. */
export function isForbidden(root: BoundRule, matter: Matter): boolean {
  return best(root, matter) === "deny";
}

function best(bound: BoundRule, matter: Matter): Effect | undefined {
  const match = matchOf(bound, matter);
  const ofPermits =
    match === NO && bound.rule.effect === "deny" ? [] : bound.permits.map((child) => best(child, matter));
  const ofDenies = bound.denies.map((child) => best(child, matter));
  const effect =
    bound.rule.effect === "permit" ? bestOfPermit(match, ofPermits, ofDenies) : bestOfDeny(match, ofPermits, ofDenies);
  return effect === "deny" && !bound.certain ? undefined : effect;
}

type Effects = readonly (Effect | undefined)[];

function bestOfPermit(match: Match, ofPermits: Effects, ofDenies: Effects): Effect | undefined {
  if (ofPermits.includes("deny")) return "deny";
  const covers = match !== NO || ofPermits.includes("permit");
  if (!covers) return undefined;
  if (!ofDenies.includes("deny")) return "permit";
  return match === YES || ofPermits.includes("permit") ? "deny" : undefined;
}

function bestOfDeny(match: Match, ofPermits: Effects, ofDenies: Effects): Effect | undefined {
  if (ofDenies.includes("deny") || (match === YES && ofPermits.includes("deny"))) return "deny";
  if (ofPermits.includes("permit") || ofDenies.includes("permit")) return "permit";
  return match === YES ? "deny" : undefined;
}

function matchOf({ rule, certain }: BoundRule, matter: Matter): Match {
  const { data, effect } = rule;
  return both(certain ? YES : MAYBE, data === undefined ? YES : concerns(data, effect, matter));
}

/** Across conditions all must match. */
function concerns(data: DataConditions, effect: Effect, matter: Matter): Match {
  const { labels, classes, codes, dataPeriod, authors, references } = data;
  let match: Match = YES;
  if (labels !== undefined) match = matter.labels(labels, effect);
  if (match !== NO && classes !== undefined) match = both(match, matter.classes(classes.known));
  if (match !== NO && codes !== undefined) match = both(match, matter.codes(codes.known, effect));
  if (match !== NO && dataPeriod !== undefined) match = both(match, matter.time(dataPeriod));
  if (match !== NO && authors !== undefined) match = both(match, matter.authors(authors));
  if (match !== NO && references !== undefined) match = both(match, matter.references(references, effect));
  return match;
}

/** The rules if all that is not certain about who asks is at its worst: permits do not hold, denies do. */
export function settled(root: BoundRule): BoundRule {
  const permits = root.certain ? root.permits.filter(({ certain }) => certain).map(settled) : [];
  return { ...root, certain: true, permits, denies: root.denies.map(settled) };
}

/** Data of which nothing is known. */
export const ANY_DATA: Matter = {
  authors: () => MAYBE,
  labels: () => MAYBE,
  classes: () => MAYBE,
  codes: () => MAYBE,
  time: () => MAYBE,
  references: () => MAYBE,
};
