import type { CarriedConsent, CarriedRefusal, MovingPlan } from "./types.js";

/** So many words go under one signature: more are hard to read, and dear to deliver at once. */
const MOST_TOGETHER = 50;

/** One item at least. */
type Group<Item> = [Item, ...Item[]];

/**
 * How many signatures a plan takes: the refusals, the consents by their documents, each representative, and the move itself.
 *
 * @example
 * import { signaturesFor } from "@consentry/sdk/moving";
 *
 * console.log(signaturesFor(await moving.plan(patient))); // 3
 */
export function signaturesFor(plan: MovingPlan): number {
  return refusalGroups(plan).length + consentGroups(plan).length + plan.representatives.length + 1;
}

/** One signature has one stamp: refusals that are said now go together, each other one for itself. */
export function refusalGroups({ refusals }: MovingPlan): Group<CarriedRefusal>[] {
  const now = refusals.filter(({ issuedAt }) => issuedAt === undefined);
  const own = refusals.filter(({ issuedAt }) => issuedAt !== undefined);
  return [...inGroups(now), ...own.map((each): Group<CarriedRefusal> => [each])];
}

/** One signature is for one document at most. */
export function consentGroups({ consents }: MovingPlan): Group<CarriedConsent>[] {
  const documents = [...new Set(consents.map(({ document }) => document))];
  return documents.flatMap((document) => inGroups(consents.filter((each) => each.document === document)));
}

function inGroups<Item>(items: readonly Item[]): Group<Item>[] {
  const [first, ...others] = items.slice(0, MOST_TOGETHER);
  return first === undefined ? [] : [[first, ...others], ...inGroups(items.slice(MOST_TOGETHER))];
}
