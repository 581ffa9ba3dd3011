/** What is known in two ways, compared. */
import { inspect, isDeepStrictEqual } from "node:util";

/** A sentence, and why it does not hold. */
export interface Check {
  /** What is so if nothing differs. */
  claim: string;
  /** How many things were compared. */
  compared: number;
  differences: readonly string[];
}

/** What was found in one way, by names. */
export type Found = ReadonlyMap<string, unknown>;

/** Compares two of them; nothing to compare is a difference, too. */
export function compare(claim: string, one: Found, other: Found): Check {
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const differing = names.filter((name) => !isDeepStrictEqual(one.get(name), other.get(name)));
  const differences = differing.map((name) => `${name}: ${textOf(one.get(name))}, or ${textOf(other.get(name))}`);
  const none = names.length === 0 ? ["nothing was found to compare"] : [];
  return { claim, compared: names.length, differences: [...none, ...differences] };
}

/** Several comparisons that make one claim. */
export function together(claim: string, checks: readonly Check[]): Check {
  const compared = checks.reduce((sum, check) => sum + check.compared, 0);
  const differences = checks.flatMap((check) => check.differences.map((each) => `${check.claim}: ${each}`));
  return { claim, compared, differences };
}

function textOf(value: unknown): string {
  return value === undefined ? "nothing" : inspect(value, { breakLength: Infinity, depth: 3 });
}
