import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = process.env["CONSENTRY_FIXTURES"] ?? join(import.meta.dirname, "../../../shared/fixtures");
const IPS = join(import.meta.dirname, "../../node_modules/hl7.fhir.uv.ips/example");

/** The texts of the files in a folder of the fixtures whose names begin so. */
export function textsIn(folder: string, prefix = ""): string[] {
  return textsAt(join(FIXTURES, folder), prefix);
}

/** The texts of the patient summaries that HL7 publishes. */
export function summaries(): string[] {
  return textsAt(IPS, "Bundle-");
}

function textsAt(folder: string, prefix: string): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(".json"));
  return names.sort().map((name) => readFileSync(join(folder, name), "utf8"));
}
