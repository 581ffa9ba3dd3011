import type { OfPatient } from "../consents/types.js";
import type { Context } from "../context.js";
import type { SignedStatementOf } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { approvedRecovery } from "./approvals.js";
import type { RecoveryStarted } from "./events.js";
import { type Guardians, toGuardians } from "./guardians.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** A recovery that enough guardians have approved. */
export interface StartRecoveryParams {
  /** What `newGuardians` made, as it was kept. */
  guardians: Guardians;
  /** What `approveRecovery.sign` returned to enough guardians, or its JSON, in any order; of each guardian one. */
  approvals: readonly (SignedStatementOf<"ApproveRecovery"> | string)[];
}

/**
 * Starts the delay after which the new key can take control (`completeRecovery`). By anybody who has the approvals.
 *
 * From now on everybody can see who the guardians are: name new ones after the recovery. Guardians who were to follow those
 * in office never will.
 *
 * @returns the transaction, for which patient, who is to take control, and from when on
 * @throws InvalidAddressError, InvalidParameterError, InvalidStatementError before anything is sent
 * @throws WrongGuardiansError, TooFewApprovalsError, NotGuardianError
 * @throws ApprovalsNotInOrderError if two approvals are of one guardian
 * @throws OtherDeploymentError, UnknownVerifierError, InvalidSignatureError about an approval
 * @throws InvalidControllerError, DeadlinePassedError, TooSoonError, StatementVoidError, ApprovalsCancelledError
 * @throws RecoveryUnderWayError, NoSignerError
 * @example
 * const { events } = await sister.patients.startRecovery({ guardians, approvals });
 * console.log(events[0]?.readyAt); // 2026-03-04T09:30:00.000Z
 */
export async function startRecovery(
  context: Context,
  params: StartRecoveryParams,
): Promise<WriteResult<RecoveryStarted> & OfPatient> {
  return sendFor(context, await build(context, params), "RecoveryStarted");
}

/** Builds the transaction of {@link startRecovery} without sending it. */
export async function startRecoveryRequest(
  context: Context,
  params: StartRecoveryParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: StartRecoveryParams): Promise<BuiltFor> {
  onlyKeys(params, ["guardians", "approvals"]);
  const { patient, ...guardians } = toGuardians(params.guardians);
  const { proposal, approvals } = await approvedRecovery(context, { patient, ...guardians }, params.approvals);
  const { controller, issuedAt, deadline } = proposal;
  const { startRecovery: call } = context.consents;
  const populated = call.populateTransaction(patient, controller, issuedAt, deadline, guardians, approvals);
  return { ...(await unsigned(populated)), patient };
}
