import type { Context } from "../context.js";
import { requireNoDeadline, signStatement, speakerOf } from "../signing/sign.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import { parseProposal, type RecoveryProposal, requireProposable } from "./proposal.js";

/**
 * Signs, as a guardian, that another key is to take control. It can't be delivered alone: `startRecovery` takes enough of
 * them, and shows who the guardians are.
 *
 * Make sure, by a call or face to face, that `proposal.controller` is the patient's own new key: whoever prepared the proposal
 * could name another.
 *
 * @param proposal what `proposeRecovery` returned to one of the guardians, or its JSON
 * @returns plain JSON
 * @throws InvalidStatementError, InvalidParameterError before anything is signed
 * @throws DeadlinePassedError, DeadlineTooFarError, TooSoonError, StatementVoidError, ApprovalsCancelledError about its times
 * @throws WrongGuardiansError, InvalidControllerError, RecoveryUnderWayError if it could not start a recovery now
 * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
 * @example
 * const approval = await friend.patients.approveRecovery.sign(proposal);
 */
export async function signApproveRecovery(
  context: Context,
  proposal: RecoveryProposal | string,
  options: SignOptions = {},
): Promise<SignedStatementOf<"ApproveRecovery">> {
  requireNoDeadline(options, "The proposal has one.");
  const parsed = parseProposal(proposal);
  const speaker = await speakerOf(context, options);
  await requireProposable(context, parsed);
  return signStatement(context, speaker, "ApproveRecovery", { guardian: speaker.account, ...parsed });
}
