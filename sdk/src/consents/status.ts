import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { endsUntil, isTombstone, stampOf, unpackTerms } from "./terms.js";

/** Where a consent stands at a time. */
export type ConsentStatus = "live" | "upcoming" | "expired" | "withdrawn" | "refused";

/** Whether it permits something, now or from a later time on. */
export function isStanding(status: ConsentStatus): boolean {
  return status === "live" || status === "upcoming";
}

/** Where a word stands at a time in unix seconds. */
export function statusOf(word: bigint, deadUntil: bigint, time: bigint): ConsentStatus {
  const { notBefore, expiresAt } = unpackTerms(word);
  if (isTombstone(word)) return "refused";
  if (stampOf(word) <= deadUntil) return "withdrawn";
  if (time >= expiresAt) return "expired";
  return time < notBefore ? "upcoming" : "live";
}

/**
 * The stamp at or before which a grant in a scope is dead.
 *
 * @param general the patient's GENERAL word to the same grantee, zero if there is none
 * @param voidBefore the stamp of the patient's last `revokeAll`
 */
export function deadUntil(scope: string, general: bigint, voidBefore: bigint): bigint {
  const ended = scope === GENERAL_SCOPE || scope === EMERGENCY_SCOPE ? 0n : endsUntil(general);
  return ended > voidBefore ? ended : voidBefore;
}
