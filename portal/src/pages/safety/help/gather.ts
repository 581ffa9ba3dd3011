import type { Guardians, RecoveryProposal, SignedStatementOf } from "@consentry/sdk";
import { isSame, statementIn } from "../readAcceptance.js";

export type Approval = SignedStatementOf<"ApproveRecovery">;

/** What is known of a recovery that is being prepared. */
export interface Gathered {
  readonly guardians?: Guardians | undefined;
  readonly proposal?: RecoveryProposal | undefined;
  readonly approvals: readonly Approval[];
}

/** Why something can't be added. */
export type GatherProblem = "unknown" | "otherProposal" | "otherGuardians";

export const NOTHING: Gathered = { approvals: [] };

/** Adds what somebody passed on: the guardians, a proposal, an approval, or all of it together. */
export function gather(present: Gathered, text: string): Gathered | GatherProblem {
  const parts = partsIn(text);
  if (parts === undefined) return "unknown";
  const { guardians = present.guardians, approvals } = parts;
  if (present.guardians !== undefined && !isSameJson(guardians, present.guardians)) return "otherGuardians";
  const proposals = [present.proposal, parts.proposal, ...approvals.map(proposalOf)].filter(
    (each) => each !== undefined,
  );
  const [proposal] = proposals;
  if (proposals.some((each) => !isSameJson(each, proposal))) return "otherProposal";
  const patients = [guardians?.patient, proposal?.patient].filter((each) => each !== undefined);
  if (patients.length === 2 && !isSame(patients[0] ?? "", patients[1] ?? "")) return "otherGuardians";
  return { guardians, proposal, approvals: eachOnce([...present.approvals, ...approvals]) };
}

/** What the guardian of an approval has approved. */
function proposalOf({ message: { patient, controller, commitment, issuedAt, deadline } }: Approval): RecoveryProposal {
  return { patient, controller, commitment, issuedAt, deadline };
}

function eachOnce(approvals: readonly Approval[]): Approval[] {
  return [...new Map(approvals.map((each) => [each.message.guardian.toLowerCase(), each])).values()];
}

function partsIn(text: string): Gathered | undefined {
  const value = jsonIn(text);
  const statement = statementIn(text);
  if (statement !== undefined)
    return statement.primaryType === "ApproveRecovery" ? { approvals: [statement] } : undefined;
  if (isGuardians(value)) return { guardians: value, approvals: [] };
  if (isProposal(value)) return { proposal: value, approvals: [] };
  return packageIn(value);
}

/** Everything for whoever starts it, as this page saves it. */
function packageIn(value: unknown): Gathered | undefined {
  const { guardians, approvals } = (value ?? {}) as { guardians?: unknown; approvals?: unknown };
  if (!isGuardians(guardians) || !Array.isArray(approvals)) return undefined;
  const statements = approvals.map((each) => statementIn(JSON.stringify(each)));
  const known = statements.filter((each) => each?.primaryType === "ApproveRecovery");
  return known.length === approvals.length ? { guardians, approvals: known } : undefined;
}

const PROPOSAL = ["patient", "controller", "commitment", "issuedAt", "deadline"];
const GUARDIANS = ["patient", "accounts", "threshold", "salt"];

function isProposal(value: unknown): value is RecoveryProposal {
  if (!hasJust(value, PROPOSAL)) return false;
  const { patient, controller, issuedAt, deadline } = value;
  return (
    [patient, controller].every(isAddress) && [issuedAt, deadline].every((each) => /^\d{1,15}$/.test(String(each)))
  );
}

function isGuardians(value: unknown): value is Guardians {
  if (!hasJust(value, GUARDIANS)) return false;
  const { patient, accounts, threshold, salt } = value;
  if (!Array.isArray(accounts) || accounts.length === 0 || !accounts.every(isAddress)) return false;
  return isAddress(patient) && Number.isInteger(threshold) && typeof salt === "string";
}

function hasJust(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value);
}

function isSameJson(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

/** However the fields are ordered, and addresses written. */
function sorted(value: unknown): string {
  const entries = Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries).toLowerCase();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
