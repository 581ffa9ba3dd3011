/** Bundles of 100 MB, in a process whose memory is bounded: prints what became of each as JSON. */
import { evaluate, filterBundle, labelsOf, MalformedResourceError } from "@consentry/sdk/fhir";
import { consent, permit } from "../evaluation/documents.js";

const MEGABYTES = 100;
const ENTRIES = 50_000;
/** So that all of them together are as long as that. */
const NOTE = "x".repeat((MEGABYTES * 1_000_000) / ENTRIES);

function largeBundle(last?: object): object {
  const entry: object[] = Array.from({ length: ENTRIES }, (_, i) => ({
    fullUrl: `https://ehr.example/fhir/Observation/${i}`,
    resource: {
      ...{ resourceType: "Observation", id: String(i), status: "final", subject: { reference: "Patient/1" } },
      category: [{ coding: [{ system: CATEGORY, code: "laboratory" }] }],
      note: [{ text: NOTE }],
    },
  }));
  if (last !== undefined) entry.push({ resource: last });
  return JSON.parse(
    JSON.stringify({ resourceType: "Bundle", type: "searchset", total: entry.length, entry }),
  ) as object;
}

const CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

/** The path of what is wrong, or what came out. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedResourceError)) throw error;
    return error.path;
  }
}

function outcomes(bundle: object): unknown[] {
  const request = { patient: "Patient/1", actor: "Practitioner/7", purpose: "TREAT", resources: [bundle] };
  return [
    outcome(() => labelsOf(bundle).categories),
    outcome(() => filterBundle(bundle, { categories: ["LABS"] }).bundle.total),
    outcome(() => evaluate([consent(permit())], request).decision),
  ];
}

const good = outcomes(largeBundle());
const bad = outcomes(largeBundle({ resourceType: "Observation", meta: { security: "R" } }));
process.stdout.write(JSON.stringify({ good, bad }));
