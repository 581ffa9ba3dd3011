import { allCategories, describeCategory, isSensitivity } from "../codes/categories.js";
import type { Category, Coding } from "../codes/types.js";
import { DECIDING_ELEMENTS, kindOfType, PRECEDENCE } from "../fhir/kindOf.js";

/** Every kind of data; sensitivities are none. */
export function allKinds(): Category[] {
  return allCategories().filter((category) => !isSensitivity(category));
}

/** The kinds that resources of a type can be of. */
export function kindsOf(type: string): Category[] {
  if (type === "*") return allKinds();
  return isDecidedByCodes(type) ? [...new Set([...PRECEDENCE, kindOfType(type)])] : [kindOfType(type)];
}

/** Whether the kind of a resource of the type depends on its codes. */
export function isDecidedByCodes(type: string): boolean {
  return DECIDING_ELEMENTS.has(type);
}

/** The types of all resources of a kind; undefined: no list holds them all. */
export function typesOf(kind: Category): string[] | undefined {
  if (kind === "OTHER_KIND") return undefined;
  const deciding = [...DECIDING_ELEMENTS.keys()].filter((type) => kindsOf(type).includes(kind));
  return [...new Set([...describeCategory(kind).resourceTypes, ...deciding])];
}

/** Which systems of codes stand in the element `category` of a type. */
const CATEGORY_SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  Observation: [
    "http://terminology.hl7.org/CodeSystem/observation-category",
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-category",
  ],
  DiagnosticReport: ["http://terminology.hl7.org/CodeSystem/v2-0074", "http://loinc.org"],
  DocumentReference: ["http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"],
  Consent: ["http://terminology.hl7.org/CodeSystem/consentcategorycodes"],
};

/** The codes of `category` by which resources of a type are of a kind. */
export function categoryCodes(type: string, kind: Category): Coding[] {
  const systems = CATEGORY_SYSTEMS[type] ?? [];
  return describeCategory(kind).codings.filter(({ system, code }) => {
    // Of LOINC, only its parts are categories of reports; the others are codes of observations and documents.
    return systems.includes(system) && (system !== "http://loinc.org" || code.startsWith("LP"));
  });
}
