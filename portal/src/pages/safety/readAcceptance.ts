import { type Deployment, parseStatement, type SignedStatement, type SignedStatementOf } from "@consentry/sdk";
import { getAddress } from "ethers";

/** Why an acceptance can't be used here. */
export type AcceptanceProblem = "notAcceptance" | "otherNetwork" | "otherPatient" | "sameKey" | "expired";

interface Expected {
  patient: string;
  /** In control now. */
  controller: string;
  deployment: Deployment;
}

/** What a new device shows, or what is wrong with it; whether the signature is valid is found out before the transfer is signed. */
export function readAcceptance(
  text: string,
  { patient, controller, deployment }: Expected,
): SignedStatementOf<"AcceptControl"> | AcceptanceProblem {
  const statement = statementIn(text);
  if (statement?.primaryType !== "AcceptControl") return "notAcceptance";
  const { domain, message } = statement;
  if (!isSame(domain.verifyingContract, deployment.contracts.ConsentRegistry.address)) return "otherNetwork";
  if (domain.chainId !== deployment.chainId) return "otherNetwork";
  if (!isSame(message.patient, patient)) return "otherPatient";
  if (isSame(message.controller, controller)) return "sameKey";
  if (Number(message.deadline) * 1_000 < Date.now()) return "expired";
  return statement;
}

/** A signed statement of any kind; undefined if it is something else. */
export function statementIn(text: string): SignedStatement | undefined {
  try {
    return parseStatement(text);
  } catch {
    return undefined;
  }
}

/** Whether two addresses are one, however they are written. */
export function isSame(one: string, other: string): boolean {
  return getAddress(one) === getAddress(other);
}
