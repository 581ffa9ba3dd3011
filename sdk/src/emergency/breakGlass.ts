import { categoriesFromBits, categoriesToBits } from "../codes/categories.js";
import type { Category, CodeInput } from "../codes/types.js";
import { consentEvents, type GlassBroken } from "../consents/events.js";
import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { onlyEvent } from "../writes/onlyEvent.js";
import { send, type WriteResult } from "../writes/send.js";
import type { BreakGlassReason } from "./reason.js";
import { saltedHash, toSalted } from "./salted.js";
import { subjectOf } from "./subject.js";

/** What to open, and why. */
export interface BreakGlassParams {
  patient: string;
  /** The provider to which it opens, for which a member acts; whoever signs if left out. */
  grantee?: string | undefined;
  /** No more than the emergency asks for; `allCategories()` are all. */
  categories: readonly CodeInput<Category>[];
  /** Why, in one line of at most 500 characters: the patient and reviewers will read it. */
  reason: string;
  /** 32 secret random bytes (`newSalt()`), kept before anything is sent; made if left out. */
  salt?: string | Uint8Array | undefined;
}

/** What must be kept of a break-glass that is not sent yet; its `subject` is that of its event. */
export type PreparedReason = Omit<BreakGlassReason, "subject">;

/** What was opened. Keep subject, reason and salt: without the salt nobody can prove the reason. */
export interface BreakGlassResult extends WriteResult<GlassBroken>, BreakGlassReason {
  /** All that is open now, also from before. */
  categories: Category[];
  /** What was asked for and stays closed, as the patient excluded it. */
  excluded: Category[];
  /** Exclusive; of what was open already no later than before. */
  until: Date;
}

/**
 * Opens categories of a patient's data in an emergency, for the purpose BTG, to see and to use, for a few hours.
 *
 * The chain holds a salted hash of the reason. What the patient excluded or hid stays closed. Broken again while it is open,
 * categories are added, but no time.
 *
 * @param params by an active provider with the capability `emergency`, or its member with that ability
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotEmpoweredForError, ExcludedFromBreakGlassError, EndedByPatientError, TooManyEmergenciesError
 * @throws NoSignerError if nobody can sign
 * @throws TimeoutError, UnknownOutcomeError: it may be open; only a `salt` of your own still proves the reason then
 * @example
 * import { newSalt } from "@consentry/sdk";
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const [reason, salt] = ["Unconscious after an accident", newSalt()];
 * await store.keep({ patient, reason, salt }); // of your own: before anything is sent
 * const categories = ["ALLERGIES", "MEDICATIONS"];
 * const { subject, until } = await emergencyOf(consentry).breakGlass({ patient, categories, reason, salt });
 * await store.keep({ subject, reason, salt }); // a BreakGlassReason, for the patient and for reviewers
 */
export async function breakGlass(context: Context, params: BreakGlassParams): Promise<BreakGlassResult> {
  const { transaction, parties, asked, text } = await prepare(context, params);
  const result = await send(context, transaction, (logs) => {
    const broken = consentEvents(context, logs).filter((event) => event.type === "GlassBroken");
    const expected = [parties.patient, parties.grantee, saltedHash(text)].join();
    return broken.filter(({ patient, grantee, reasonHash }) => [patient, grantee, reasonHash].join() === expected);
  });
  const event = onlyEvent(result, "It holds no break-glass, or several, of what was asked for.");
  const { categories, until } = event.terms;
  const excluded = categoriesFromBits(asked & ~categoriesToBits(categories));
  const kept = { subject: subjectOf(event), reason: text.text, salt: text.salt };
  return { ...result, ...kept, categories, excluded, until: new Date(until) };
}

/** Builds the transaction of {@link breakGlass} without sending it. */
export async function breakGlassRequest(
  context: Context,
  params: BreakGlassParams,
): Promise<UnsignedTransaction & PreparedReason> {
  const { transaction, text } = await prepare(context, params);
  return { ...transaction, reason: text.text, salt: text.salt };
}

async function prepare(context: Context, params: BreakGlassParams) {
  onlyKeys(params, ["patient", "grantee", "categories", "reason", "salt"]);
  const patient = toAddress(params.patient, "patient");
  const asked = categoriesToBits(nonEmpty(params.categories, "categories"));
  const text = toSalted(params.reason, params.salt, "reason");
  const grantee = await addressOrSender(context, params.grantee, "grantee");
  const populated = context.consents.breakGlass.populateTransaction(grantee, patient, asked, saltedHash(text));
  return { transaction: await unsigned(populated), parties: { patient, grantee }, asked, text };
}
