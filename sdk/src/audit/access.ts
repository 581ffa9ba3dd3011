import { ZeroAddress } from "ethers";
import { categoriesToBits } from "../codes/categories.js";
import type { Category, CodeInput } from "../codes/types.js";
import { type PurposeAndAction, toPurposeAndAction } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { Decision } from "../decisions/decision.js";
import { UnknownRevertError } from "../errors/chain.js";
import { InvalidParameterError } from "../errors/input.js";
import { toRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress, toParty } from "../values/address.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type Access, accesses } from "./accessed.js";

/** What is asked for: one record, or kinds of data of a patient. */
export type AccessParams = PurposeAndAction & {
  /** The organization for which a member asks; whoever signs if left out. */
  onBehalfOf?: string | undefined;
} & ({ record: string } | { record?: undefined; patient: string; categories: readonly CodeInput<Category>[] });

/** The decision as it was logged, and its transaction. */
export type AccessResult = WriteResult<Access> & Decision;

/**
 * Decides and logs in one transaction: release data only after it, and only if `permitted`. A refusal is logged, too.
 *
 * @param params a record, or a patient with categories for a search; `action` is `access` if left out
 * @returns the decision from the log entry, with the transaction
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError before anything is sent
 * @throws NotActingForError if the signer may not ask in the organization's name
 * @throws NoSignerError if nobody can sign
 * @example
 * const { permitted, reason, hash } = await consentry.audit.access({ record, purpose: "TREAT" });
 */
export async function access(context: Context, params: AccessParams): Promise<AccessResult> {
  const result = await send(context, await accessRequest(context, params), (logs) => accesses(context, logs));
  const [entry] = result.events;
  if (entry === undefined) throw new UnknownRevertError("0x", "the access was not logged");
  const { permitted, decision, reason, explanation, conditional, holder, scope } = entry;
  return { ...result, permitted, decision, reason, explanation, conditional, holder, scope };
}

/** Builds the transaction of {@link access} without sending it. */
export async function accessRequest({ audit }: Context, params: AccessParams): Promise<UnsignedTransaction> {
  const { programme, purpose, action } = toPurposeAndAction(params);
  const onBehalfOf = params.onBehalfOf === undefined ? ZeroAddress : toParty(params.onBehalfOf, "onBehalfOf");
  if (params.record === undefined) {
    const patient = toAddress(params.patient, "patient");
    const bits = categoriesToBits(nonEmpty(params.categories, "categories"));
    return unsigned(audit.accessCategories.populateTransaction(patient, bits, programme, purpose, action, onBehalfOf));
  }
  if ("patient" in params || "categories" in params) {
    throw new InvalidParameterError("record", "alone, or else patient and categories", "A record knows its patient.");
  }
  const record = toRecordId(params.record);
  return unsigned(audit.accessRecord.populateTransaction(record, programme, purpose, action, onBehalfOf));
}
