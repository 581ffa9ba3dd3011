import { ZeroHash } from "ethers";
import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { onlyEvent } from "../writes/onlyEvent.js";
import { send, type WriteResult } from "../writes/send.js";
import { type Reviewed, reviewedIn } from "./reviews.js";
import { saltedHash, type SaltedText, toSalted } from "./salted.js";
import { type ReviewVerdict, VERDICTS, verdictToNumber } from "./verdicts.js";

/** What was looked into, and what came out. */
export interface ReviewParams {
  /** An emergency's `subject`. The contract takes any 32 bytes but zero: what names nothing is in no emergency's reviews. */
  subject: string;
  verdict: ReviewVerdict;
  /** Why, in one line of at most 500 characters; it never reaches the chain. */
  note?: string | undefined;
  /** 32 secret random bytes for the note (`newSalt()`), kept before anything is sent; made if left out. */
  salt?: string | Uint8Array | undefined;
}

/** What must be kept of a review: with a note it is a `ReviewNote`. */
export interface PreparedReview {
  subject: string;
  /** Undefined if there is none. */
  note: string | undefined;
  /** Keep it beside the note; undefined if there is none. */
  salt: string | undefined;
}

/** The review as it was logged, and what must be kept of it. */
export type ReviewResult = WriteResult<Reviewed> & PreparedReview;

/**
 * States the verdict on a break-glass. Of several reviews the last one counts, and none is ever gone. By a reviewer, whom the
 * consortium appoints.
 *
 * @param params the chain holds the verdict, and a salted hash of the note
 * @throws InvalidParameterError before anything is sent
 * @throws AccessManagedUnauthorizedError if the signer is no reviewer; InvalidReviewError if nothing is named
 * @throws NoSignerError if nobody can sign
 * @throws TimeoutError, UnknownOutcomeError: it may be stated; only a `salt` of your own still proves the note then
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const emergency = emergencyOf(consentry);
 * const given = emergency.parseReason(json); // as the provider handed it over, by any way but the chain
 * const entry = (await emergency.history()).find(({ subject }) => subject === given.subject);
 * if (entry !== undefined && emergency.verifyReason(entry, given)) {
 *   await emergency.review({ subject: entry.subject, verdict: "justified", note: "The ambulance confirms it" });
 * }
 */
export async function review(context: Context, params: ReviewParams): Promise<ReviewResult> {
  const { transaction, kept, verdict, noteHash } = await prepare(context, params);
  const result = await send(context, transaction, (logs) => {
    const expected = [kept.subject, verdict, noteHash].join();
    return reviewedIn(context, logs).filter((each) => [each.subject, each.verdict, each.noteHash].join() === expected);
  });
  onlyEvent(result, "It holds no review, or several, as it was stated.");
  return { ...result, ...kept };
}

/** Builds the transaction of {@link review} without sending it. */
export async function reviewRequest(
  context: Context,
  params: ReviewParams,
): Promise<UnsignedTransaction & PreparedReview> {
  const { transaction, kept } = await prepare(context, params);
  return { ...transaction, ...kept };
}

async function prepare({ audit }: Context, params: ReviewParams) {
  onlyKeys(params, ["subject", "verdict", "note", "salt"]);
  const subject = toBytes32(params.subject, "subject");
  const verdict = oneOf(VERDICTS, params.verdict, "verdict");
  const note = noteOf(params);
  const noteHash = note === undefined ? undefined : saltedHash(note);
  const populated = audit.review.populateTransaction(subject, verdictToNumber(verdict), noteHash ?? ZeroHash);
  const kept = { subject, note: note?.text, salt: note?.salt };
  return { transaction: await unsigned(populated), kept, verdict, noteHash };
}

function noteOf({ note, salt }: ReviewParams): SaltedText | undefined {
  if (note !== undefined) return toSalted(note, salt, "note");
  if (salt !== undefined) throw new InvalidParameterError("salt", "left out", "There is no note to salt.");
  return undefined;
}
