import type { StatementDomain } from "../signing/types.js";

/** Who a patient is at an EHR, as in FHIR's Identifier. */
export interface PatientIdentifier {
  /** The namespace: a URI, as in `urn:oid:2.16.840.1.113883.19.5`. */
  system: string;
  /** As in `MRN-4711`; compared to the letter. */
  value: string;
}

/** The fields of a challenge, as they are signed: numbers are decimal digits. No identifier is among them. */
export interface LinkMessage {
  /** The patient's address. */
  patient: string;
  /** The origin of the EHR, as in `https://ehr.example`. */
  audience: string;
  /** What the patient reads. */
  statement: string;
  /** 32 random bytes. */
  nonce: string;
  /** Milliseconds, of the EHR's clock. */
  issuedAt: string;
  /** Unix seconds, of the EHR's clock: the last in which it can be answered. */
  deadline: string;
}

/**
 * What an EHR asks a patient to sign, to prove that the patient's address is the patient's: plain JSON.
 *
 * It is EIP-712 with a type of its own, not Sign-In with Ethereum (EIP-4361): that is bound to an account with a plain key or
 * a contract, while a patient may as well be a passkey or a dependent, whose controller signs; every signer that signs
 * consents signs this, for one chain and one contract, and no contract takes it for a statement.
 */
export interface LinkChallenge {
  primaryType: "PatientLink";
  domain: StatementDomain;
  message: LinkMessage;
}

/** A patient's answer to a challenge: plain JSON. */
export interface LinkAnswer {
  /** Which challenge it answers. */
  nonce: string;
  /** Who signed (ERC-7913), as hex. */
  signer: string;
  signature: string;
}

/** A challenge that waits for its answer, as a store keeps it. */
export interface OpenChallenge {
  identifier: PatientIdentifier;
  message: LinkMessage;
}

/** That a patient at an EHR has an address on the chain. */
export interface PatientLink {
  identifier: PatientIdentifier;
  /** The patient's address; it stays when the key behind it changes. */
  patient: string;
  /** What was signed, by whom: the EHR's proof. */
  proof: LinkChallenge & LinkAnswer;
}
