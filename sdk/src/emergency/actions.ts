import { type Client, contextOfClient } from "../client.js";
import type { Pages } from "../logs/pages.js";
import type { PageOptions } from "../logs/readPages.js";
import type { Watch, WatchOptions } from "../logs/watch.js";
import type { ReadOptions } from "../reads/options.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { bind, bindWrite, type Write } from "../writes/action.js";
import {
  breakGlass,
  type BreakGlassParams,
  breakGlassRequest,
  type BreakGlassResult,
  type PreparedReason,
} from "./breakGlass.js";
import type { Emergency, EmergencyFilter } from "./events.js";
import { type EmergencyEntry, history } from "./history.js";
import { left } from "./left.js";
import { mayReview } from "./mayReview.js";
import { parseNote, type ReviewNote, verifyNote } from "./note.js";
import { type BreakGlassReason, parseReason, verifyReason } from "./reason.js";
import { type PreparedReview, review, type ReviewParams, reviewRequest, type ReviewResult } from "./review.js";
import type { Reviewed } from "./reviews.js";
import { type EmergencyEvent, subjectOf } from "./subject.js";
import { watch } from "./watch.js";

/** `emergencyOf(client)` of `@consentry/sdk/emergency`: break-glass, why, and what its review found. */
export interface EmergencyActions {
  /**
   * Opens categories of a patient's data in an emergency, for a few hours. Keep subject, reason and salt of the result.
   *
   * @throws NotEmpoweredForError, ExcludedFromBreakGlassError, EndedByPatientError, TooManyEmergenciesError
   * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, NoSignerError
   */
  breakGlass: Write<BreakGlassParams, BreakGlassResult, UnsignedTransaction & PreparedReason>;
  /**
   * States the verdict on a break-glass. By a reviewer.
   *
   * @throws AccessManagedUnauthorizedError, InvalidReviewError, InvalidParameterError, NoSignerError
   */
  review: Write<ReviewParams, ReviewResult, UnsignedTransaction & PreparedReview>;
  /**
   * Reads who broke the glass and what came of it, page by page; `await` reads it as a whole.
   *
   * @throws InvalidAddressError, InvalidParameterError, ReorganisedError
   */
  history: (params?: EmergencyFilter, options?: PageOptions) => Pages<EmergencyEntry>;
  /**
   * Watches who breaks the glass, as it happens.
   *
   * @throws InvalidAddressError, InvalidParameterError at once; ReorganisedError, WrongChainError
   */
  watch: (params?: EmergencyFilter, options?: WatchOptions) => Watch<Emergency>;
  /**
   * Tells how often an organization can break the glass now.
   *
   * @throws InvalidAddressError, InvalidParameterError
   */
  left: (grantee: string, options?: ReadOptions) => Promise<number>;
  /**
   * Tells whether an account may state verdicts now.
   *
   * @throws InvalidAddressError, InvalidParameterError
   */
  mayReview: (account: string, options?: ReadOptions) => Promise<boolean>;
  /** The name under which a break-glass is reviewed. */
  subjectOf: (event: EmergencyEvent) => string;
  /**
   * Reads the reason of a break-glass as it came from its provider, strictly. Nothing is verified.
   *
   * @throws InvalidParameterError
   */
  parseReason: (input: unknown) => BreakGlassReason;
  /**
   * Tells whether this is the reason that a provider hashed when it broke the glass.
   *
   * @throws InvalidParameterError
   */
  verifyReason: (
    event: EmergencyEvent,
    given: Omit<BreakGlassReason, "subject"> & { subject?: string | undefined },
  ) => boolean;
  /**
   * Reads a reviewer's note as it came, strictly. Nothing is verified.
   *
   * @throws InvalidParameterError
   */
  parseNote: (input: unknown) => ReviewNote;
  /**
   * Tells whether this is the note that a reviewer hashed.
   *
   * @throws InvalidParameterError
   */
  verifyNote: (
    review: Pick<Reviewed, "subject" | "noteHash">,
    given: Omit<ReviewNote, "subject"> & { subject?: string | undefined },
  ) => boolean;
}

/**
 * What providers, patients and reviewers do about emergencies, bound to a client.
 *
 * @param client what `connect` returned
 * @throws InvalidParameterError for anything else
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const emergency = emergencyOf(consentry);
 * const waiting = (await emergency.history()).filter(({ verdict }) => verdict === undefined);
 */
export function emergencyOf(client: Client): EmergencyActions {
  const context = contextOfClient(client);
  return {
    breakGlass: bindWrite(context, breakGlass, breakGlassRequest),
    review: bindWrite(context, review, reviewRequest),
    history: (...args) => history(context, ...args),
    watch: (...args) => watch(context, ...args),
    left: bind(context, left),
    mayReview: bind(context, mayReview),
    subjectOf,
    parseReason,
    verifyReason,
    parseNote,
    verifyNote,
  };
}
