import type { PurposeInfo } from "../../codes/purposes.js";
import { bitOf, ANY_IN_PERMIT } from "../consent/purposes.js";
import type { Bounds, Effect, Rule } from "../consent/types.js";
import type { Interval } from "../dates.js";
import { both, MAYBE, type Match, NO, YES } from "../evaluation/match.js";
import type { Resolved } from "./resolve.js";

/** One question that a grant answers alike for all data: who, what for, what, and when. */
export interface Cell {
  grantee: string;
  purpose: PurposeInfo;
  /** One bit. */
  action: number;
  /** Within which no rule begins or ends. */
  time: Interval;
  programme: string | undefined;
}

/**
 * Whether a cell is what a rule means, data aside.
 *
 * @param atBest whether it is asked for what may be permitted: then who is not in a Group has nothing of its permits
 */
export function matchCell({ bounds, effect }: Rule, cell: Cell, resolved: Resolved, atBest: boolean): Match {
  const { period, programme, actions } = bounds;
  if (period !== undefined && (cell.time.start < period.start || cell.time.end > period.end)) return NO;
  if (programme !== undefined && programme !== cell.programme) return NO;
  if (actions !== undefined && (actions.known & cell.action) === 0) return NO;
  const who = both(
    matchGrantee(bounds, effect === "permit" && atBest, cell.grantee, resolved),
    bounds.custodians === undefined ? YES : MAYBE,
  );
  return both(who, matchPurpose(bounds, effect, cell.purpose));
}

/** A code without a bit of its own is but a part of what the bit means. */
function matchPurpose({ purposes }: Bounds, effect: Effect, purpose: PurposeInfo): Match {
  const bit = bitOf(purpose);
  if (purposes === undefined) return effect === "deny" || (ANY_IN_PERMIT & bit) !== 0 ? YES : NO;
  const { bits, subCodes } = purposes.known;
  if ((bits & bit) !== 0) return YES;
  return purpose.subCodes.some((code) => subCodes.has(code)) ? MAYBE : NO;
}

/** Who is in a Group may be in it no more when it counts, and who is not may be in it then. */
function matchGrantee({ recipients }: Bounds, onlyMembers: boolean, grantee: string, resolved: Resolved): Match {
  if (recipients === undefined) return YES;
  let match: Match = NO;
  for (const names of recipients.known) {
    if (resolved.grantees.get(names) === grantee) return YES;
    const group = resolved.groups.get(names);
    if (group === undefined) continue;
    if (!onlyMembers || group.members.includes(grantee)) match = MAYBE;
  }
  return match;
}
