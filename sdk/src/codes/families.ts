import { purposeTable, type PurposeInfo } from "./purposes.js";
import { isCoding } from "./table.js";
import type { CodeInput, Purpose, PurposeFamily } from "./types.js";

/**
 * The family of a purpose, named after its root; undefined for break-glass, which is in none.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * familyOf("MLTRAINING"); // "HOPERAT"
 */
export function familyOf(purpose: CodeInput<Purpose>): PurposeFamily | undefined {
  const root = ancestry(purposeTable.get(purpose)).at(-1)?.name;
  return root === "BTG" ? undefined : (root as PurposeFamily);
}

/**
 * Every purpose of a family in the order of the bits, the explicit-only ones included.
 *
 * @example
 * familyMembers("PUBHLTH"); // ["PUBHLTH", "DISASTER", "THREAT"]
 */
export function familyMembers(family: PurposeFamily): Purpose[] {
  return purposeTable.rows.map(({ name }) => name).filter((name) => familyOf(name) === family);
}

/**
 * The purposes that a grant of these covers: a parent covers its sub-codes, except those that must be named.
 *
 * @param inputs names or codings
 * @returns names in the order of the bits, none twice
 * @throws UnknownCodeError if the table does not hold one of them
 * @example
 * expandPurposes(["TREAT"]); // ["TREAT", "ETREAT", "COC", "TREATDS"], not CLINTRL and POPHLTH
 */
export function expandPurposes(inputs: readonly CodeInput<Purpose>[]): Purpose[] {
  const named = new Set(inputs.map((input) => purposeTable.get(input)));
  return purposeTable.rows.filter((row) => isCovered(row, named)).map(({ name }) => name);
}

/**
 * The purposes that "any purpose" covers: all that need not be named.
 *
 * @example
 * anyPurpose().includes("BTG"); // false
 */
export function anyPurpose(): Purpose[] {
  return purposeTable.rows.filter(({ explicitOnly }) => !explicitOnly).map(({ name }) => name);
}

/**
 * The purpose that a request stands for: an HL7 sub-code without a bit of its own takes its nearest ancestor's.
 *
 * For requests only: a grant of a sub-code must never be rounded up to its ancestor.
 *
 * @throws UnknownCodeError if HL7's purposes of use do not hold it
 * @example
 * requestedPurpose("ERTREAT"); // "ETREAT"
 */
export function requestedPurpose(input: CodeInput<Purpose>): Purpose {
  const row = purposeTable.find(input) ?? purposeTable.rows.find((candidate) => hasSubCode(candidate, input));
  return (row ?? purposeTable.get(input)).name;
}

/** The row, its parent, and so on up to the root. */
function ancestry(row: PurposeInfo): PurposeInfo[] {
  return row.parent === null ? [row] : [row, ...ancestry(purposeTable.get(row.parent))];
}

function isCovered(row: PurposeInfo, named: ReadonlySet<PurposeInfo>): boolean {
  if (named.has(row)) return true;
  return !row.explicitOnly && row.parent !== null && isCovered(purposeTable.get(row.parent), named);
}

function hasSubCode({ subCodes, codings }: PurposeInfo, input: CodeInput<Purpose>): boolean {
  if (typeof input === "string") return subCodes.includes(input);
  if (!isCoding(input)) return false;
  return codings.some(({ system }) => system === input.system) && subCodes.includes(input.code);
}
