import type { CodeableConcept, Coding } from "fhir/r4.js";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

/** Codes of DICOM, as IHE's Basic Audit Log Patterns use them. */
export const DCM = {
  securityAlert: dcm("110113", "Security Alert"),
  export: dcm("110106", "Export"),
  import: dcm("110107", "Import"),
  emergencyOverride: dcm("110127", "Emergency Override Started"),
  application: dcm("110150", "Application"),
  destination: dcm("110152", "Destination Role ID"),
  source: dcm("110153", "Source Role ID"),
} as const;

export const CODES = {
  authorizedByConsent: { system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType", code: "AuthZ-Consent" },
  disclosed: { system: `${TERMINOLOGY}/iso-21089-lifecycle`, code: "disclose" },
  oauthToken: { system: "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes", code: "UserOauthAgent" },
  recipient: { system: `${TERMINOLOGY}/v3-ParticipationType`, code: "IRCP" },
  provider: { system: `${TERMINOLOGY}/v3-RoleClass`, code: "PROV" },
  authorizer: { system: `${TERMINOLOGY}/extra-security-role-type`, code: "authserver" },
  custodian: { system: "http://snomed.info/sct", code: "159541003", display: "Record keeping/library clerk" },
  patientAdvocate: { system: "http://snomed.info/sct", code: "429577009", display: "Patient Advocate" },
  person: { system: `${TERMINOLOGY}/audit-entity-type`, code: "1", display: "Person" },
  systemObject: { system: `${TERMINOLOGY}/audit-entity-type`, code: "2", display: "System Object" },
  patientRole: { system: `${TERMINOLOGY}/object-role`, code: "1", display: "Patient" },
  reportRole: { system: `${TERMINOLOGY}/object-role`, code: "3", display: "Report" },
  consent: { system: "http://hl7.org/fhir/resource-types", code: "Consent" },
  applicationServer: { system: `${TERMINOLOGY}/security-source-type`, code: "4", display: "Application Server" },
  securityServer: { system: `${TERMINOLOGY}/security-source-type`, code: "6", display: "Security Server" },
} as const satisfies Record<string, Coding>;

function dcm(code: string, display: string): Coding {
  return { system: "http://dicom.nema.org/resources/ontology/DCM", code, display };
}

/** One coding as a CodeableConcept. */
export function concept(coding: Coding): CodeableConcept {
  return { coding: [{ ...coding }] };
}
