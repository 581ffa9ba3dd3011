import type { Context } from "../context.js";
import { patientOr, requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import { nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { onlyKeys } from "../values/keys.js";
import type { RevokeAllParams } from "./revokeAll.js";

/**
 * Signs the withdrawal of everything, without sending anything. It has no deadline: whenever it is delivered
 * (`relay.submit`), every consent said before its stamp ends.
 *
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidParameterError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await patient.consents.revokeAll.sign();
 * await relayer.relay.submit(signed);
 */
export async function signRevokeAll(
  context: Context,
  params: RevokeAllParams = {},
  options: SignOptions = {},
): Promise<SignedStatementOf<"RevokeAll">> {
  requireNoDeadline(options);
  onlyKeys(params, ["patient"]);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const issuedAt = await nextStampOfWithdrawal(context, patient, speaker, []);
  return signStatement(context, speaker, "RevokeAll", { patient, issuedAt: String(issuedAt) });
}
