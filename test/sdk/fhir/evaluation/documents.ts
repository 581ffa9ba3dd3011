/** Makers of Consents and data, for tests. */
const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

export const ACT_CODE = `${TERMINOLOGY}v3-ActCode`;
export const CONFIDENTIALITY = `${TERMINOLOGY}v3-Confidentiality`;

type Json = Record<string, unknown>;

/** An R4 Consent of Patient/1 about access to data. */
export function consent(provision: Json | undefined, more: Json = {}): Json & { resourceType: string } {
  return {
    resourceType: "Consent",
    id: "c",
    status: "active",
    scope: { coding: [{ system: `${TERMINOLOGY}consentscope`, code: "patient-privacy" }] },
    category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
    patient: { reference: "Patient/1" },
    dateTime: "2026-01-01",
    ...(provision !== undefined && { provision }),
    ...more,
  };
}

/** An R5 Consent of Patient/1 about access to data. */
export function consentR5(decision: string | undefined, provision: Json[], more: Json = {}): Json {
  return {
    resourceType: "Consent",
    id: "c5",
    status: "active",
    category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
    subject: { reference: "Patient/1" },
    date: "2026-01-01",
    decision,
    ...(provision.length > 0 && { provision }),
    ...more,
  };
}

export const permit = (more: Json = {}): Json => ({ type: "permit", ...more });
export const deny = (more: Json = {}): Json => ({ type: "deny", ...more });

export function purposes(...codes: string[]): Json {
  return { purpose: codes.map((code) => ({ system: `${TERMINOLOGY}v3-ActReason`, code })) };
}

export function actions(...codes: string[]): Json {
  return { action: codes.map((code) => ({ coding: [{ system: `${TERMINOLOGY}consentaction`, code }] })) };
}

export function actors(role: string, ...references: string[]): Json {
  const coding = [{ system: `${TERMINOLOGY}v3-ParticipationType`, code: role }];
  return { actor: references.map((reference) => ({ role: { coding }, reference: { reference } })) };
}

export function labels(...codes: string[]): Json {
  return { securityLabel: codes.map(label) };
}

export function classes(...types: string[]): Json {
  return { class: types.map((code) => ({ system: "http://hl7.org/fhir/resource-types", code })) };
}

export function code(system: string, value: string): Json {
  return { code: [{ coding: [{ system, code: value }] }] };
}

export function data(meaning: string, ...references: string[]): Json {
  return { data: references.map((reference) => ({ meaning, reference: { reference } })) };
}

function label(value: string): Json {
  return { system: value.length === 1 ? CONFIDENTIALITY : ACT_CODE, code: value };
}

/** An Observation of Patient/1, labelled. */
export function observation(id: string, more: Json = {}, ...codes: string[]): Json & { id: string } {
  return {
    resourceType: "Observation",
    id,
    subject: { reference: "Patient/1" },
    meta: codes.length === 0 ? undefined : { security: codes.map(label) },
    code: { coding: [{ system: "http://loinc.org", code: "2339-0" }] },
    effectiveDateTime: "2025-06-01",
    performer: [{ reference: "Practitioner/7" }],
    ...more,
  };
}
