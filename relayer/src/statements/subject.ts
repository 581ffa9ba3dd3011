import type { SignedStatement, StatementType } from "@consentry/sdk";

/**
 * What takes back or closes: it goes first, and has limits and a reserve of its own. Exclusions may open something again,
 * which can't be told without the chain.
 */
const WITHDRAWALS: readonly StatementType[] = [
  "Revocations",
  "RevokeAll",
  "CancelRecovery",
  "DismissRepresentative",
  "SetExclusions",
];

/** Whether statements of a type take back or close; false for whatever is no type. */
export function isWithdrawal(type: unknown): boolean {
  return (WITHDRAWALS as readonly unknown[]).includes(type);
}

/** Whom a statement is about, in small letters: the patient, or the parent of a dependent that does not exist yet. */
export function subjectOf({ message }: SignedStatement): string {
  return ("parent" in message ? message.parent : message.patient).toLowerCase();
}
