import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { RecoveryCancelled } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Whose recovery is cancelled. */
export interface CancelRecoveryParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
}

/**
 * Cancels a recovery under way, if there is one, and voids all approvals given until now. By the controller.
 *
 * Whoever started it knows the guardians: if it was without your will, name others at once, in the same block if you can.
 *
 * @returns the transaction, for which patient, and up to when approvals are void
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotControllerOfError, NoSignerError
 * @example
 * await patient.patients.cancelRecovery();
 */
export async function cancelRecovery(
  context: Context,
  params: CancelRecoveryParams = {},
): Promise<WriteResult<RecoveryCancelled> & OfPatient> {
  return sendFor(context, await build(context, params), "RecoveryCancelled");
}

/** Builds the transaction of {@link cancelRecovery} without sending it. */
export async function cancelRecoveryRequest(
  context: Context,
  params: CancelRecoveryParams = {},
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: CancelRecoveryParams): Promise<BuiltFor> {
  onlyKeys(params, ["patient"]);
  const patient = await addressOrSender(context, params.patient, "patient");
  return { ...(await unsigned(context.consents.cancelRecovery.populateTransaction(patient))), patient };
}
