import { categoriesToBits } from "../codes/categories.js";
import type { Category, CodeInput } from "../codes/types.js";
import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { toList } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { ExclusionsChanged } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** What break-glass never opens. */
export interface SetExclusionsParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
  /** Names or HL7 codes, all of them: what is not named is not excluded any more. `allCategories()`: break-glass opens nothing. */
  categories: readonly CodeInput<Category>[];
}

/**
 * Sets the categories that break-glass never opens, in place of those before: at once, and also where the glass is broken
 * already. By the controller.
 *
 * @returns the transaction, for which patient, and what is excluded now
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotControllerOfError, NoSignerError
 * @example
 * await patient.patients.setExclusions({ categories: ["PSY", "HIV"] });
 */
export async function setExclusions(
  context: Context,
  params: SetExclusionsParams,
): Promise<WriteResult<ExclusionsChanged> & OfPatient> {
  return sendFor(context, await build(context, params), "ExclusionsChanged");
}

/** Builds the transaction of {@link setExclusions} without sending it. */
export async function setExclusionsRequest(
  context: Context,
  params: SetExclusionsParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: SetExclusionsParams): Promise<BuiltFor> {
  const categories = excludedBy(params);
  const patient = await addressOrSender(context, params.patient, "patient");
  return { ...(await unsigned(context.consents.setExclusions.populateTransaction(patient, categories))), patient };
}

/** What is excluded, as bits. */
export function excludedBy(params: SetExclusionsParams): bigint {
  onlyKeys(params, ["patient", "categories"]);
  return categoriesToBits(toList(params.categories, "categories"));
}
