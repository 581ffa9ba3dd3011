import type { Context } from "../context.js";
import { deadlineOf, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";

/** Whose control is accepted. */
export interface AcceptControlParams {
  /** The patient whom the signing key is to control. */
  patient: string;
}

/**
 * Signs, with the new key, that it takes control of a patient. It can't be delivered alone: the present controller passes it
 * to `transferControl`. To delegate for a while, appoint a representative instead.
 *
 * Sign with a new key: one that was in control before may be in the hands of whoever stole it.
 *
 * @returns plain JSON, for a queue or a QR code
 * @throws InvalidAddressError, InvalidParameterError, DeadlineTooFarError, DeadlinePassedError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const acceptance = await newPhone.patients.acceptControl.sign({ patient });
 * console.log(acceptance.message.controller); // the new phone's account
 */
export async function signAcceptControl(
  context: Context,
  params: AcceptControlParams,
  options: SignOptions = {},
): Promise<SignedStatementOf<"AcceptControl">> {
  onlyKeys(params, ["patient"]);
  const patient = toParty(params.patient, "patient");
  const speaker = await speakerOf(context, options);
  const issuedAt = await nextStamp(context, patient, speaker, []);
  return signStatement(context, speaker, "AcceptControl", {
    patient,
    controller: speaker.account,
    issuedAt: String(issuedAt),
    deadline: String(deadlineOf(options, issuedAt)),
  });
}
