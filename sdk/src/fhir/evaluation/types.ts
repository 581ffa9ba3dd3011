import type { Action, CodeInput, Purpose } from "../../codes/types.js";
import type { ReviewIssue, Verdict } from "../consent/types.js";
import type { TimeInput } from "../../values/dates.js";

/** Names of one party or patient, every one by which documents may call it, as in `["Practitioner/7", "https://npi.example|1234567893"]`. */
export type NameInput = string | readonly string[];

/** What somebody wants to do with data of a patient. */
export interface EvaluationRequest<Resource extends object = object> {
  /** The patient: references, identifiers as `system|value`, a `did:pkh:eip155:<chain>:<address>`. */
  patient: NameInput;
  /** Who asks, and on whose behalf: the practitioner, the organization. */
  actor: NameInput;
  /** Every Group and CareTeam that who asks is in now; left out: nobody looked, and consents that name one need review. */
  groups?: readonly string[] | undefined;
  /** Who keeps the data. */
  custodian?: NameInput | undefined;
  /** As it was asked, not rounded up to a parent. */
  purpose: CodeInput<Purpose>;
  /** `access` if left out. */
  action?: CodeInput<Action> | undefined;
  /** The programme in which it is asked, by its id. */
  programme?: string | undefined;
  /** At which time; now if left out. */
  at?: TimeInput | undefined;
  /** The data. Left out or empty: whether any may be asked for, and what limits that. */
  resources?: readonly Resource[] | undefined;
}

/** How the deployment wants documents to be read. */
export interface EvaluationOptions {
  /** `denyOverrides` (if left out): of several consents a deny wins. `newestWins`: the newest that speaks of the data. */
  combining?: "denyOverrides" | "newestWins" | undefined;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
  /** The id of the record that a resource is, if it is one on the chain. */
  recordOf?: ((resource: object) => string | undefined) | undefined;
}

/** Data that must not be released. */
export interface Withheld<Resource extends object = object> {
  resource: Resource;
  /** One sentence. */
  reason: string;
  /** The provision that withholds it; undefined if none permits it. */
  by: Verdict | undefined;
}

/** What a permit is bound to. */
export type Obligation<Resource extends object = object> =
  /** Withhold the data that the provision names, or release none but these. */
  | { readonly kind: "withhold" | "releaseOnly"; readonly consent: string; readonly path: string }
  /** Remove from the resource, or make unreadable in it, what its security label asks for, before it goes out. */
  | { readonly kind: "redact" | "mask"; readonly resource: Resource };

/** The answer of documents. */
export interface Evaluation<Resource extends object = object> {
  /**
   * - `permit`: what is in `released` may be released, with the obligations; without resources: data may be asked for;
   * - `deny`: a consent forbids it, or nothing is left to release;
   * - `notApplicable`: no consent speaks of it;
   * - `needsReview`: something in a consent can't be computed, see `issues`.
   *
   * All but `permit` are refusals.
   */
  decision: "permit" | "deny" | "notApplicable" | "needsReview";
  /** One sentence. */
  reason: string;
  /** In the order of the request; empty unless permitted. */
  released: Resource[];
  withheld: Withheld<Resource>[];
  obligations: Obligation<Resource>[];
  /** The provisions that it rests on. */
  basis: Verdict[];
  /** What a person must read; empty unless `needsReview`. */
  issues: ReviewIssue[];
}
