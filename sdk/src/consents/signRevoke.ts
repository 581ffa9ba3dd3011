import type { Context } from "../context.js";
import { patientOr, requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import { nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { revocationsOf, type RevokeParams } from "./revoke.js";
import { stampsAt, wordsAt } from "./stamps.js";

/**
 * Signs a withdrawal, without sending anything. It has no deadline: whenever it is delivered (`relay.submit`), every consent
 * said before its stamp ends.
 *
 * A withdrawal of break-glass ends only what was opened before its stamp: sign again if it was opened meanwhile.
 *
 * @param params as of `revoke`
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidParameterError, InvalidRecordIdError, UnknownCodeError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.consents.revoke.sign({ grantee });
 * await relayer.relay.submit(signed);
 */
export async function signRevoke(
  context: Context,
  params: RevokeParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"Revocations">> {
  requireNoDeadline(options);
  const revocations = revocationsOf(params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const words = await wordsAt(context, patient, revocations);
  const issuedAt = await nextStampOfWithdrawal(
    context,
    patient,
    speaker,
    await stampsAt(context, patient, revocations, words),
  );
  return signStatement(context, speaker, "Revocations", { patient, revocations, issuedAt: String(issuedAt) });
}
