import { type PurposeInfo, purposeTable } from "../../codes/purposes.js";
import type { Coding } from "../../codes/types.js";
import type { Effect, PurposeList } from "./types.js";

/** What a purpose covers in a permit: its sub-codes, but those that must be named. As bits. */
const IN_PERMIT: ReadonlyMap<string, number> = /* @__PURE__ */ coverage((row) => !row.explicitOnly);

/** What a purpose covers in a deny: all its sub-codes. As bits. */
const IN_DENY: ReadonlyMap<string, number> = /* @__PURE__ */ coverage(() => true);

/** What no purpose at all covers in a permit: whatever need not be named. As bits. */
export const ANY_IN_PERMIT: number = /* @__PURE__ */ sum(
  /* @__PURE__ */ purposeTable.rows.filter(({ explicitOnly }) => !explicitOnly),
);

/** The row of a purpose and, if it has no bit of its own, its code. Undefined: HL7's purposes do not hold it. */
export function purposeOf(coding: Coding): { row: PurposeInfo; subCode: string | undefined } | undefined {
  const row = purposeTable.find(coding);
  if (row !== undefined) return { row, subCode: undefined };
  const parent = purposeTable.rows.find(({ subCodes, codings }) => {
    return subCodes.includes(coding.code) && codings.some(({ system }) => system === coding.system);
  });
  return parent === undefined ? undefined : { row: parent, subCode: coding.code };
}

/** The purposes that a rule names. */
export function purposeList(
  purposes: readonly NonNullable<ReturnType<typeof purposeOf>>[],
  effect: Effect,
): PurposeList {
  const covers = effect === "permit" ? IN_PERMIT : IN_DENY;
  let bits = 0;
  const subCodes = new Set<string>();
  for (const { row, subCode } of purposes) {
    if (subCode === undefined) bits |= covers.get(row.name) ?? 0;
    else subCodes.add(subCode);
  }
  return { bits, subCodes };
}

/** One bit of a table as a number: those of purposes fit. */
export function bitOf({ bit }: { readonly bit: number }): number {
  return (1 << bit) >>> 0;
}

function coverage(isImplied: (row: PurposeInfo) => boolean): Map<string, number> {
  const isUnder = (row: PurposeInfo, root: PurposeInfo): boolean => {
    if (row === root) return true;
    return isImplied(row) && row.parent !== null && isUnder(purposeTable.get(row.parent), root);
  };
  return new Map(
    purposeTable.rows.map((root) => [root.name, sum(purposeTable.rows.filter((row) => isUnder(row, root)))]),
  );
}

function sum(rows: readonly PurposeInfo[]): number {
  return rows.reduce((bits, row) => (bits | bitOf(row)) >>> 0, 0);
}
