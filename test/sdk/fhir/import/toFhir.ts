import { consent } from "../evaluation/documents.js";
import type { Document, Item, Rule } from "./model.js";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

/** A day of the model as a date. */
export function dateOf(day: number): string {
  return new Date(Date.UTC(2030, 0, 1 + day)).toISOString().slice(0, 10);
}

/** The ids of the world's records, each in its own scope on the chain. */
export function recordId(id: string): string {
  return `0x03${"11".repeat(20)}${Buffer.from(id).toString("hex").padStart(22, "0")}`;
}

export function consentOf({ id, policy, root }: Document): object {
  const policyRule =
    policy === undefined ? {} : { policyRule: { coding: [{ system: `${TERMINOLOGY}v3-ActCode`, code: policy }] } };
  return consent(provisionOf(root), { id: `c${id}`, ...policyRule });
}

export function resourceOf({ id, type, kind, labels, day, code, author }: Item): { resourceType: string; id: string } {
  const categories: Record<string, string> = { LABS: "laboratory", VITALS: "vital-signs" };
  const by = { reference: `Practitioner/${author}` };
  const authors: Record<string, object> = { Observation: { performer: [by] }, MedicationRequest: { requester: by } };
  const time: Record<string, string> = { Observation: "effectiveDateTime", MedicationRequest: "authoredOn" };
  return {
    resourceType: type,
    id,
    ...(labels.length > 0 && { meta: { security: labels.map(labelOf) } }),
    ...(type === "Observation" && {
      category: [{ coding: [{ system: `${TERMINOLOGY}observation-category`, code: categories[kind] }] }],
    }),
    ...(type === "MedicationRequest"
      ? { medicationCodeableConcept: { coding: [{ system: "urn:c", code }] }, subject: { reference: "Patient/1" } }
      : {
          code: { coding: [{ system: "urn:c", code }] },
          [type === "AllergyIntolerance" ? "patient" : "subject"]: { reference: "Patient/1" },
        }),
    [time[type] ?? "recordedDate"]: dateOf(day),
    ...(authors[type] ?? { recorder: by }),
  };
}

function provisionOf(rule: Rule): Record<string, unknown> {
  const { type, period, purposes, actions, labels, codes, dataPeriod, instances, children } = rule;
  const actor = actorsOf(rule);
  const classes = classesOf(rule);
  return {
    type,
    ...(period && { period: { start: dateOf(period[0]), end: dateOf(period[1]) } }),
    ...(actor.length > 0 && { actor }),
    ...(purposes && { purpose: purposes.map((code) => ({ system: `${TERMINOLOGY}v3-ActReason`, code })) }),
    ...(actions && { action: actions.map((code) => ({ coding: [{ system: `${TERMINOLOGY}consentaction`, code }] })) }),
    ...(labels && { securityLabel: labels.map(labelOf) }),
    ...(classes.length > 0 && { class: classes }),
    ...(codes && { code: codes.map((code) => ({ coding: [{ system: "urn:c", code }] })) }),
    ...(dataPeriod && { dataPeriod: { start: dateOf(dataPeriod[0]), end: dateOf(dataPeriod[1]) } }),
    ...(instances && {
      data: instances.map((id) => ({ meaning: "instance", reference: { reference: `${typeOf(id)}/${id}` } })),
    }),
    ...(children.length > 0 && { provision: children.map(provisionOf) }),
  };
}

function actorsOf({ recipients = [], custodians = [], authors = [] }: Rule): object[] {
  const actor = (code: string, reference: string) => ({
    role: { coding: [{ system: `${TERMINOLOGY}v3-ParticipationType`, code }] },
    reference: { reference },
  });
  return [
    ...recipients.map((each) => actor("PRCP", each === "G" ? "Group/G" : `Organization/${each}`)),
    ...custodians.map((each) => actor("CST", `Organization/${each}`)),
    ...authors.map((each) => actor("AUT", `Practitioner/${each}`)),
  ];
}

function classesOf({ types = [], kinds = [] }: Rule): object[] {
  return [
    ...types.map((code) => ({ system: "http://hl7.org/fhir/resource-types", code })),
    ...kinds.map((code) => ({ system: "urn:x-consentry:category", code })),
  ];
}

function typeOf(id: string): string {
  return { o: "Observation", c: "Condition", m: "MedicationRequest", a: "AllergyIntolerance" }[id[0]!]!;
}

function labelOf(code: string): object {
  return { system: `${TERMINOLOGY}${code.length === 1 ? "v3-Confidentiality" : "v3-ActCode"}`, code };
}
