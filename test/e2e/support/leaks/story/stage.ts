import type { FhirResource } from "fhir/r4.js";
import { controlled, type Controlled } from "../../../../sdk/patients/world.js";
import type { RealBundle } from "../../../../sdk/fhir/records.js";
import { Secrets } from "../secrets.js";

/** What the directory tells everybody, on purpose. */
export interface Published {
  name: string;
  endpoint: string;
  identifier: string;
}

/** A chain on which a patient with a real record lives. */
export interface Stage extends Controlled {
  bundle: RealBundle;
  secrets: Secrets;
  published: Published;
  /** What the patient read and signed. */
  sentences: string[];
}

export const UNTIL = "2098-12-31";

/** Opens the stage: everything in the bundle is secret. */
export async function stageOf(bundle: RealBundle): Promise<Stage> {
  const world = await controlled();
  const secrets = new Secrets();
  secrets.document(bundle);
  for (const { resource } of bundle.entry) secrets.document(resource);
  return { ...world, bundle, secrets, published: publishedOf(bundle), sentences: [] };
}

/** The first resource of a type. */
export function first({ bundle }: Pick<Stage, "bundle">, type: FhirResource["resourceType"]): object | undefined {
  return bundle.entry.find(({ resource }) => resource.resourceType === type)?.resource;
}

/** What the organization in the bundle publishes of itself, if it has an identifier. */
function publishedOf(bundle: RealBundle): Published {
  const { name, identifier } = (first({ bundle }, "Organization") ?? {}) as Organization;
  const [{ system, value } = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" }] = identifier ?? [];
  return {
    name: name ?? "Central Laboratory",
    endpoint: "https://fhir.lab.example/r4",
    identifier: `${system}|${value}`,
  };
}

interface Organization {
  name?: string;
  identifier?: { system: string; value: string }[];
}
