import type { Context } from "../context.js";
import { patientOr, requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import { nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { onlyKeys } from "../values/keys.js";
import type { CancelRecoveryParams } from "./cancelRecovery.js";

/**
 * Signs that a recovery is cancelled, without sending anything. It has no deadline, but must arrive before the recovery is
 * completed: what rests on approvals given after its stamp goes on.
 *
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidParameterError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.patients.cancelRecovery.sign();
 * await relayer.relay.submit(signed);
 */
export async function signCancelRecovery(
  context: Context,
  params: CancelRecoveryParams = {},
  options: SignOptions = {},
): Promise<SignedStatementOf<"CancelRecovery">> {
  requireNoDeadline(options);
  onlyKeys(params, ["patient"]);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const [{ cancelledAt }, { issuedAt: approvedAt }] = await Promise.all([
    context.consents.guardiansOf(patient),
    context.consents.recoveryOf(patient),
  ]);
  const issuedAt = String(await nextStampOfWithdrawal(context, patient, speaker, [cancelledAt, approvedAt]));
  return signStatement(context, speaker, "CancelRecovery", { patient, issuedAt });
}
