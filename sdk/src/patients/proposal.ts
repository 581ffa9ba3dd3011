import type { Context } from "../context.js";
import {
  DeadlinePassedError,
  InvalidControllerError,
  StatementVoidError,
  TooSoonError,
} from "../errors/contract/control.js";
import { ApprovalsCancelledError, RecoveryUnderWayError, WrongGuardiansError } from "../errors/contract/recovery.js";
import { structIn } from "../signing/fields.js";
import { jsonIn } from "../signing/parseStatement.js";
import { requireInTime } from "../signing/sign.js";
import { deliverableNext } from "../signing/stamp.js";
import { STATEMENT_TYPES } from "../signing/typedData.js";
import type { Messages } from "../signing/types.js";
import type { Head } from "../transport/types.js";
import { isSameAddress } from "../values/address.js";
import { blockOf } from "../reads/blockOf.js";
import { officeAt } from "./guardianship.js";

/**
 * What the guardians approve together, as plain JSON: patient, new controller, commitment, stamp (milliseconds) and deadline
 * (unix seconds). Nothing in it is secret.
 */
export type RecoveryProposal = Omit<Messages["ApproveRecovery"], "guardian">;

const FIELDS = {
  RecoveryProposal: (STATEMENT_TYPES.ApproveRecovery["ApproveRecovery"] ?? []).filter(
    ({ name }) => name !== "guardian",
  ),
};

/** A proposal that came from somebody else, as an object or as its JSON; throws {@link InvalidStatementError}. */
export function parseProposal(input: unknown): RecoveryProposal {
  const value = structIn(jsonIn(input, "proposal"), "proposal", "RecoveryProposal", FIELDS);
  return value as unknown as RecoveryProposal;
}

/**
 * Sees to it that the approvals of a proposal could start a recovery now.
 *
 * @throws DeadlineTooFarError, DeadlinePassedError, TooSoonError, StatementVoidError about its times
 * @throws InvalidControllerError, ApprovalsCancelledError, RecoveryUnderWayError, WrongGuardiansError
 */
export async function requireProposable(context: Context, proposal: RecoveryProposal): Promise<void> {
  const { patient, controller, commitment } = proposal;
  const issuedAt = BigInt(proposal.issuedAt);
  const head = await blockOf(context);
  requireTimes(proposal, head);
  const { present, controlSince, guardianship, recovery } = await stateOf(context, patient, head);
  if (isSameAddress(present, controller)) throw new InvalidControllerError({ patient, controller });
  if (issuedAt <= controlSince) throw new StatementVoidError({ issuedAt, controlSince });
  const { cancelledAt } = guardianship;
  if (issuedAt <= cancelledAt) throw new ApprovalsCancelledError({ issuedAt, cancelledAt });
  if (recovery.readyAt !== 0n) throw new RecoveryUnderWayError({ patient });
  const office = officeAt(guardianship, BigInt(head.timestamp));
  if (office.present.commitment !== commitment.toLowerCase()) throw new WrongGuardiansError({ patient, commitment });
}

/** A stamp of the future would outlast the patient's cancelling. */
function requireTimes(proposal: RecoveryProposal, { timestamp }: Head): void {
  const [issuedAt, deadline] = [BigInt(proposal.issuedAt), BigInt(proposal.deadline)];
  requireInTime(deadline, issuedAt);
  if (BigInt(timestamp) > deadline) throw new DeadlinePassedError({ deadline });
  const latest = deliverableNext(timestamp);
  if (issuedAt > latest) throw new TooSoonError({ issuedAt, latest });
}

async function stateOf({ consents }: Context, patient: string, head: Head) {
  const at = { blockTag: head.number };
  const [present, controlSince, guardianship, recovery] = await Promise.all([
    consents.controllerOf(patient, at),
    consents.controlSinceOf(patient, at),
    consents.guardiansOf(patient, at),
    consents.recoveryOf(patient, at),
  ]);
  return { present, controlSince, guardianship, recovery };
}
