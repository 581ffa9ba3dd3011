import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Bundle, CodeableConcept, FhirResource } from "fhir/r4.js";

/** The resources of the International Patient Summary example with all sections (HL7, CC0), of one fictitious patient. */
export function readSummary(): FhirResource[] {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve("hl7.fhir.uv.ips/example/Bundle-bundle-ips-all-sections.json");
  const { entry = [] } = JSON.parse(readFileSync(path, "utf8")) as Bundle<FhirResource>;
  return entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
}

/** A resource in one line, as `Observation (Body weight)`. */
export function describe(resource: FhirResource): string {
  const { code, medicationCodeableConcept } = resource as { code?: unknown; medicationCodeableConcept?: unknown };
  const name = nameOf(medicationCodeableConcept ?? code);
  return name === undefined ? resource.resourceType : `${resource.resourceType} (${name})`;
}

function nameOf(concept: unknown): string | undefined {
  const { text, coding } = (concept ?? {}) as CodeableConcept;
  return text ?? coding?.find(({ display }) => display !== undefined)?.display;
}
