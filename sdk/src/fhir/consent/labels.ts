import { allCategories, describeCategory, findCategory, isPlainLabel, isSensitivity } from "../../codes/categories.js";
import type { Category, Coding } from "../../codes/types.js";
import type { Effect, LabelList } from "./types.js";

/**
 * The system of this package's own categories, for what no HL7 code says: `class` with a kind of data, as LABS, means the
 * resources that `labelsOf` finds to be of it; a `securityLabel` with a sensitivity means it alone, without its sub-codes.
 */
export const CATEGORY_SYSTEM = "urn:x-consentry:category";

/** The class of no data, in that system. */
export const NO_KIND = "NONE";

const CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const LEVELS = ["U", "L", "M", "N", "R", "V"];

const SENSITIVITIES: readonly Category[] = /* @__PURE__ */ allCategories().filter((name) => isSensitivity(name));

/** A label as it is compared. */
export function keyOf({ system, code }: Coding): string {
  return `${system}|${code}`;
}

/** The bit of a sensitivity as a number. */
export function sensitivityBit(name: Category): number {
  return (1 << (describeCategory(name).bit - 32)) >>> 0;
}

/** The bits that a label means in a deny: its own, its sub-codes', and a higher confidentiality's. */
const IN_DENY: ReadonlyMap<Category, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ SENSITIVITIES.map((name) => {
    const covered = SENSITIVITIES.filter((each) => isUnder(each, name));
    return [name, covered.reduce((bits, each) => (bits | sensitivityBit(each)) >>> 0, 0)];
  }),
);

/** The sensitivities that a deny of one covers, itself included. */
export function isUnder(name: Category, root: Category): boolean {
  if (name === root) return true;
  if (name === "VERY_RESTRICTED") return root === "RESTRICTED";
  const { parent } = describeCategory(name);
  return parent !== null && isUnder(parent, root);
}

/** The labels that a rule names. */
export function labelList(labels: readonly Coding[], effect: Effect): LabelList {
  let [bits, named, hasUnknown, hasPlain] = [0, 0, false, false];
  const keys = new Set<string>();
  for (const label of labels) {
    const category = sensitivityOf(label);
    const isOwn = label.system === CATEGORY_SYSTEM;
    if (!isOwn) keys.add(keyOf(label));
    if (category !== undefined) named |= sensitivityBit(category);
    if (isOwn && category !== undefined) bits |= sensitivityBit(category);
    else if (category !== undefined && effect === "deny") bits |= IN_DENY.get(category) ?? 0;
    else if (isPlainLabel(label)) hasPlain = true;
    else if (category === undefined) hasUnknown = true;
  }
  return { keys, bits: bits >>> 0, named: named >>> 0, hasPlain, hasUnknown };
}

/** The sensitivity that a label stands for; undefined if it is plain or of no table. */
export function sensitivityOf(label: Coding): Category | undefined {
  if (label.system === CATEGORY_SYSTEM) return SENSITIVITIES.find((name) => name === label.code);
  const category = findCategory(label);
  return category !== undefined && isSensitivity(category) ? category : undefined;
}

/** The labels of data, as rules ask for them. */
export interface DataLabels {
  /** Every one, as `system|code`. */
  readonly all: ReadonlySet<string>;
  /** The same without a lower confidentiality beside a higher one: what may be permitted. */
  readonly effective: ReadonlySet<string>;
  /** Sensitivities; those of no table are OTHER_SENSITIVE. */
  readonly bits: number;
}

const OTHER = /* @__PURE__ */ sensitivityBit("OTHER_SENSITIVE");

/** Puts the labels of data together. */
export function dataLabels(labels: readonly Coding[]): DataLabels {
  const all = new Set(labels.map(keyOf));
  const highest = Math.max(...labels.map(levelOf));
  const effective = new Set(labels.filter((label) => levelOf(label) < 0 || levelOf(label) === highest).map(keyOf));
  let bits = 0;
  for (const label of labels) {
    if (isPlainLabel(label)) continue;
    const category = sensitivityOf(label);
    bits |= category === undefined ? OTHER : sensitivityBit(category);
  }
  return { all, effective, bits: bits >>> 0 };
}

/** Whether data may be what a rule about unknown labels means: they have labels of no table. */
export function hasOther({ bits }: DataLabels): boolean {
  return (bits & OTHER) !== 0;
}

function levelOf({ system, code }: Coding): number {
  return system === CONFIDENTIALITY ? LEVELS.indexOf(code) : -1;
}
