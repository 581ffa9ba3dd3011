import type { SignedStatement, StatementType } from "@consentry/sdk";

/** What only takes back: it has no deadline, goes first, and has limits of its own. */
const WITHDRAWALS: readonly StatementType[] = ["Revocations", "RevokeAll", "CancelRecovery", "DismissRepresentative"];

/** Whether statements of a type only take back; false for whatever is no type. */
export function isWithdrawal(type: unknown): boolean {
  return (WITHDRAWALS as readonly unknown[]).includes(type);
}

/** Whom a statement is about: the patient, or the parent of a dependent that does not exist yet. */
export function subjectOf({ message }: SignedStatement): string {
  return "parent" in message ? message.parent : message.patient;
}
