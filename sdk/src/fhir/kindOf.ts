import { allCategories, describeCategory, findCategory } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import { codingsAt, type Json } from "./elements.js";

/**
 * Elements whose codes decide the kind, the first that decides wins.
 *
 * Sources: hl7.org/fhir/R4 observation.html, diagnosticreport.html, documentreference.html, composition.html, consent.html.
 */
export const DECIDING_ELEMENTS: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map([
  ["Observation", ["category", "code"]],
  ["DiagnosticReport", ["category", "code"]],
  ["DocumentReference", ["category", "type"]],
  ["Composition", ["category", "type"]],
  ["Consent", ["scope", "category"]],
]);

/**
 * Every kind that codes can decide. If those of a resource name several, the first here is its kind: what people guard
 * most, then the more specific.
 *
 * A consent to the other kinds does not release it: an atomic resource has one kind.
 */
export const PRECEDENCE: readonly Category[] = [
  "GENOMICS",
  "ADVANCE_DIRECTIVES",
  "SOCIAL_HISTORY",
  "LABS",
  "IMAGING",
  "CLINICAL_TESTS",
  "VITALS",
  "WEARABLES",
  "MEDICATIONS",
  "PROCEDURES",
  "ASSESSMENTS",
  "EXAMS",
  "NOTES",
];

const KIND_OF_TYPE: ReadonlyMap<string, Category> = /* @__PURE__ */ new Map(
  allCategories().flatMap((name) => describeCategory(name).resourceTypes.map((type) => [type, name] as const)),
);

/**
 * The kind of data of one resource; OTHER_KIND where no table decides.
 *
 * @param resource the resource
 * @param type its resourceType
 * @param path where it stands, for errors
 */
export function kindOf(resource: Json, type: string, path: string): Category {
  for (const element of DECIDING_ELEMENTS.get(type) ?? []) {
    const kind = kindOfCodes(resource, element, path);
    if (kind !== undefined) return kind;
  }
  return kindOfType(type);
}

/** The kind of a resource whose codes decide nothing. */
export function kindOfType(type: string): Category {
  return KIND_OF_TYPE.get(type) ?? "OTHER_KIND";
}

function kindOfCodes(resource: Json, element: string, path: string): Category | undefined {
  const named = new Set(codingsAt(resource[element], `${path}.${element}`).map(findCategory));
  return PRECEDENCE.find((kind) => named.has(kind));
}
