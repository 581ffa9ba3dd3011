/**
 * When the data of a resource are of: the elements that its clinical time is searched by.
 *
 * Sources: the search parameters `date` and `clinical-date` and their like, hl7.org/fhir/R4/searchparameter-registry.html.
 */
export const TIME_ELEMENTS: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries({
    AdverseEvent: ["date", "occurrenceDateTime", "occurrencePeriod"],
    AllergyIntolerance: ["recordedDate", "onsetDateTime", "onsetPeriod"],
    Appointment: ["start"],
    AuditEvent: ["recorded"],
    CarePlan: ["period"],
    CareTeam: ["period"],
    Claim: ["created", "billablePeriod"],
    ClinicalImpression: ["date", "effectiveDateTime", "effectivePeriod"],
    Communication: ["sent"],
    Composition: ["date"],
    Condition: ["recordedDate", "onsetDateTime", "onsetPeriod"],
    Consent: ["dateTime", "date"],
    Coverage: ["period"],
    DetectedIssue: ["identifiedDateTime", "identifiedPeriod"],
    DeviceUseStatement: ["timingDateTime", "timingPeriod"],
    DiagnosticReport: ["effectiveDateTime", "effectivePeriod"],
    DocumentReference: ["date"],
    Encounter: ["period", "actualPeriod"],
    EpisodeOfCare: ["period"],
    ExplanationOfBenefit: ["created", "billablePeriod"],
    FamilyMemberHistory: ["date"],
    Flag: ["period"],
    Goal: ["startDate"],
    ImagingStudy: ["started"],
    Immunization: ["occurrenceDateTime"],
    List: ["date"],
    Media: ["createdDateTime", "createdPeriod"],
    MedicationAdministration: ["effectiveDateTime", "effectivePeriod", "occurenceDateTime", "occurencePeriod"],
    MedicationDispense: ["whenPrepared", "whenHandedOver"],
    MedicationRequest: ["authoredOn"],
    MedicationStatement: ["effectiveDateTime", "effectivePeriod"],
    Observation: ["effectiveDateTime", "effectivePeriod", "effectiveInstant"],
    Procedure: ["performedDateTime", "performedPeriod", "occurrenceDateTime", "occurrencePeriod"],
    Provenance: ["recorded", "occurredDateTime", "occurredPeriod"],
    QuestionnaireResponse: ["authored"],
    RiskAssessment: ["occurrenceDateTime", "occurrencePeriod"],
    ServiceRequest: ["authoredOn"],
    SupplyRequest: ["authoredOn"],
  }),
);

/**
 * Who wrote the data: elements, with a dot where the reference stands within.
 *
 * Source: the mappings to `FiveWs.author`, `FiveWs.actor` and `FiveWs.source`, hl7.org/fhir/R4/fivews-mappings.html.
 */
export const AUTHOR_ELEMENTS: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries({
    AdverseEvent: ["recorder"],
    AllergyIntolerance: ["recorder", "asserter"],
    CarePlan: ["author"],
    Claim: ["enterer", "provider"],
    ClinicalImpression: ["assessor", "performer"],
    Communication: ["sender"],
    Composition: ["author"],
    Condition: ["recorder", "asserter"],
    DetectedIssue: ["author"],
    DiagnosticReport: ["performer", "resultsInterpreter"],
    DocumentReference: ["author"],
    Encounter: ["participant.individual", "participant.actor"],
    ExplanationOfBenefit: ["enterer", "provider"],
    Flag: ["author"],
    Goal: ["expressedBy"],
    Immunization: ["performer.actor"],
    List: ["source"],
    Media: ["operator"],
    MedicationAdministration: ["performer.actor"],
    MedicationDispense: ["performer.actor"],
    MedicationRequest: ["requester"],
    MedicationStatement: ["informationSource"],
    Observation: ["performer"],
    Procedure: ["recorder", "asserter", "performer.actor"],
    Provenance: ["agent.who"],
    QuestionnaireResponse: ["author"],
    RiskAssessment: ["performer"],
    ServiceRequest: ["requester"],
  }),
);

/** What a resource is about, in the elements that its code is searched by. */
export const CODE_ELEMENTS: readonly string[] = [
  "code",
  "category",
  "type",
  "class",
  "vaccineCode",
  "medicationCodeableConcept",
  "medication",
];
