import type { OfPatient } from "../consents/types.js";
import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { RecoveryCompleted } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Whose recovery is completed. */
export interface CompleteRecoveryParams {
  patient: string;
}

/**
 * Puts the new key in control, when the recovery has waited. By anybody.
 *
 * It does what a transfer of control does: everything signed before is void, every appointment ends. Everybody knows the
 * guardians by now: name new ones.
 *
 * @returns the transaction, for which patient, and since when who is in control
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NoRecoveryError, RecoveryNotReadyError, NoSignerError
 * @example
 * const { events } = await sister.patients.completeRecovery({ patient });
 * console.log(events[0]?.controller); // the new phone's account
 */
export async function completeRecovery(
  context: Context,
  params: CompleteRecoveryParams,
): Promise<WriteResult<RecoveryCompleted> & OfPatient> {
  return sendFor(context, await build(context, params), "RecoveryCompleted");
}

/** Builds the transaction of {@link completeRecovery} without sending it. */
export async function completeRecoveryRequest(
  context: Context,
  params: CompleteRecoveryParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: CompleteRecoveryParams): Promise<BuiltFor> {
  onlyKeys(params, ["patient"]);
  const patient = toParty(params.patient, "patient");
  return { ...(await unsigned(context.consents.completeRecovery.populateTransaction(patient))), patient };
}
