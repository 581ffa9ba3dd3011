import type { DecisionName } from "./names.js";

/** What a decision means, for whoever asked. */
export interface DecisionText {
  /** One short sentence. */
  readonly reason: string;
  /** What it means and what to do about it. */
  readonly explanation: string;
}

/** Plain words for every decision. */
export const decisionTexts: Readonly<Record<DecisionName, DecisionText>> = {
  NoConsent: {
    reason: "There is no consent.",
    explanation:
      "The patient has said nothing that concerns you, or the record is unknown. Ask the patient for consent.",
  },
  Permit: {
    reason: "The patient consents.",
    explanation: "A consent of the patient covers the request.",
  },
  PermitConditional: {
    reason: "The patient consents under conditions.",
    explanation:
      "A consent covers the request, but a signed document narrows it. Read the document before you release anything.",
  },
  PermitEmergency: {
    reason: "Break-glass is open.",
    explanation:
      "The provider opened this for an emergency, for a short time. Every access is logged, and will be reviewed.",
  },
  PermitSelf: {
    reason: "It is the patient's own data.",
    explanation: "Whoever asks is the patient, or controls the patient's account.",
  },
  PermitCustodian: {
    reason: "The custodian keeps this record.",
    explanation: "Treatment, payment and operations with a record of one's own need no consent.",
  },
  InvalidRequest: {
    reason: "The question makes no sense.",
    explanation: "An address, a code or an id in the request is empty or of the wrong kind. Correct the request.",
  },
  Withheld: {
    reason: "The patient hid this.",
    explanation:
      "The patient keeps this record from you, or from everyone, or excluded such data from break-glass. Ask the patient.",
  },
  Revoked: {
    reason: "The patient withdrew the consent.",
    explanation:
      "There was a consent, or was to be one, or break-glass was open, and the patient ended it. Ask the patient for consent.",
  },
  NotYetValid: {
    reason: "The consent starts later.",
    explanation: "The patient consented from a later time on. Wait for it, or ask for an earlier start.",
  },
  Expired: {
    reason: "The consent has ended.",
    explanation: "Its time is over, or break-glass has closed. Ask the patient to renew the consent.",
  },
  CategoryNotCovered: {
    reason: "The consent does not cover this data.",
    explanation:
      "A consent stands, but not for this kind of data, or not for data this sensitive. Ask the patient to add it.",
  },
  PurposeNotCovered: {
    reason: "The consent does not cover this purpose.",
    explanation: "A consent stands, but for another purpose. Ask the patient to add this one.",
  },
  ActionNotCovered: {
    reason: "The consent does not cover this action.",
    explanation: "A consent stands, but not for doing this with the data. Ask the patient to add it.",
  },
  GranteeNotActive: {
    reason: "The provider is not active.",
    explanation: "The directory lists the provider as suspended, revoked or expired. Its accreditor can tell why.",
  },
};
