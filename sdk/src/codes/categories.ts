import { categoryRows, plainLabels } from "./codes.generated.js";
import { CodeTable } from "./table.js";
import type { Category, CodeInfo, CodeInput, Coding } from "./types.js";

/** One row of the table of categories. */
export interface CategoryInfo extends CodeInfo<Category> {
  /** The wider sensitivity in HL7's hierarchy; it does not cover this one. */
  readonly parent: Category | null;
  /** FHIR resource types (R4 and R5) that are of this kind unless a category code says otherwise. */
  readonly resourceTypes: readonly string[];
}

const table = /* @__PURE__ */ new CodeTable<Category, CategoryInfo>("category", categoryRows);

/** Kinds of data: the low half of the mask. */
const KINDS = 0xffffffffn;

/**
 * The category that a name, an HL7 code or a coding stands for.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * toCategory("laboratory"); // "LABS"
 */
export function toCategory(input: CodeInput<Category>): Category {
  return table.get(input).name;
}

/**
 * The bitmask of categories, as the contracts hold it.
 *
 * @param inputs names, HL7 codes or codings
 * @returns uint64: kinds of data in bits 0-31, sensitivity in bits 32-63
 * @throws UnknownCodeError if the table does not hold one of them
 * @example
 * categoriesToBits(["LABS", { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" }]);
 * // 34359738624n
 */
export function categoriesToBits(inputs: readonly CodeInput<Category>[]): bigint {
  return table.toBits(inputs);
}

/**
 * The names of the categories in a bitmask, in the order of the bits.
 *
 * @param bits uint64
 * @throws UnknownBitsError if a bit is not defined
 * @example
 * categoriesFromBits(0x800000100n); // ["LABS", "PSY"]
 */
export function categoriesFromBits(bits: bigint): Category[] {
  return table.fromBits(bits);
}

/**
 * What a category means: bit, plain words, HL7 codings, parent, resource types.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * describeCategory("LABS").text; // "Results of blood, urine, tissue and other laboratory tests"
 */
export function describeCategory(input: CodeInput<Category>): CategoryInfo {
  return table.get(input);
}

/**
 * Every category, in the order of the bits.
 *
 * @example
 * allCategories()[0]; // "DEMOGRAPHICS"
 */
export function allCategories(): Category[] {
  return table.fromBits(table.mask);
}

/**
 * Whether a category says how sensitive data is, and not what kind it is of.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * isSensitivity("PSY"); // true
 */
export function isSensitivity(input: CodeInput<Category>): boolean {
  return ((1n << BigInt(table.get(input).bit)) & KINDS) === 0n;
}

/**
 * The category of a coding, undefined if the table does not hold it.
 *
 * @example
 * findCategory({ system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code: "R" }); // "RESTRICTED"
 */
export function findCategory(coding: Coding): Category | undefined {
  return table.find(coding)?.name;
}

/**
 * Whether a security label is known to say nothing sensitive: confidentiality normal or lower, or test data.
 *
 * @example
 * isPlainLabel({ system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code: "N" }); // true
 */
export function isPlainLabel(coding: Coding): boolean {
  return plainLabels.some(({ system, code }) => system === coding.system && code === coding.code);
}
