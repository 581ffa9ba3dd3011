import type { Context } from "../context.js";
import { patientOr, requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import { nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { stampOfAppointment } from "./appointment.js";
import { dismissedBy, type DismissRepresentativeParams } from "./dismissRepresentative.js";

/**
 * Signs a dismissal, without sending anything. It has no deadline: whenever it is delivered, an appointment made before its
 * stamp ends.
 *
 * @param params as of `dismissRepresentative`
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidParameterError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.patients.dismissRepresentative.sign({ representative });
 * await relayer.relay.submit(signed);
 */
export async function signDismissRepresentative(
  context: Context,
  params: DismissRepresentativeParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"DismissRepresentative">> {
  requireNoDeadline(options);
  const representative = dismissedBy(params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const said = stampOfAppointment(await context.consents.appointmentOf(patient, representative));
  const issuedAt = String(await nextStampOfWithdrawal(context, patient, speaker, [said]));
  return signStatement(context, speaker, "DismissRepresentative", { patient, representative, issuedAt });
}
