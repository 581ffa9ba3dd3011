/** The answers of the contracts, in the order of their numbers: contracts/types/Decision.sol. */
export const DECISIONS = [
  "NoConsent",
  "Permit",
  "PermitConditional",
  "PermitEmergency",
  "PermitSelf",
  "PermitCustodian",
  "InvalidRequest",
  "Withheld",
  "Revoked",
  "NotYetValid",
  "Expired",
  "CategoryNotCovered",
  "PurposeNotCovered",
  "ActionNotCovered",
  "GranteeNotActive",
] as const;

/** The answer to "may this grantee do this?". */
export type DecisionName = (typeof DECISIONS)[number];

/** The decision of a number that a contract returned; one that this package does not know is a refusal. */
export function decisionOf(value: bigint): DecisionName {
  return DECISIONS[Number(value)] ?? "InvalidRequest";
}

/** Whether one may act on it: every permit but the conditional one. */
export function isPermit(decision: DecisionName): boolean {
  return PERMITS.has(decision);
}

const PERMITS: ReadonlySet<DecisionName> = /* @__PURE__ */ new Set<DecisionName>([
  "Permit",
  "PermitEmergency",
  "PermitSelf",
  "PermitCustodian",
]);
