import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fixture, namesIn } from "./fixtures.js";

/** Records as others write them. */
export interface RealBundle {
  resourceType: "Bundle";
  type: string;
  entry: { fullUrl: string; resource: { resourceType: string; id?: string; meta?: object } }[];
}

const SUMMARIES = join(import.meta.dirname, "../../../node_modules/hl7.fhir.uv.ips/example");

/** Three synthetic patients of Synthea, each with a whole life of records. */
export function patients(): RealBundle[] {
  return namesIn("synthea-r4").map((name) => fixture("synthea-r4", name) as RealBundle);
}

/** The patient summaries that HL7 publishes as examples. */
export function summaries(): RealBundle[] {
  const names = readdirSync(SUMMARIES).filter((name) => /^Bundle-.*\.json$/.test(name));
  return names.sort().map((name) => JSON.parse(readFileSync(join(SUMMARIES, name), "utf8")) as RealBundle);
}
