import type { MovingPlan } from "@consentry/sdk/moving";
import { groupBy } from "../grant/groupBy.js";

/** So many words `moving.sign` puts under one signature. */
const MOST_TOGETHER = 50;

/** How many signatures a move takes: refusals, consents by their documents, each representative, and guardians at the end. */
export function countOf({ refusals, consents, representatives }: MovingPlan): number {
  const documents = groupBy(consents, ({ document }) => document);
  const groups = [refusals, ...documents.values()];
  const together = groups.reduce((sum, { length }) => sum + Math.ceil(length / MOST_TOGETHER), 0);
  return together + representatives.length + 1;
}
