import { connect } from "@consentry/sdk";
import {
  ConsentDocuments,
  DocumentAlteredError,
  DocumentMissingError,
  type DocumentStore,
  MemoryDocumentStore,
} from "@consentry/sdk/fhir";
import type { FhirResource, Immunization } from "fhir/r4.js";
import { agree, show } from "../agreement.js";
import type { Archive } from "../archive.js";
import { ask, LAST_DAY, type Scene } from "../scene.js";

const KINDS = ["IMMUNIZATIONS"] as const;
const SINCE = "2023-01-01";

/** A consent with a condition that the chain can't say: its document narrows it, or nothing is released. */
export async function consentToResearch(scene: Scene, { resources }: Archive): Promise<void> {
  const { narrator, cast, documents } = scene;
  const { clinic } = cast;
  const chosen = {
    grantee: clinic.address,
    categories: KINDS,
    purposes: ["HRESCH"],
    actions: ["access"],
    until: LAST_DAY,
  } as const;
  const agreement = await agree(scene, chosen, { dataPeriod: { start: SINCE } });
  await show(scene, agreement);
  const { address: patient } = cast.patient;
  const answer = await ask(scene, clinic, { patient, categories: KINDS, purpose: "HRESCH" });
  narrator.expect(
    answer.conditional && !answer.permitted,
    `By itself the chain permits nothing: ${answer.decision}. ${answer.reason}`,
  );
  const shots = [...resources.values()].filter(isImmunization);
  const late = shots.filter(({ occurrenceDateTime = "" }) => occurrenceDateTime >= SINCE);
  const { released } = await narrow(scene, documents, shots);
  narrator.expect(
    late.length > 0 && late.length < shots.length && sameIds(released, late),
    `With the document the hospital releases ${released.length} of ${shots.length} immunizations: those since ${SINCE}.`,
  );
  const missing = await narrow(scene, new MemoryDocumentStore(), shots);
  narrator.expect(
    missing.error instanceof DocumentMissingError && missing.released.length === 0,
    "Without the document it releases none.",
  );
  const altered = await narrow(scene, await withoutCondition(documents, agreement.evidence), shots);
  narrator.expect(
    altered.error instanceof DocumentAlteredError && altered.released.length === 0,
    "Nor with one from which somebody took the condition out.",
  );
}

/** As the hospital decides, with the documents of a store. */
async function narrow({ cast }: Scene, store: DocumentStore, shots: readonly Immunization[]) {
  const { patient, hospital, clinic } = cast;
  const { runner, consentry } = hospital;
  const documents = new ConsentDocuments(store);
  const ehr = await connect({ runner, deployment: consentry.deployment, documents });
  const question = { patient: patient.address, grantee: clinic.address, categories: KINDS, purpose: "HRESCH" } as const;
  const decision = await ehr.consents.decide(question);
  if (decision.narrow === undefined) throw new Error(`There is nothing to narrow: ${decision.decision}.`);
  // The hospital knows under which name its records speak of the patient.
  const known = shots.flatMap(({ patient: { reference } }) => reference ?? []).slice(0, 1);
  return decision.narrow(shots, { patient: known });
}

/** A store in which the document lets out all immunizations. */
async function withoutCondition(store: DocumentStore, evidence: string): Promise<DocumentStore> {
  const kept = await store.get(evidence);
  if (kept === undefined) throw new Error("The document is not kept.");
  const { provision, ...consent } = kept.document as { provision: object };
  const document = { ...consent, provision: { ...provision, dataPeriod: undefined } };
  const altered = new MemoryDocumentStore();
  await altered.put(evidence, { ...kept, document: JSON.parse(JSON.stringify(document)) as object });
  return altered;
}

function isImmunization(resource: FhirResource): resource is Immunization {
  return resource.resourceType === "Immunization";
}

function sameIds(one: readonly Immunization[], other: readonly Immunization[]): boolean {
  return one.length === other.length && one.every(({ id }) => other.some((each) => each.id === id));
}
