import type { Context } from "../context.js";
import { deadlineOf, patientOr, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { type AppointRepresentativeParams, prepareAppointment } from "./appointRepresentative.js";
import { stampOfAppointment } from "./appointment.js";

/**
 * Signs an appointment, without sending anything. What the representative signs must be newer than the appointment's stamp.
 *
 * @param params as of `appointRepresentative`
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError, InvalidPeriodError before anything is signed
 * @throws DeadlineTooFarError, DeadlinePassedError
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.patients.appointRepresentative.sign({ representative, until: "2027-12-31" });
 * await relayer.relay.submit(signed);
 */
export async function signAppointRepresentative(
  context: Context,
  params: AppointRepresentativeParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"AppointRepresentative">> {
  const { representative, since, until } = await prepareAppointment(context, params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const said = stampOfAppointment(await context.consents.appointmentOf(patient, representative));
  const issuedAt = await nextStamp(context, patient, speaker, [said]);
  return signStatement(context, speaker, "AppointRepresentative", {
    patient,
    representative,
    since: String(since),
    until: String(until),
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf(options, issuedAt)),
  });
}
