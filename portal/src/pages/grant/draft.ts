import type { Action, Category, Purpose } from "@consentry/sdk";
import { describePurpose, expandPurposes, isSensitivity } from "@consentry/sdk";
import type { EndName } from "./ends.js";

/** What the patient is about to allow, as far as it is chosen. */
export interface Draft {
  readonly categories: readonly Category[];
  /** As chosen: a purpose stands for those that it covers. */
  readonly purposes: readonly Purpose[];
  readonly actions: readonly Action[];
  readonly end: EndName;
  /** The last day, as in 2027-01-31, if `end` is a date. */
  readonly date: string;
}

/** What can be chosen. */
export interface Offer {
  readonly categories: readonly Category[];
  /** Every purpose by its own name. */
  readonly purposes: readonly Purpose[];
  readonly actions: readonly Action[];
  readonly ends: readonly EndName[];
  /** The latest day that can be chosen; undefined: any. */
  readonly lastDay: string | undefined;
}

/** What a part of the form is given. */
export interface FieldsProps {
  readonly draft: Draft;
  readonly offer: Offer;
  readonly change: (part: Partial<Draft>) => void;
}

/** Whether a kind of data is only ever chosen for itself: what is sensitive, and genes, which are the relatives' as well. */
export function isOneByOne(category: Category): boolean {
  return isSensitivity(category) || category === "GENOMICS";
}

/** The list with or without an item. */
export function toggled<Item>(items: readonly Item[], item: Item, isIn: boolean): Item[] {
  const others = items.filter((each) => each !== item);
  return isIn ? [...others, item] : others;
}

/** Purposes without those that another one among them covers: fewer words for the same. */
export function fewestPurposes(purposes: readonly Purpose[]): Purpose[] {
  const covered = new Set<Purpose>();
  for (const purpose of purposes) {
    const all = expandPurposes([purpose]);
    if (!all.every((each) => purposes.includes(each))) continue;
    for (const each of all) if (each !== purpose) covered.add(each);
  }
  return purposes.filter((purpose) => !covered.has(purpose));
}

/** The wider purpose that a grant would have to name for this one to be covered; undefined if it must be named itself. */
export function coveredBy(purpose: Purpose, chosen: readonly Purpose[]): Purpose | undefined {
  const { parent, explicitOnly } = describePurpose(purpose);
  if (parent === null || explicitOnly) return undefined;
  return chosen.includes(parent) ? parent : coveredBy(parent, chosen);
}

/** What is missing before it can be signed. */
export function missingIn({
  categories,
  purposes,
  actions,
  end,
  date,
}: Draft): ("categories" | "purposes" | "actions" | "date")[] {
  const missing: ("categories" | "purposes" | "actions" | "date")[] = [];
  if (categories.length === 0) missing.push("categories");
  if (purposes.length === 0) missing.push("purposes");
  if (actions.length === 0) missing.push("actions");
  if (end === "date" && date === "") missing.push("date");
  return missing;
}
