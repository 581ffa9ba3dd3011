export { MalformedResourceError } from "../errors/fhir.js";
export type { Effect, ReviewIssue, Verdict } from "./consent/types.js";
export { evaluate } from "./evaluation/evaluate.js";
export type {
  Evaluation,
  EvaluationOptions,
  EvaluationRequest,
  NameInput,
  Obligation,
  Withheld,
} from "./evaluation/types.js";
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
