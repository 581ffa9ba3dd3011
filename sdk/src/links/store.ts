import type { OpenChallenge, PatientIdentifier, PatientLink } from "./types.js";

/**
 * Where an EHR keeps its patients' links. Identifiers stand in it: protect it as the EHR's own data.
 *
 * `take`, `add` and `remove` must each be one step, also between processes: a unique key, `DELETE ... RETURNING`, a
 * transaction.
 */
export interface PatientLinkStore {
  /** Keeps a challenge, at least until its deadline. */
  open(challenge: OpenChallenge): Promise<void>;
  /** Takes a challenge out: of all who ask for a nonce one gets it, everybody else undefined. */
  take(nonce: string): Promise<OpenChallenge | undefined>;
  /** Adds a link: true; or false, and nothing is changed, if its identifier has one. */
  add(link: PatientLink): Promise<boolean>;
  /** The link of an identifier; undefined if it has none. */
  find(identifier: PatientIdentifier): Promise<PatientLink | undefined>;
  /** Removes the link of an identifier to this patient: true; or false if there is no such link. */
  remove(identifier: PatientIdentifier, patient: string): Promise<boolean>;
}
