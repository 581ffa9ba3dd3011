import { purposeRows } from "./codes.generated.js";
import { CodeTable } from "./table.js";
import type { CodeInfo, CodeInput, Purpose } from "./types.js";

/** One row of the table of purposes. */
export interface PurposeInfo extends CodeInfo<Purpose> {
  /** The wider purpose that covers this one, unless this one is explicit only. */
  readonly parent: Purpose | null;
  /** Whether it must be named: neither its parent nor an absent purpose covers it. */
  readonly explicitOnly: boolean;
  /** HL7 sub-codes without a bit of their own. */
  readonly subCodes: readonly string[];
}

/** The table of purposes. */
export const purposeTable = /* @__PURE__ */ new CodeTable<Purpose, PurposeInfo>("purpose", purposeRows);

/**
 * The purpose that a name (its HL7 code) or a coding stands for.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * toPurpose({ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code: "TREAT" }); // "TREAT"
 */
export function toPurpose(input: CodeInput<Purpose>): Purpose {
  return purposeTable.get(input).name;
}

/**
 * The bitmask of exactly these purposes; nothing is expanded.
 *
 * @param inputs names or codings
 * @returns uint32
 * @throws UnknownCodeError if the table does not hold one of them
 * @example
 * purposesToBits(["TREAT", "ETREAT"]); // 3n
 */
export function purposesToBits(inputs: readonly CodeInput<Purpose>[]): bigint {
  return purposeTable.toBits(inputs);
}

/**
 * The names of the purposes in a bitmask, in the order of the bits.
 *
 * @param bits uint32
 * @throws UnknownBitsError if a bit is not defined
 * @example
 * purposesFromBits(3n); // ["TREAT", "ETREAT"]
 */
export function purposesFromBits(bits: bigint): Purpose[] {
  return purposeTable.fromBits(bits);
}

/**
 * What a purpose means: bit, plain words, HL7 coding, parent, whether it must be named.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * describePurpose("MLTRAINING").explicitOnly; // true
 */
export function describePurpose(input: CodeInput<Purpose>): PurposeInfo {
  return purposeTable.get(input);
}

/**
 * Every purpose, in the order of the bits.
 *
 * @example
 * allPurposes().at(-1); // "BTG"
 */
export function allPurposes(): Purpose[] {
  return purposeTable.fromBits(purposeTable.mask);
}
