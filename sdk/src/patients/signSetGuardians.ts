import type { Context } from "../context.js";
import { deadlineOf, patientOr, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { guardianshipOf, type SetGuardiansParams } from "./setGuardians.js";

/**
 * Signs who the guardians are, without sending anything; whoever delivers it sees only the commitment.
 *
 * **Sign no second one before the first is delivered or past its deadline**: each replaces those in office after their delay,
 * so two of them take effect in the order of their delivery, and one that is overtaken is lost.
 *
 * @param params as of `setGuardians`
 * @returns plain JSON; the guardians themselves are not in it: keep them
 * @throws InvalidAddressError, InvalidParameterError, InvalidDelayError before anything is signed
 * @throws DeadlineTooFarError, DeadlinePassedError
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.patients.setGuardians.sign({ guardians, delay: { days: 3 } });
 * await relayer.relay.submit(signed);
 */
export async function signSetGuardians(
  context: Context,
  params: SetGuardiansParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"SetGuardians">> {
  const { commitment, delay, ...named } = guardianshipOf(params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, named.patient);
  const { issuedAt: said } = await context.consents.guardiansOf(patient);
  const issuedAt = await nextStamp(context, patient, speaker, [said]);
  return signStatement(context, speaker, "SetGuardians", {
    patient,
    commitment,
    delay: String(delay),
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf(options, issuedAt)),
  });
}
