import { actionsToBits } from "../codes/actions.js";
import { categoriesToBits } from "../codes/categories.js";
import { purposesToBits } from "../codes/purposes.js";
import { packTerms, type Terms, unpackTerms } from "../consents/terms.js";
import type { Scope } from "../scopes/scope.js";
import { toEnd, toStart } from "../values/dates.js";

const STAMP_AT = 200n;
const STAMP_MASK = ((1n << 48n) - 1n) << STAMP_AT;

/** The word of terms in names and dates, without a stamp; a word stays as it is. */
export function wordOf(terms: bigint | Terms, path: string): bigint {
  if (typeof terms !== "object") return terms;
  const { categories, purposes, actions, from, until, conditional } = terms;
  return packTerms({
    categories: categoriesToBits(categories),
    purposes: purposesToBits(purposes),
    actions: actionsToBits(actions),
    notBefore: from === undefined ? 0n : toStart(from, `${path}terms.from`),
    expiresAt: toEnd(until, `${path}terms.until`),
    conditional,
  });
}

/** A stored word as it was stated: without its stamp and, in the GENERAL scope, without the start that the registry gave it. */
export function asStated(word: bigint, { kind }: Scope): bigint {
  const unstamped = word & ~STAMP_MASK;
  if (kind !== "general") return unstamped;
  const bits = unpackTerms(unstamped);
  return unstamped - packTerms(bits) + packTerms({ ...bits, notBefore: 0n });
}

/** Some word with this stamp: a grant, or a refusal. */
export function wordStampedAt(stamp: bigint, kind: "consent" | "refusal"): bigint {
  return (stamp << STAMP_AT) | (kind === "consent" ? 1n : 0n);
}
