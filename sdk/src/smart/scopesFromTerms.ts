import { toAction } from "../codes/actions.js";
import { categoriesFromBits, categoriesToBits, isSensitivity } from "../codes/categories.js";
import type { Action, Category, CodeInput } from "../codes/types.js";
import { toBoolean } from "../values/booleans.js";
import { noNearMiss } from "../values/keys.js";
import { nonEmpty, oneOf } from "../values/lists.js";
import { allKinds, categoryCodes, isDecidedByCodes, kindsOf, typesOf } from "./kinds.js";
import { LETTERS } from "./termsFromScopes.js";

/** What is granted, as in the terms of an event or in the parameters of a grant. */
export interface GrantedTerms {
  categories: readonly CodeInput<Category>[];
  actions: readonly CodeInput<Action>[];
  /** A signed document narrows the terms. */
  conditional?: boolean | undefined;
}

/** Something granted that no scope says. */
export interface LeftOutTerm {
  /** The category or action; undefined: everything. */
  term: Category | Action | undefined;
  reason: "conditional" | "sensitivity" | "no-scope";
  /** Plain words. */
  explanation: string;
}

/** Scopes of terms, and what they don't say. */
export interface ScopesOfTerms {
  scopes: string[];
  leftOut: LeftOutTerm[];
}

const CONTEXTS = ["patient", "user", "system"] as const;

/** For which context of a launch a scope is. */
export type SmartContext = (typeof CONTEXTS)[number];

const EXPLANATIONS: Readonly<Record<LeftOutTerm["reason"], string>> = {
  conditional: "A document narrows the terms, which scopes can't say: evaluate it for each record.",
  sensitivity: "Scopes can't tell sensitive data apart: decide on each record before it is released.",
  "no-scope": "No scope says it.",
};

/**
 * The SMART scopes that terms allow: of categories and actions, never more. What no scope says is left out, and told.
 *
 * Scopes can't tell how sensitive data are, nor of which kind a resource with codes of several is: a token that has them
 * never takes the place of a decision on each record.
 *
 * @param context `patient` if left out
 * @returns scopes of version 2
 * @throws UnknownCodeError, InvalidParameterError
 * @example
 * import { scopesFromTerms } from "@consentry/sdk/fhir";
 *
 * scopesFromTerms({ categories: ["ALLERGIES"], actions: ["access"] }).scopes; // ["patient/AllergyIntolerance.rs"]
 */
export function scopesFromTerms(terms: GrantedTerms, context: SmartContext = "patient"): ScopesOfTerms {
  noNearMiss(terms, ["categories", "actions", "conditional"]);
  oneOf(CONTEXTS, context, "context");
  const categories = categoriesFromBits(categoriesToBits(nonEmpty(terms.categories, "categories")));
  const actions = nonEmpty(terms.actions, "actions").map(toAction);
  if (toBoolean(terms.conditional, "conditional")) return { scopes: [], leftOut: [leave(undefined, "conditional")] };
  const letters = lettersOf(actions);
  const kinds = categories.filter((category) => !isSensitivity(category));
  const parts = kinds.map((kind) => ({ kind, resources: resourcesOf(kind, kinds, letters) }));
  const all = allKinds().every((kind) => kinds.includes(kind)) && letters !== "" ? [`*.${letters}`] : undefined;
  const resources = all ?? [...new Set(parts.flatMap((part) => part.resources))];
  return {
    scopes: resources.map((resource) => `${context}/${resource}`),
    leftOut: [
      ...categories.filter((category) => isSensitivity(category)).map((category) => leave(category, "sensitivity")),
      ...parts
        .filter((part) => all === undefined && part.resources.length === 0)
        .map(({ kind }) => leave(kind, "no-scope")),
      ...actions.filter((action) => !Object.hasOwn(LETTERS, action)).map((action) => leave(action, "no-scope")),
    ],
  };
}

function leave(term: LeftOutTerm["term"], reason: LeftOutTerm["reason"]): LeftOutTerm {
  return { term, reason, explanation: EXPLANATIONS[reason] };
}

/** In the order of cruds. */
function lettersOf(actions: readonly Action[]): string {
  const granted = actions.map((action) => (LETTERS as Partial<Record<Action, string>>)[action] ?? "").join("");
  return ["c", "r", "u", "s"].filter((letter) => granted.includes(letter)).join("");
}

/** A type wholly, if all that its resources can be is granted; else those of its resources that a code tells. */
function resourcesOf(kind: Category, granted: readonly Category[], letters: string): string[] {
  if (letters === "") return [];
  return (typesOf(kind) ?? []).flatMap((type) => {
    if (kindsOf(type).every((each) => granted.includes(each))) return [`${type}.${letters}`];
    return isDecidedByCodes(type) ? filtersOf(type, kind).map((filter) => `${type}.${letters}?${filter}`) : [];
  });
}

/** The preferred code of each system. */
function filtersOf(type: string, kind: Category): string[] {
  const codes = categoryCodes(type, kind);
  const preferred = codes.filter(({ system }, i) => codes.findIndex((each) => each.system === system) === i);
  return preferred.map(({ system, code }) => `category=${system}|${code}`);
}
