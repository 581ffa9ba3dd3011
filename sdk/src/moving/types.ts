import type { Client } from "../client.js";
import type { DecideParams } from "../consents/toRequest.js";
import type { Terms } from "../consents/terms.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import type { EvidenceInput } from "../fhir/documents/documentHash.js";
import type { GuardiansInOffice } from "../patients/get.js";
import type { DecideRecordParams } from "../records/decide.js";
import type { Scope } from "../scopes/scope.js";
import type { SignedStatement, StatementSigner } from "../signing/types.js";
import type { Locale } from "../statements/texts/index.js";
import type { StatementTexts } from "../statements/texts/types.js";
import type { RegistryEvent } from "../patients/events.js";
import type { WriteResult } from "../writes/send.js";
import type { End } from "../values/dates.js";

/** A question about data of a patient by their categories, or about a registered record. */
export type MovingQuestion = DecideParams | DecideRecordParams;

/** A decision, and the client of the deployment that counts for it. */
export type MovingDecision = DecisionAtBlock & {
  /** Log the access through this one: its AuditLog decides again. */
  client: Client;
};

/** A consent that stands in the predecessor, and that the patient would give again. */
export interface CarriedConsent {
  grantee: string;
  scope: Scope;
  terms: Terms;
  /** The word as the predecessor holds it: 32 bytes as hex. */
  word: string;
  /** Hash of the document that goes with it; undefined if there is none. */
  document: string | undefined;
  /**
   * A conditional consent whose document is not at hand: it is carried, so that nothing wider permits in its place, and nothing
   * is released on it until the patient gives it anew. `document` is the evidence then, of which there is no document.
   */
  isClosed: boolean;
}

/** A refusal that stands in the predecessor, and that the patient would say again. */
export interface CarriedRefusal {
  grantee: string;
  scope: Scope;
  /**
   * The stamp that it keeps, in milliseconds: of a refusal of everything to a grantee to whom the patient has said something in
   * the successor since; undefined: it is said now.
   */
  issuedAt: string | undefined;
}

/** A representative who is appointed in the predecessor, and whom the controller would appoint again. */
export interface CarriedRepresentative {
  representative: string;
  /** Inclusive; undefined: at once. */
  from: Date | undefined;
  /** Exclusive. */
  until: End;
}

/** What a patient would say again to the successor. Plain data: show it before it is signed. */
export interface MovingPlan {
  patient: string;
  /** Whether the successor alone counts for the patient already. */
  hasMoved: boolean;
  /** The predecessor's block that it was read at. */
  blockNumber: number;
  refusals: CarriedRefusal[];
  consents: CarriedConsent[];
  representatives: CarriedRepresentative[];
  /** Who can give control back to the patient: they stay. Undefined: nobody. */
  guardians: Pick<GuardiansInOffice, "commitment" | "delay"> | undefined;
}

/** What goes with a plan. */
export interface PlanOptions {
  /**
   * The sentence and the document hash that a consent was given with, by its evidence; undefined if they are not at hand. It is
   * seen to be the very one by its hash.
   */
  documentOf?: ((evidence: string) => Promise<EvidenceInput | undefined>) | undefined;
}

/** How a plan is signed. */
export interface SignPlanOptions {
  /** The controller; the signer or wallet of the successor's client if left out. */
  by?: StatementSigner | undefined;
  /** The language of the sentences that are signed; English if left out. */
  locale?: Locale | StatementTexts | undefined;
}

/** How far a delivery has come. */
export interface DeliveryOptions {
  /** Told after each statement. */
  onDelivered?: ((result: WriteResult<RegistryEvent>, index: number) => void) | undefined;
}

/** Two deployments of one chain, the second of which comes after the first. */
export interface Moving {
  /** The predecessor's client. */
  from: Client;
  /** The successor's client. */
  to: Client;
  /**
   * Whether the successor alone counts for a patient, at the newest block: the controller has said something about control or
   * guardians there, as a move does at its end, or the patient has withdrawn everything there.
   *
   * @throws InvalidAddressError; NetworkError, TimeoutError, RpcError, ReorganisedError
   */
  hasMoved: (patient: string) => Promise<boolean>;
  /**
   * Decides while patients move from one to the other. What was said to the successor counts; where nothing was, what was said
   * to the predecessor does, unless the patient has moved. Until then no permit of the successor stands against a refusal in
   * the predecessor that is narrower, or was said to the grantee itself, or later, to the same; or that withdrew everything.
   *
   * @returns the decision, and through which client to log the access
   * @throws as `consents.decide` and `records.decide`: take it as a refusal
   */
  decide: (question: MovingQuestion) => Promise<MovingDecision>;
  /** The client of the deployment that counts for a question, as `decide` finds it: what a guard needs. */
  clientFor: (question: MovingQuestion) => Promise<Client>;
  /**
   * Reads what a patient would say again: live consents, refusals, representatives, guardians. What was said to the successor
   * since, and would have replaced or ended it in one registry, counts: that is not carried.
   *
   * @throws InvalidAddressError, DocumentAlteredError; NetworkError, TimeoutError, RpcError, ReorganisedError
   */
  plan: (patient: string, options?: PlanOptions) => Promise<MovingPlan>;
  /**
   * Has the controller sign what a plan says, without sending anything.
   *
   * @returns statements for the successor, in the order in which they must be delivered: the last is the move. Grants and all
   * after them can be delivered for an hour
   * @throws NotControllerOfError if somebody else would sign, RecoveryUnderWayError
   * @throws InvalidParameterError if the patient has said something since the plan was read: read it anew
   * @throws UserRejectedError, NoSignerError, WrongChainError, InvalidSignatureError
   */
  sign: (plan: MovingPlan, options?: SignPlanOptions) => Promise<SignedStatement[]>;
  /**
   * Sees to it that a patient who has not moved has said nothing to the predecessor since statements were signed: for who
   * hands them to a relayer, before each.
   *
   * @throws InvalidParameterError if so: plan and sign anew; InvalidStatementError
   * @throws NetworkError, TimeoutError, RpcError, ReorganisedError
   */
  requireCurrent: (statements: readonly unknown[]) => Promise<void>;
  /**
   * Delivers signed statements one after the other, and stops at the first that fails: the predecessor counts until the last of
   * them is there. Whoever delivers pays, and needs no right of its own.
   *
   * Nothing is delivered of a patient who has said something to the predecessor since it was signed: it would not count any more.
   *
   * @param statements what `sign` returned, or its JSON; those that were delivered may be among them
   * @throws InvalidParameterError if the patient has said something to the predecessor since: plan and sign anew
   * @throws whatever `relay.submit` throws
   */
  deliver: (statements: readonly unknown[], options?: DeliveryOptions) => Promise<WriteResult<RegistryEvent>[]>;
}
