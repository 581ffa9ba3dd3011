import type { Context } from "../context.js";
import {
  ApprovalsNotInOrderError,
  NotGuardianError,
  TooFewApprovalsError,
  WrongGuardiansError,
} from "../errors/contract/recovery.js";
import { InvalidParameterError } from "../errors/input.js";
import { parseStatementOf } from "../signing/parseStatement.js";
import { signingAccount } from "../signing/requireDeployment.js";
import type { SignedBy } from "../signing/types.js";
import { isSameAddress } from "../values/address.js";
import { nonEmpty } from "../values/lists.js";
import { commitmentTo, type Guardians } from "./guardians.js";
import type { RecoveryProposal } from "./proposal.js";

/** A recovery that enough guardians have approved. */
export interface ApprovedRecovery {
  proposal: RecoveryProposal;
  /** In increasing order of the guardians' accounts. */
  approvals: SignedBy[];
}

interface Approval extends SignedBy {
  account: string;
  proposal: RecoveryProposal;
}

/**
 * Looks at the approvals of a recovery, and puts them into the order that the contract wants.
 *
 * @throws InvalidStatementError, InvalidParameterError, OtherDeploymentError, UnknownVerifierError, InvalidSignatureError
 * @throws NotGuardianError, WrongGuardiansError, TooFewApprovalsError, ApprovalsNotInOrderError
 */
export async function approvedRecovery(
  context: Context,
  guardians: Guardians,
  inputs: readonly unknown[],
): Promise<ApprovedRecovery> {
  const list = nonEmpty(inputs, "approvals");
  const approvals = await Promise.all(list.map((input, i) => approvalIn(context, input, i)));
  const [{ proposal }] = approvals as [Approval];
  approvals.forEach((approval, i) => {
    requireSame(approval.proposal, proposal, i);
  });
  requireGuardians(guardians, approvals);
  approvals.sort((a, b) => (BigInt(a.account) < BigInt(b.account) ? -1 : 1));
  requireEachOnce(approvals);
  return { proposal, approvals: approvals.map(({ signer, signature }) => ({ signer, signature })) };
}

async function approvalIn(context: Context, input: unknown, i: number): Promise<Approval> {
  const statement = parseStatementOf("ApproveRecovery", input, `approvals[${i}]`);
  const { guardian, ...proposal } = statement.message;
  const account = await signingAccount(context, statement);
  if (!isSameAddress(account, guardian)) throw new NotGuardianError({ account });
  return { account, proposal, signer: statement.signer, signature: statement.signature };
}

function requireSame(proposal: RecoveryProposal, first: RecoveryProposal, i: number): void {
  const names = Object.keys(first) as (keyof RecoveryProposal)[];
  const other = names.find((name) => proposal[name].toLowerCase() !== first[name].toLowerCase());
  if (other === undefined) return;
  throw new InvalidParameterError(
    `approvals[${i}].message.${other}`,
    "the same in all approvals",
    "All guardians sign one proposal: make it anew, and let each approve that.",
  );
}

function requireGuardians(guardians: Guardians, approvals: readonly Approval[]): void {
  const { patient, accounts, threshold } = guardians;
  const commitment = commitmentTo(guardians);
  const [{ proposal }] = approvals as [Approval];
  // The commitment names the patient, too.
  if (proposal.commitment.toLowerCase() !== commitment) throw new WrongGuardiansError({ patient, commitment });
  const stranger = approvals.find(({ account }) => !accounts.includes(account));
  if (stranger !== undefined) throw new NotGuardianError({ account: stranger.account });
  if (approvals.length >= threshold) return;
  throw new TooFewApprovalsError({ approvals: BigInt(approvals.length), threshold: BigInt(threshold) });
}

function requireEachOnce(approvals: readonly Approval[]): void {
  const again = approvals.find(({ account }, i) => account === approvals[i + 1]?.account);
  if (again === undefined) return;
  throw new ApprovalsNotInOrderError({ previous: again.account, account: again.account });
}
