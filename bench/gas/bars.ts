/** The most that an operation may cost, in gas. */
export const BARS = {
  grant: 52_500,
  grantNarrower: 52_500,
  grantBatch100PerItem: 27_500,
  replace: 35_500,
  revoke: 33_500,
  revokeAllFirst: 47_000,
  revokeAllLater: 30_000,
  decide: 15_000,
  decideAmong10000: 15_000,
  decideWorst: 32_000,
  registerRecord: 92_500,
  registerRecordByMember: 96_500,
  logAccess: 57_000,
  logAccessByMember: 61_500,
  logAccessByCategory: 46_000,
  logAccessByCategoryMember: 50_000,
  anchor1000PerEntry: 80,
} as const;

export type Operation = keyof typeof BARS;
