import type { Context } from "../context.js";
import { deadlineOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import { toParty } from "../values/address.js";
import type { TimeInput } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { commitmentTo, type Guardians, toGuardians } from "./guardians.js";
import { type RecoveryProposal, requireProposable } from "./proposal.js";

/** Which key is to replace the lost one. */
export interface ProposeRecoveryParams {
  /** What `newGuardians` made, as it was kept. */
  guardians: Guardians;
  /** The account of the patient's new key, or passkey. */
  controller: string;
  /** Until when the recovery can be started, at most seven days ahead; that if left out. */
  deadline?: TimeInput | undefined;
}

/**
 * Prepares a recovery that enough guardians then approve, each with `approveRecovery.sign`. By anybody who has a copy of the
 * guardians; all of one recovery must sign the same proposal. Nothing is sent.
 *
 * Make sure, by a call or face to face, that the new key is the patient's own.
 *
 * @returns plain JSON, nothing secret in it
 * @throws InvalidAddressError, InvalidParameterError, DeadlineTooFarError, DeadlinePassedError
 * @throws WrongGuardiansError if these are not the guardians in office
 * @throws InvalidControllerError, RecoveryUnderWayError
 * @example
 * const proposal = await sister.patients.proposeRecovery({ guardians, controller: newPhone });
 */
export async function proposeRecovery(context: Context, params: ProposeRecoveryParams): Promise<RecoveryProposal> {
  onlyKeys(params, ["guardians", "controller", "deadline"]);
  const guardians = toGuardians(params.guardians);
  const controller = toParty(params.controller, "controller");
  const { patient } = guardians;
  const { cancelledAt } = await context.consents.guardiansOf(patient);
  // Nobody speaks yet: the stamp comes after all that was said about the patient itself.
  const issuedAt = await nextStamp(context, patient, { account: patient }, [cancelledAt]);
  const proposal = {
    patient,
    controller,
    commitment: commitmentTo(guardians),
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf({ deadline: params.deadline }, issuedAt, "deadline")),
  };
  await requireProposable(context, proposal);
  return proposal;
}
