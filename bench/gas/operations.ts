/** What an operation is in one line, and, where it has a bar, the most gas that it may cost. */
interface Description {
  readonly what: string;
  readonly bar?: number;
}

/** Every operation that is measured, in the order of the report; one without a bar is only reported. */
export const OPERATIONS = {
  grant: { what: "one consent, given directly", bar: 52_500 },
  grantNarrower: { what: "the same for one family of purposes", bar: 52_500 },
  grantBatch100PerItem: { what: "one of 100 consents in one call", bar: 27_500 },
  replace: { what: "new terms in the place of a consent", bar: 35_500 },
  revoke: { what: "one consent withdrawn", bar: 33_500 },
  revokeAllFirst: { what: "all consents withdrawn, the first time", bar: 47_000 },
  revokeAllLater: { what: "all consents withdrawn once more", bar: 30_000 },
  grantBySigNew: { what: "one consent, signed by the patient and delivered by another", bar: 64_000 },
  grantBySigReplacing: { what: "the same in the place of a consent", bar: 47_000 },
  grantBySigBatch10PerItem: { what: "one of 10 signed consents in one call" },
  grantByPasskey: { what: "one consent signed by a passkey, P-256 precompiled" },
  grantByPasskeyNoPrecompile: { what: "the same on a chain without the precompile" },
  breakGlass: { what: "emergency access" },
  decide: { what: "a decision (execution alone)", bar: 15_000 },
  decideAmong10000: { what: "the same beside 10,000 other consents", bar: 15_000 },
  decideWorst: { what: "a decision that reads every place", bar: 32_000 },
  registerRecord: { what: "a record registered by its custodian", bar: 92_500 },
  registerRecordByMember: { what: "the same by a member of the custodian", bar: 96_500 },
  logAccess: { what: "an access to a record decided and logged", bar: 57_000 },
  logAccessByMember: { what: "the same by a member of an organization", bar: 61_500 },
  logAccessByCategory: { what: "an access to kinds of data decided and logged", bar: 46_000 },
  logAccessByCategoryByMember: { what: "the same by a member of an organization", bar: 50_000 },
  anchor1000PerEntry: { what: "one of 1,000 audit entries anchored in one root", bar: 80 },
  verifyAnchor: { what: "one of these entries proved (execution alone)" },
} as const satisfies Record<string, Description>;

export type Operation = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[];

/** Gas by operation: of the whole transaction, or of the execution alone where the operation is a view. */
export type Figures = Partial<Record<Operation, number>>;

export function barOf(operation: Operation): number | undefined {
  return (OPERATIONS[operation] as Description).bar;
}
