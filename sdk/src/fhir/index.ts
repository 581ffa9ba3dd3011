export { DocumentAlteredError, DocumentMissingError } from "../errors/documents.js";
export { MalformedLineError, MalformedResourceError } from "../errors/fhir.js";
export { auditEventOf } from "./audit/auditEventOf.js";
export type { AuditEntry, AuditOptions } from "./audit/types.js";
export type { Effect, ReviewIssue, Verdict } from "./consent/types.js";
export { ConsentDocuments, type DocumentInput } from "./documents/consentDocuments.js";
export { documentHash, evidenceOf, type EvidenceInput } from "./documents/documentHash.js";
export { type DocumentStore, MemoryDocumentStore, type StoredDocument } from "./documents/store.js";
export { evaluate } from "./evaluation/evaluate.js";
export type {
  Evaluation,
  EvaluationOptions,
  EvaluationRequest,
  NameInput,
  Obligation,
  Withheld,
} from "./evaluation/types.js";
export { consentToFhir } from "./export/consentToFhir.js";
export { documentReferenceOf } from "./export/documentReferenceOf.js";
export { provenanceOf } from "./export/provenanceOf.js";
export type { ChainConsent, ExportOptions } from "./export/types.js";
export { consentFromFhir } from "./import/consentFromFhir.js";
export type {
  ExpandedGroup,
  ImportedConsents,
  ImportedGrant,
  ImportOptions,
  LeftOutCategories,
  Members,
} from "./import/types.js";
export { type FilteredBundle, filterBundle, resourcesIn } from "./filter/filterBundle.js";
export { filterNdjson, type NdjsonOptions, type PermittedLines } from "./filter/filterNdjson.js";
export type { Permitted } from "./filter/permitted.js";
export type { Names } from "./references.js";
export { type Labels, labelsOf } from "./labelsOf.js";
export { InvalidSmartScopeError, UnknownInteractionError } from "../errors/smart.js";
export { actionOf, type Interaction, INTERACTIONS } from "../smart/interactions.js";
export {
  type GrantedTerms,
  type LeftOutTerm,
  type ScopesOfTerms,
  scopesFromTerms,
  type SmartContext,
} from "../smart/scopesFromTerms.js";
export {
  type LeftOutReason,
  type LeftOutScope,
  termsFromScopes,
  type TermsOfScopes,
} from "../smart/termsFromScopes.js";
