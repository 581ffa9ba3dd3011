/** What a reviewer can find, in the order of the contract's numbers from 1 on. */
export const VERDICTS = ["justified", "unjustified", "inconclusive"] as const;

/** What a reviewer found; `inconclusive`: what is known does not suffice to say. */
export type ReviewVerdict = (typeof VERDICTS)[number];

/** The contract's number of a verdict. */
export function verdictToNumber(verdict: ReviewVerdict): number {
  return VERDICTS.indexOf(verdict) + 1;
}

/** The verdict of the contract's number; the contract emits no other. */
export function verdictOf(number: bigint): ReviewVerdict {
  return VERDICTS[Number(number) - 1] ?? "inconclusive";
}
