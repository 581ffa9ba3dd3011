import type { ConsentStatus } from "../../consents/status.js";
import type { Terms } from "../../consents/terms.js";
import type { Scope } from "../../scopes/scope.js";

/** A word of the chain, as `consents.list`, `history` and events give it. */
export interface ChainConsent {
  /** The patient's address. */
  patient: string;
  /** An address, or `ANY_PROVIDER`. */
  grantee: string;
  /** As `describeScope` gives it, or its id. */
  scope: Scope | string;
  /** What is granted; undefined or left out: a refusal. */
  terms?: Terms | undefined;
  /** When it was said; left out if not known. */
  statedAt?: Date | undefined;
  /** Who spoke: an address; left out if not known. */
  by?: string | undefined;
  /** Where it stands, as `consents.list` tells. */
  status?: ConsentStatus | undefined;
}

/** What the chain itself does not hold. */
export interface ExportOptions {
  /** The chain's id, for `did:pkh:eip155:<chain>:<address>`. */
  chainId: bigint | number;
  /** Whether it still stands: `active`, or else `inactive`. If left out, as the word's `status` says, or true without one. */
  live?: boolean | undefined;
}
