import { type Action, allCategories, type Coding, describeCategory } from "@consentry/sdk";

/** A resource with at most one code in its category. */
export interface Example {
  resourceType: string;
  category?: { coding: Coding[] }[];
}

const DECIDED = ["Observation", "DiagnosticReport", "DocumentReference", "Composition", "Consent"];
const TYPES = allCategories().flatMap((name) => [...describeCategory(name).resourceTypes]);
const CODINGS = allCategories().flatMap((name) => [...describeCategory(name).codings]);

/** Every type that the tables know and one that they don't, each without a code and with every code. */
export const EXAMPLES: Example[] = [...new Set([...TYPES, ...DECIDED, "Basic"])].flatMap((resourceType) => [
  { resourceType },
  ...(DECIDED.includes(resourceType) ? CODINGS : []).map((coding) => ({
    resourceType,
    category: [{ coding: [coding] }],
  })),
]);

/** What each letter of cruds lets through. */
export const ACTION_OF_LETTER: Record<string, Action | undefined> = {
  c: "collect",
  r: "access",
  u: "correct",
  d: undefined,
  s: "access",
};

/** Whether a server that knows nothing but scopes lets an interaction through: written for itself. */
export function lets(scopes: readonly string[], { resourceType, category }: Example, letter: string): boolean {
  const coding = category?.[0]?.coding[0];
  return scopes.some((scope) => {
    const [, type, letters, query] = /^\w+\/(\*|\w+)\.([a-z]+|\*)(?:\?(.*))?$/.exec(scope) ?? [];
    if (type !== "*" && type !== resourceType) return false;
    const all = { read: "rs", write: "cud", "*": "cruds" }[letters!] ?? letters!;
    if (!all.includes(letter)) return false;
    return (query?.split("&") ?? []).every((param) => {
      const [name, value] = [param.slice(0, param.indexOf("=")), param.slice(param.indexOf("=") + 1)];
      if (name !== "category" || coding === undefined) return false;
      return value.split(",").some((token) => token === coding.code || token === `${coding.system}|${coding.code}`);
    });
  });
}
