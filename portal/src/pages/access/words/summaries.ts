import {
  allCategories,
  type Category,
  expandPurposes,
  familyMembers,
  familyOf,
  isSensitivity,
  type Purpose,
  type PurposeFamily,
} from "@consentry/sdk";

/** Every kind of data. */
export const ORDINARY: readonly Category[] = allCategories().filter((name) => !isSensitivity(name));

/** Every way in which data can be sensitive. */
export const SENSITIVE: readonly Category[] = allCategories().filter((name) => isSensitivity(name));

/** Kinds of data and sensitive ones, apart. */
export interface Summary {
  readonly kinds: readonly Category[];
  readonly sensitive: readonly Category[];
  /** Whether every kind is there. */
  readonly isAllOrdinary: boolean;
}

/** What some categories are. */
export function summaryOf(categories: readonly Category[]): Summary {
  const kinds = categories.filter((name) => !isSensitivity(name));
  const sensitive = categories.filter((name) => isSensitivity(name));
  return { kinds, sensitive, isAllOrdinary: kinds.length === ORDINARY.length };
}

/** One family of purposes, or a part of it. */
export interface PurposeSummary {
  /** What it is called in short: the root of the family where all that it covers is there. */
  readonly heads: readonly Purpose[];
  /** What the heads cover besides. */
  readonly covered: readonly Purpose[];
}

/** Purposes family by family: a root speaks for all that it covers, what must be named is named. */
export function purposeSummaries(purposes: readonly Purpose[]): PurposeSummary[] {
  const families = [...new Set(purposes.map((purpose) => familyOf(purpose)))];
  return families.map((family) => summaryOfFamily(purposes, family));
}

function summaryOfFamily(purposes: readonly Purpose[], family: PurposeFamily | undefined): PurposeSummary {
  if (family === undefined)
    return { heads: purposes.filter((purpose) => familyOf(purpose) === undefined), covered: [] };
  const members = familyMembers(family).filter((purpose) => purposes.includes(purpose));
  const expanded = expandPurposes([family]);
  if (!expanded.every((purpose) => members.includes(purpose))) return { heads: members, covered: [] };
  const explicit = members.filter((purpose) => !expanded.includes(purpose));
  return { heads: [family, ...explicit], covered: expanded.filter((purpose) => purpose !== family) };
}
