import { evaluate, type EvaluationRequest } from "@consentry/sdk/fhir";
import { textsIn } from "./documents.js";
import { perSecond } from "./perSecond.js";

const REPEATS = 20;

interface Asked {
  consent: object;
  request: EvaluationRequest;
}

/** One request after the other for each Consent of HL7 and IHE, each of five resources. */
export function evaluatePerSecond(): number {
  const consents = ["ihe-pcf", "hl7-r4", "hl7-r5"].flatMap((folder) => textsIn(folder, "Consent-"));
  const resources = textsIn("ihe-pcf/context", "Observation-");
  if (resources.length !== 5) throw new RangeError(`There are ${resources.length} resources, not five.`);
  return perSecond(
    () => Array.from({ length: REPEATS }, () => consents.map((text) => askedOf(text, resources))).flat(),
    (asked) => {
      for (const { consent, request } of asked) evaluate([consent], request);
      return asked.length;
    },
  );
}

/** Who is asked about is the patient of the Consent and of the data, so that it counts. */
function askedOf(text: string, resources: readonly string[]): Asked {
  const consent = JSON.parse(text) as { patient?: { reference: string }; subject?: { reference: string } };
  const patient = ["Patient/ex-patient", (consent.patient ?? consent.subject)?.reference ?? ""];
  const actor = ["Practitioner/ex-practitioner", "Organization/ex-organization", "Organization/f001"];
  const at = new Date("2022-06-01T00:00:00Z");
  const data = resources.map((resource) => JSON.parse(resource) as object);
  return { consent, request: { patient, actor, groups: [], purpose: "TREAT", at, resources: data } };
}
