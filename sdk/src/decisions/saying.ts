import { isTombstone, stampOf, unpackTerms, withStamp, withStart } from "../consents/terms.js";
import { AlreadyExpiredError } from "../errors/contract/consents.js";
import { TooSoonError } from "../errors/contract/control.js";
import { GENERAL_SCOPE } from "../scopes/scope.js";

/** How far a stamp may run ahead of the present when several words fall into one block, in milliseconds. */
const MOST_LEAD = 1_000n;

/** When something is said directly: unix seconds of the block, and the stamp of the patient's last `revokeAll`. */
export interface Moment {
  time: bigint;
  voidBefore: bigint;
}

/**
 * The word that stands after a direct grant of these terms, over what stood there: as ConsentRegistry.sol stores it.
 *
 * @throws AlreadyExpiredError, TooSoonError
 */
export function afterGrant(stored: bigint, terms: bigint, scope: string, moment: Moment): bigint {
  const { expiresAt } = unpackTerms(terms);
  if (moment.time >= expiresAt) throw new AlreadyExpiredError({ expiresAt, blockTime: moment.time });
  const [issuedAt, latest] = [stampFor(stored, moment), presentOf(moment) + MOST_LEAD];
  if (issuedAt > latest) throw new TooSoonError({ issuedAt, latest });
  const stamped = withStamp(terms, issuedAt);
  return scope === GENERAL_SCOPE && stored !== 0n ? withStart(stamped, refusedAt(stored)) : stamped;
}

/** The refusal that stands after a direct withdrawal, over what stood there. */
export function afterRevoke(stored: bigint, moment: Moment): bigint {
  return withStamp(0n, stampFor(stored, moment));
}

/** `voidBefore` after a direct `revokeAll`. */
export function afterRevokeAll(moment: Moment): bigint {
  const present = presentOf(moment);
  const after = moment.voidBefore + 1n > present ? moment.voidBefore + 1n : present;
  const stamp = after < present + MOST_LEAD ? after : present + MOST_LEAD;
  return stamp > moment.voidBefore ? stamp : moment.voidBefore;
}

/** The last millisecond of the block's second. */
function presentOf({ time }: Moment): bigint {
  return time * 1000n + 999n;
}

function stampFor(stored: bigint, moment: Moment): bigint {
  return [moment.voidBefore + 1n, stampOf(stored)].reduce((a, b) => (a > b ? a : b), presentOf(moment));
}

/** The second of the last refusal that a GENERAL word is or came after. */
function refusedAt(general: bigint): bigint {
  return isTombstone(general) ? stampOf(general) / 1000n : unpackTerms(general).notBefore;
}
