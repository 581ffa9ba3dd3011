import type { Reference } from "fhir/r4.js";
import type { Access } from "../../audit/accessed.js";
import type { GlassBroken } from "../../consents/events.js";

/** An access as `audit.history` and `audit.access` give it, or an event of break-glass. */
export type AuditEntry = (Access & { time?: Date | undefined }) | GlassBroken;

/** What the chain itself does not hold. */
export interface AuditOptions {
  /** The chain's id, for `did:pkh:eip155:<chain>:<address>`. */
  chainId: bigint | number;
  /** Who records: the enforcement point, as in `{ reference: "Device/gateway" }`. */
  observer: Reference;
  /** Where it is, as in `ehr.example`. */
  site?: string | undefined;
  /**
   * What is recorded of an access: that it was decided (if left out), or, of one that was permitted, that data was disclosed,
   * as its source or its recipient sees it.
   */
  as?: "decision" | "source" | "recipient" | undefined;
  /** The application that asked. IHE's patterns want it, and both network addresses. */
  client?: Reference | undefined;
  /** Where data is sent from, and to: URLs, IP addresses or names of machines; of a decision `recipient` is the application's. */
  addresses?: { source?: string | undefined; recipient?: string | undefined } | undefined;
  /** The id of the access token (`jti`). */
  token?: string | undefined;
  /** When it was recorded; left out: the time of the entry. */
  time?: Date | undefined;
}
