/**
 * Elements that FHIR R4 requires and that are, or hold, a Reference: without it they can't be. Source: the StructureDefinitions
 * of hl7.org/fhir/R4/profiles-resources.json, which a test compares.
 *
 * A type that is not here is released only if nothing has to be left out of it.
 */
const NEEDED: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["Account", "coverage.coverage guarantor.party"],
  ["AdverseEvent", "subject suspectEntity.instance"],
  ["AllergyIntolerance", "patient"],
  ["Appointment", ""],
  ["AppointmentResponse", "appointment"],
  ["AuditEvent", "source source.observer"],
  ["Basic", ""],
  ["Binary", ""],
  ["BodyStructure", "patient"],
  ["CarePlan", "subject"],
  ["CareTeam", ""],
  ["ChargeItem", "performer.actor subject"],
  [
    "Claim",
    "careTeam.provider diagnosis.diagnosisReference insurance insurance.coverage patient procedure.procedureReference provider",
  ],
  ["ClaimResponse", "insurance.coverage insurer patient"],
  ["ClinicalImpression", "subject"],
  ["Communication", "payload.contentReference"],
  ["CommunicationRequest", "payload.contentReference"],
  ["Composition", "author relatesTo.targetReference"],
  ["Condition", "subject"],
  ["Consent", "provision.actor.reference provision.data.reference"],
  ["Coverage", "beneficiary payor"],
  ["CoverageEligibilityRequest", "insurance.coverage insurer patient supportingInfo.information"],
  ["CoverageEligibilityResponse", "insurance.coverage insurer patient request"],
  ["DetectedIssue", ""],
  ["Device", ""],
  ["DeviceMetric", ""],
  ["DeviceRequest", "codeReference subject"],
  ["DeviceUseStatement", "device subject"],
  ["DiagnosticReport", "media.link"],
  ["DocumentManifest", "content"],
  ["DocumentReference", "relatesTo.target"],
  ["Encounter", "diagnosis.condition location.location"],
  ["Endpoint", ""],
  ["EpisodeOfCare", "diagnosis.condition patient"],
  [
    "ExplanationOfBenefit",
    "careTeam.provider diagnosis.diagnosisReference insurance insurance.coverage insurer patient procedure.procedureReference provider",
  ],
  ["FamilyMemberHistory", "patient"],
  ["Flag", "subject"],
  ["Goal", "subject"],
  ["Group", "member.entity"],
  ["HealthcareService", ""],
  ["ImagingStudy", "series.performer.actor subject"],
  ["Immunization", "patient performer.actor"],
  ["ImmunizationEvaluation", "immunizationEvent patient"],
  ["ImmunizationRecommendation", "patient"],
  ["Invoice", "lineItem.chargeItemReference participant.actor"],
  ["List", "entry.item"],
  ["Location", ""],
  ["Media", ""],
  ["Medication", "ingredient.itemReference"],
  ["MedicationAdministration", "medicationReference performer.actor subject"],
  ["MedicationDispense", "medicationReference performer.actor"],
  ["MedicationRequest", "medicationReference subject"],
  ["MedicationStatement", "medicationReference subject"],
  ["MessageHeader", ""],
  ["MolecularSequence", ""],
  ["NutritionOrder", "patient"],
  ["Observation", ""],
  ["OperationOutcome", ""],
  ["Organization", ""],
  ["OrganizationAffiliation", ""],
  ["Patient", "link.other"],
  ["Person", "link.target"],
  ["Practitioner", ""],
  ["PractitionerRole", ""],
  ["Procedure", "focalDevice.manipulated performer.actor subject"],
  ["Provenance", "agent agent.who entity.what signature.who target"],
  ["QuestionnaireResponse", ""],
  ["RelatedPerson", "patient"],
  ["ResearchSubject", "individual study"],
  ["RiskAssessment", "subject"],
  ["Schedule", "actor"],
  ["ServiceRequest", "subject"],
  ["Slot", "schedule"],
  ["Specimen", ""],
  ["Substance", "ingredient.substanceReference"],
  ["SupplyDelivery", ""],
  ["SupplyRequest", "itemReference"],
  ["Task", "input.valueSignature.who output.valueSignature.who"],
  ["VisionPrescription", "patient prescriber"],
]);

/** The types whose required references are known. */
export const KNOWN_TYPES: readonly string[] = /* @__PURE__ */ [...NEEDED.keys()];

/** For each type, split once. */
const PATHS: ReadonlyMap<string, ReadonlySet<string>> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ [...NEEDED].map(([type, paths]) => [type, new Set(paths.split(" "))] as const),
);

/** Whether an element can't be without its part, as `entry.item` of a List; undefined if nobody knows. */
export function isNeeded(type: string, path: string): boolean | undefined {
  // A value is all there is to what it is the value of.
  if (path.endsWith(".valueReference")) return true;
  return PATHS.get(type)?.has(path);
}
