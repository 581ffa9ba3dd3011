import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The resources of the International Patient Summary example with all sections (HL7, CC0), of one fictitious patient. */
export function readSummary() {
  const path = createRequire(import.meta.url).resolve("hl7.fhir.uv.ips/example/Bundle-bundle-ips-all-sections.json");
  return JSON.parse(readFileSync(path, "utf8")).entry.map(({ resource }) => resource);
}
