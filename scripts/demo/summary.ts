import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Bundle, CodeableConcept, FhirResource } from "fhir/r4.js";

/** The resources of the International Patient Summary example with all sections (HL7, CC0), of one fictitious patient. */
export function readSummary(): FhirResource[] {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve("hl7.fhir.uv.ips/example/Bundle-bundle-ips-all-sections.json");
  const { entry = [] } = JSON.parse(readFileSync(path, "utf8")) as Bundle;
  return entry.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
}

/** A resource in one line, as `Observation (Body weight)`. */
export function describe(resource: FhirResource): string {
  const name = nameOf("medicationCodeableConcept" in resource ? resource.medicationCodeableConcept : codeOf(resource));
  return name === undefined ? resource.resourceType : `${resource.resourceType} (${name})`;
}

function codeOf(resource: FhirResource): CodeableConcept | undefined {
  return "code" in resource && typeof resource.code === "object" ? resource.code : undefined;
}

function nameOf(concept: CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display;
}
