import type { Context } from "../context.js";
import { patientOr, requireInTime, requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { acceptedTransfer } from "./acceptance.js";
import { newControllerOf, type TransferControlParams } from "./transferControl.js";

/**
 * Signs a transfer of control, without sending anything; the acceptance goes along in the JSON, and its deadline counts.
 *
 * **Never hand control back to an old key**: whoever stole it is back, too.
 *
 * @param params as of `transferControl`
 * @returns plain JSON, with the acceptance
 * @throws InvalidAddressError, InvalidParameterError, InvalidStatementError, NotAcceptedByError before anything is signed
 * @throws OtherDeploymentError, UnknownVerifierError, InvalidSignatureError about the acceptance
 * @throws DeadlinePassedError if the acceptance is too old
 * @throws UserRejectedError, NoSignerError, WrongChainError
 * @example
 * const signed = await oldPhone.patients.transferControl.sign({ controller, acceptance });
 * await relayer.relay.submit(signed);
 */
export async function signTransferControl(
  context: Context,
  params: TransferControlParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"TransferControl">> {
  requireNoDeadline(options, "The acceptance has one, and the transfer has the same.");
  const controller = newControllerOf(params);
  const speaker = await speakerOf(context, options);
  const patient = patientOr(speaker.account, params.patient);
  const { deadline, acceptance } = await acceptedTransfer(context, { patient, controller }, params.acceptance);
  const issuedAt = await nextStamp(context, patient, speaker, []);
  requireInTime(BigInt(deadline), issuedAt);
  const message = { patient, controller, issuedAt: String(issuedAt), deadline };
  return { ...(await signStatement(context, speaker, "TransferControl", message)), acceptance };
}
