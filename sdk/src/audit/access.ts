import { ZeroAddress } from "ethers";
import { categoriesToBits } from "../codes/categories.js";
import { actionsToBits } from "../codes/actions.js";
import { purposesToBits } from "../codes/purposes.js";
import type { Category, CodeInput } from "../codes/types.js";
import { type PurposeAndAction, toPurposeAndAction } from "../consents/toRequest.js";
import { type Context, requireSender } from "../context.js";
import type { Decision } from "../decisions/decision.js";
import { InvalidParameterError } from "../errors/input.js";
import { NO_ID, toRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { onlyEvent } from "../writes/onlyEvent.js";
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
  requireKeys(params);
  const asked = { ...params };
  const sender = await requireSender(context).address();
  const result = await send(context, await accessRequest(context, asked), (logs) =>
    accesses(context, logs).filter((entry) => isAnswerTo(entry, asked, sender)),
  );
  const entry = onlyEvent(result, "It holds no entry, or several, for what was asked.");
  const { permitted, decision, reason, explanation, conditional, holder, scope } = entry;
  return { ...result, permitted, decision, reason, explanation, conditional, holder, scope };
}

/** Whether an entry is of the very access that was asked for: a transaction may hold those of others, too. */
function isAnswerTo(entry: Access, asked: AccessParams, sender: string): boolean {
  const { purpose, action, programme } = toPurposeAndAction(asked);
  const grantee = asked.onBehalfOf === undefined ? sender : toParty(asked.onBehalfOf, "onBehalfOf");
  const target =
    asked.record === undefined
      ? entry.record === undefined &&
        entry.patient === toAddress(asked.patient, "patient") &&
        categoriesToBits(entry.categories) === categoriesToBits(asked.categories)
      : entry.record === toRecordId(asked.record);
  return (
    target &&
    entry.grantee === grantee &&
    entry.by === sender &&
    (entry.programme ?? NO_ID) === programme &&
    bitsOf(entry) === `${purpose},${action}`
  );
}

function bitsOf({ purpose, action }: Access): string {
  return `${purpose === undefined ? 0n : purposesToBits([purpose])},${action === undefined ? 0n : actionsToBits([action])}`;
}

/** Builds the transaction of {@link access} without sending it. */
export async function accessRequest({ audit }: Context, params: AccessParams): Promise<UnsignedTransaction> {
  requireKeys(params);
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

function requireKeys(params: AccessParams): void {
  onlyKeys(params, ["record", "patient", "categories", "programme", "purpose", "action", "onBehalfOf"]);
}
