import type { Context } from "../context.js";
import { deadlineOf, signStatement, speakerOf } from "../signing/sign.js";
import { nextStamp } from "../signing/stamp.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { type CreateDependentParams, saltOf } from "./createDependent.js";

/**
 * Signs, as the parent, that an identity is opened, without sending anything.
 *
 * @returns plain JSON; `dependentOf(message.parent, message.salt)` is the dependent's address
 * @throws InvalidParameterError, DeadlineTooFarError, DeadlinePassedError before anything is signed
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const signed = await parent.patients.createDependent.sign();
 * const dependent = dependentOf(signed.message.parent, signed.message.salt);
 * await relayer.relay.submit(signed);
 */
export async function signCreateDependent(
  context: Context,
  params: CreateDependentParams = {},
  options: SignOptions = {},
): Promise<SignedStatementOf<"CreateDependent">> {
  const salt = saltOf(params);
  const speaker = await speakerOf(context, options);
  const parent = speaker.account;
  const issuedAt = await nextStamp(context, parent, speaker, []);
  const deadline = String(deadlineOf(options, issuedAt));
  return signStatement(context, speaker, "CreateDependent", { parent, salt, issuedAt: String(issuedAt), deadline });
}
