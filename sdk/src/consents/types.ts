import type { Action, Category, CodeInput, Purpose } from "../codes/types.js";
import type { EndInput, TimeInput } from "../values/dates.js";

/** One consent, as a patient states it. */
export interface ConsentInput {
  /** A provider's address, or `ANY_PROVIDER`. */
  grantee: string;
  /** Names or HL7 codes; sensitive data must be named for itself. */
  categories: readonly CodeInput<Category>[];
  /** Names or HL7 codes; a purpose covers its sub-codes, except those that must be named. */
  purposes: readonly CodeInput<Purpose>[];
  /** Names or HL7 codes. */
  actions: readonly CodeInput<Action>[];
  /** Inclusive; a date means its first moment. At once if left out. A mix of purposes with a start is a grant per family. */
  from?: TimeInput | undefined;
  /** Exclusive; a date includes that day. `"until-revoked"`: it ends only when somebody ends it. */
  until: EndInput;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
  /** Only this record, by its id. */
  record?: string | undefined;
  /** Only within this programme, by its id. */
  programme?: string | undefined;
  /** `"general"` puts purposes of one family beside others into the GENERAL scope, without `from`, where it replaces what stands there. */
  scope?: "general" | undefined;
  /** A signed document narrows the terms; `evidence` is needed then. */
  conditional?: boolean | undefined;
}

/** The keys of {@link ConsentInput}. */
export const CONSENT_KEYS = [
  "grantee",
  "categories",
  "purposes",
  "actions",
  "from",
  "until",
  "timeZone",
  "record",
  "programme",
  "scope",
  "conditional",
] as const satisfies readonly (keyof ConsentInput)[];

/** What holds for all consents of one call. */
export interface GrantOptions {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
  /** Hash of the statement and the document: 32 bytes. */
  evidence?: string | Uint8Array | undefined;
  /** Overrule older refusals in narrower scopes that would keep a GENERAL grant from working. */
  clear?: boolean | undefined;
}

/** The keys of {@link GrantOptions}. */
export const GRANT_OPTION_KEYS = ["patient", "evidence", "clear"] as const satisfies readonly (keyof GrantOptions)[];

/** Whose consents a write changed. */
export interface OfPatient {
  /** The patient: who was named, or else the signer. Compare it if the signer may be somebody else. */
  patient: string;
}

/** One consent, or several at once. */
export type ConsentInputs = ConsentInput | { grants: readonly ConsentInput[] };

/** One consent, or several at once, and what holds for all of them. */
export type GrantParams = GrantOptions & ConsentInputs;
