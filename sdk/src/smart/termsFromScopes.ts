import { actionsFromBits, actionsToBits } from "../codes/actions.js";
import { categoriesFromBits, categoriesToBits } from "../codes/categories.js";
import type { Action, Category } from "../codes/types.js";
import { categoryCodes, kindsOf, typesOf } from "./kinds.js";
import { parseScope, scopesIn, type SmartScope } from "./parseScope.js";

/** Why a scope is not, or not wholly, in the terms. */
export type LeftOutReason = "no-data" | "delete" | "part" | "uneven";

/** A scope that is not, or not wholly, in the terms. */
export interface LeftOutScope {
  scope: string;
  reason: LeftOutReason;
  /** Plain words. */
  explanation: string;
}

/** What terms can say of scopes. */
export interface TermsOfScopes {
  /** Kinds of data of which the scopes ask for everything. No sensitivity is among them: name what is meant. */
  categories: Category[];
  /** What the scopes ask to do with all of these. */
  actions: Action[];
  /** What is not, or not wholly, in categories and actions. */
  leftOut: LeftOutScope[];
  /**
   * All that the scopes touch: terms of a consent whose document narrows them to the scopes. Grant it as it is, with
   * `conditional` and the hash of the document.
   */
  ceiling: { categories: Category[]; actions: Action[]; conditional: boolean };
}

/** The letters of cruds that an action is; it is asked for wholly where all of them are. */
export const LETTERS = { collect: "c", access: "rs", correct: "u" } as const satisfies Partial<Record<Action, string>>;

type SmartAction = keyof typeof LETTERS;
const SMART_ACTIONS = Object.keys(LETTERS) as SmartAction[];

const EXPLANATIONS: Readonly<Record<LeftOutReason, string>> = {
  "no-data": "It asks for no resources.",
  delete: "No action of a consent is to delete.",
  part: "It asks for a part of a category: for some types or codes, or to read without to search.",
  uneven: "It asks to do something with one category that is not asked for with all.",
};

/**
 * The terms that SMART scopes ask for: never more. A consent says categories and actions, each with all the others, so what a
 * scope asks of a part only is left out, and told; `ceiling` has it for a consent that a document narrows.
 *
 * Contexts (`patient/`, `user/`, `system/`) are not told apart: a consent is of one patient. Scopes of SMART 1 are taken as
 * version 2 says the same. See https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 *
 * @param scopes a list, or a text in which they stand apart by spaces
 * @throws InvalidSmartScopeError
 * @example
 * import { termsFromScopes } from "@consentry/sdk/fhir";
 *
 * const { categories, actions } = termsFromScopes("launch patient/AllergyIntolerance.rs patient/Condition.rs");
 * console.log(categories, actions); // ["PROBLEMS", "ALLERGIES"] ["access"]
 */
export function termsFromScopes(scopes: string | readonly string[]): TermsOfScopes {
  const texts = scopesIn(scopes);
  const parsed = texts.map(parseScope).filter((scope) => scope !== undefined);
  const touched = { categories: kindsIn(parsed), actions: actionsIn(parsed) };
  const exact = exactOf(parsed, touched.categories, touched.actions);
  return {
    ...exact,
    leftOut: texts.flatMap((text) => leftOutOf(text, parsed, exact)),
    ceiling: { ...touched, conditional: !isWhole(parsed, touched.categories, touched.actions) },
  };
}

/** The largest part that is asked for wholly: first of actions, then of the categories that are whole in all of them. */
function exactOf(
  scopes: readonly SmartScope[],
  kinds: readonly Category[],
  touched: readonly Action[],
): { categories: Category[]; actions: Action[] } {
  const actions = touched.filter((action) => kinds.some((kind) => isWhole(scopes, [kind], [action])));
  const categories = kinds.filter((kind) => isWhole(scopes, [kind], actions));
  return actions.length === 0 || categories.length === 0 ? { categories: [], actions: [] } : { categories, actions };
}

/** Whether scopes ask for all resources of the kinds, with every letter of the actions. */
function isWhole(scopes: readonly SmartScope[], kinds: readonly Category[], actions: readonly Action[]): boolean {
  const letters = actions.map((action) => LETTERS[action as SmartAction]).join("");
  const plain = scopes.filter(({ params }) => params.length === 0);
  const has = (type: string, letter: string) =>
    plain.some((scope) => (scope.type === "*" || scope.type === type) && scope.letters.includes(letter));
  return kinds.every((kind) => (typesOf(kind) ?? ["*"]).every((type) => [...letters].every((each) => has(type, each))));
}

/** What scopes touch, in the order of the bits. */
function kindsIn(scopes: readonly SmartScope[]): Category[] {
  const asked = scopes.filter((scope) => actionsIn([scope]).length > 0);
  return categoriesFromBits(categoriesToBits(asked.flatMap(kindsOfScope)));
}

function actionsIn(scopes: readonly SmartScope[]): Action[] {
  const touches = (action: SmartAction) => {
    const letters: string = LETTERS[action];
    return scopes.some((scope) => [...letters].some((letter) => scope.letters.includes(letter)));
  };
  return actionsFromBits(actionsToBits(SMART_ACTIONS.filter(touches)));
}

/** Those that the codes in `?category=` name, if all of them are known; else all that the type can be of. */
function kindsOfScope({ type, params }: SmartScope): Category[] {
  const kinds = kindsOf(type);
  const [, codes] = params.find(([name]) => name === "category") ?? [];
  const named = codes?.split(",").map((code) => kinds.filter((kind) => isNamed(code, type, kind))) ?? [];
  return named.length === 0 || named.some((each) => each.length === 0) ? kinds : named.flat();
}

function isNamed(token: string, type: string, kind: Category): boolean {
  return categoryCodes(type, kind).some(({ system, code }) => token === code || token === `${system}|${code}`);
}

function leftOutOf(
  text: string,
  scopes: readonly SmartScope[],
  exact: { categories: readonly Category[]; actions: readonly Action[] },
): LeftOutScope[] {
  const scope = scopes.find((each) => each.text === text);
  const leave = (reason: LeftOutReason) => ({ scope: text, reason, explanation: EXPLANATIONS[reason] });
  if (scope === undefined) return [leave("no-data")];
  const reasons = new Set<LeftOutReason>(scope.letters.includes("d") ? ["delete"] : []);
  const actions = actionsIn([scope]);
  for (const kind of actions.length === 0 ? [] : kindsOfScope(scope)) {
    if (!isWhole(scopes, [kind], actions)) reasons.add("part");
    else if (!exact.categories.includes(kind)) reasons.add("uneven");
    else if (actions.some((action) => !exact.actions.includes(action))) reasons.add("uneven");
  }
  return [...reasons].map(leave);
}
