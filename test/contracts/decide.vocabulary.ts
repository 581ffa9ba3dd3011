import type { DecisionName } from "./words.js";

/** Who is asked about or spoken to: the clinic is an active organization, the researcher active, the stranger unlisted. */
export type Holder = "clinic" | "hospital" | "researcher" | "stranger" | "any";

export type ScopeName = "GENERAL" | "TREATMENT" | "RESEARCH" | "record" | "otherRecord" | "study" | "otherStudy";

/** What a grant says; everything for ever where a field is absent. Names of codes.json; seconds from the grant. */
export interface Said {
  categories?: readonly string[];
  purposes?: readonly string[];
  actions?: readonly string[];
  notBefore?: number;
  expiresAt?: number;
  conditional?: boolean;
}

export type Step =
  | readonly ["grant", Holder, ScopeName, Said?]
  | readonly ["refuse", Holder, ScopeName]
  | readonly ["revokeAll"]
  | readonly ["suspend" | "expel" | "lapse" | "reinstate", Holder]
  | readonly ["wait", number];

/** What is asked: may the clinic see the patient's laboratory results to treat, unless said otherwise? */
export interface Asked {
  grantee?: Holder | "patient";
  record?: ScopeName;
  programme?: ScopeName;
  categories?: readonly string[];
  purpose?: string;
  action?: string;
}

export interface Case {
  name: string;
  steps: readonly Step[];
  asked?: Asked;
  decision: DecisionName;
  /** The word it rests on; absent where it rests on none. */
  word?: readonly [Holder, ScopeName];
}

// Why a grant does not cover what is asked, from the lowest reason to the highest.
export const later: Said = { notBefore: 1000 };
export const over: Said = { expiresAt: 100 };
export const noLabs: Said = { categories: ["NOTES"] };
export const noTreatment: Said = { purposes: ["COC"] };
export const noAccess: Said = { actions: ["use"] };

export const condition: Said = { conditional: true };

/** All that a request can name, and so all places that are read. */
export const everything: Asked = { record: "record", programme: "study" };

/** A grant in a place; one of the family carries no other purpose. */
export function granted([holder, scope]: readonly [Holder, ScopeName], said: Said = {}): Step {
  return ["grant", holder, scope, scope === "TREATMENT" ? { purposes: ["TREAT", "COC"], ...said } : said];
}
