import type { Context } from "../context.js";
import { deadlineOf, patientOr, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { excludedBy, type SetExclusionsParams } from "./setExclusions.js";

/**
 * Signs what break-glass never opens, without sending anything.
 *
 * @param params as of `setExclusions`
 * @returns plain JSON
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError before anything is signed
 * @throws DeadlineTooFarError, DeadlinePassedError
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.patients.setExclusions.sign({ categories: ["PSY", "HIV"] });
 * await relayer.relay.submit(signed);
 */
export async function signSetExclusions(
  context: Context,
  params: SetExclusionsParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"SetExclusions">> {
  const categories = excludedBy(params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const { issuedAt: said } = await context.consents.exclusionsOf(patient);
  const issuedAt = await nextStamp(context, patient, speaker, [said]);
  return signStatement(context, speaker, "SetExclusions", {
    patient,
    categories: String(categories),
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf(options, issuedAt)),
  });
}
