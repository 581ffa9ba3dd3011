import {
  type Action,
  allActions,
  allCategories,
  allPurposes,
  type Category,
  type ProviderKind,
  type Purpose,
} from "@consentry/sdk";
import { type Draft, isOneByOne, type Offer } from "./draft.js";
import { ALL_ENDS, type EndName } from "./ends.js";

/** What makes sense together; all of it can be changed. */
export type PresetName = "treatment" | "medicines" | "insurer" | "research" | "own";

interface Preset {
  readonly categories: readonly Category[];
  readonly purposes: readonly Purpose[];
  readonly actions: readonly Action[];
  readonly end: EndName;
}

const PRESETS: Readonly<Record<PresetName, Preset>> = {
  treatment: {
    categories: allCategories().filter((category) => !isOneByOne(category)),
    purposes: ["TREAT"],
    actions: ["access"],
    end: "year",
  },
  medicines: { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT"], actions: ["access"], end: "quarter" },
  insurer: { categories: ["COVERAGE", "CLAIMS"], purposes: ["HPAYMT"], actions: ["access"], end: "year" },
  research: {
    categories: ["PROBLEMS", "MEDICATIONS", "VITALS", "LABS"],
    purposes: ["HRESCH"],
    actions: ["access", "use"],
    end: "year",
  },
  own: { categories: [], purposes: [], actions: ["access"], end: "quarter" },
};

/** The presets, the one first that most providers of the kind are chosen for. */
export function presetsFor(kind: ProviderKind): PresetName[] {
  const names = Object.keys(PRESETS) as PresetName[];
  const first = kind === "payer" ? "insurer" : kind === "researcher" ? "research" : "treatment";
  return [first, ...names.filter((name) => name !== first)];
}

/** What a preset begins with. */
export function draftOf(name: PresetName): Draft {
  return { ...PRESETS[name], date: "" };
}

/** Everything that somebody can allow by themselves. */
export const EVERYTHING: Offer = {
  categories: allCategories(),
  purposes: allPurposes().filter((purpose) => purpose !== "BTG"),
  actions: allActions(),
  ends: ALL_ENDS,
  lastDay: undefined,
};
