import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import type { Pages } from "../logs/pages.js";
import type { PageOptions, ScanOptions } from "../logs/readPages.js";
import type { Watch, WatchOptions } from "../logs/watch.js";
import type { ReadOptions } from "../reads/options.js";
import type { SignedStatementOf, SignOptions } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { bind, bindStated, type Stated } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { decide } from "./decide.js";
import { decideMany, type FailedDecision, type ManyDecision } from "./decideMany.js";
import type { AllRevoked, ConsentEvent, ConsentGranted, ConsentRevoked } from "./events.js";
import { explain, type Explanation } from "./explain.js";
import { grant, grantRequest } from "./grant.js";
import { type ConsentHistoryParams, history as consentHistory } from "./history.js";
import { list, type ListConsentsParams, type ListedConsent } from "./list.js";
import { revoke, type RevokeParams, revokeRequest } from "./revoke.js";
import { revokeAll, type RevokeAllParams, revokeAllRequest } from "./revokeAll.js";
import { simulate, type SimulateParams, type Simulation } from "./simulate.js";
import { signGrant, type SignGrantParams } from "./signGrant.js";
import { signRevoke } from "./signRevoke.js";
import { signRevokeAll } from "./signRevokeAll.js";
import type { DecideParams } from "./toRequest.js";
import type { GrantParams, OfPatient } from "./types.js";
import { watch as watchConsents, type WatchConsentsParams } from "./watch.js";

/** `client.consents`: what patients allow and withdraw, and whether something is allowed. */
export interface ConsentActions {
  /**
   * Sets or replaces consents of a patient; the events of the result are what was granted, with its terms.
   *
   * @throws ShadowedByRefusalError, StartNotGrantableError, NotSpeakerForError, AlreadyExpiredError, TooSoonError
   * @throws NoSignerError if nobody can sign
   */
  grant: Stated<GrantParams, WriteResult<ConsentGranted> & OfPatient, "Grants", SignGrantParams>;
  /**
   * Withdraws from a grantee altogether, or a family of purposes, record, programme or break-glass; leaves refusals, the events.
   *
   * @throws NotSpeakerForError, InvalidParameterError, NoSignerError
   */
  revoke: Stated<RevokeParams, WriteResult<ConsentRevoked> & OfPatient, "Revocations">;
  /**
   * Ends every consent of a patient said before, at one constant cost; the event tells up to which time.
   *
   * @throws NotSpeakerForError, NoSignerError
   */
  revokeAll: RevokeAll;
  /**
   * Decides whether a grantee may do something; `permitted` is true for an unconditional permit of the present only.
   *
   * @throws UnknownCodeError, InvalidAddressError; NetworkError, TimeoutError: take them as a refusal
   */
  decide: (params: DecideParams, options?: ReadOptions) => Promise<DecisionAtBlock>;
  /**
   * Decides many questions at one block, in their order; a malformed one is `{ permitted: false, error }`.
   *
   * @throws NetworkError, TimeoutError, RpcError: take them as a refusal of all
   */
  decideMany: (params: readonly DecideParams[], options?: ReadOptions) => Promise<(ManyDecision | FailedDecision)[]>;
  /**
   * Explains a decision: the words that it rests on, who said them and when; or why not, and what would be needed.
   *
   * @throws UnknownCodeError, InvalidAddressError; NetworkError, TimeoutError
   */
  explain: (params: DecideParams, options?: ReadOptions) => Promise<Explanation>;
  /**
   * Shows what a grant or a withdrawal would change, without sending it: what it replaces, and what becomes of answers.
   *
   * @throws ShadowedByRefusalError, AlreadyExpiredError, TooSoonError, InvalidParameterError, NetworkError, TimeoutError
   */
  simulate: (params: SimulateParams, options?: ReadOptions) => Promise<Simulation>;
  /**
   * Lists the present word of a patient, or to a grantee, in each scope, in the order in which they were written.
   *
   * @throws InvalidParameterError without patient and grantee, InvalidAddressError
   */
  list: (params: ListConsentsParams, options?: ScanOptions) => Promise<ListedConsent[]>;
  /**
   * Reads all that was said about consents, in the order of the chain, page by page; `await` reads it as a whole.
   *
   * @throws InvalidAddressError, InvalidParameterError, ReorganisedError
   */
  history: (params?: ConsentHistoryParams, options?: PageOptions) => Pages<ConsentEvent>;
  /**
   * Watches what is said about consents, as it happens: each event once, whatever becomes of node and chain.
   *
   * @throws InvalidAddressError, InvalidParameterError at once; ReorganisedError, WrongChainError while it is watched
   */
  watch: (params?: WatchConsentsParams, options?: WatchOptions) => Watch<ConsentEvent>;
}

/** `client.consents.revokeAll`: called, it sends; `request` only builds the transaction. */
export interface RevokeAll {
  (params?: RevokeAllParams): Promise<WriteResult<AllRevoked> & OfPatient>;
  /** Builds the transaction, `{ to, data }`, without sending it. */
  request(params?: RevokeAllParams): Promise<UnsignedTransaction>;
  /** Signs a statement, as plain JSON, without sending anything: `relay.submit` delivers it. */
  sign: (params?: RevokeAllParams, options?: SignOptions) => Promise<SignedStatementOf<"RevokeAll">>;
}

/** The actions of `client.consents`, bound to a context. */
export function consentsOf(context: Context): ConsentActions {
  return {
    grant: bindStated(context, grant, grantRequest, signGrant),
    revoke: bindStated(context, revoke, revokeRequest, signRevoke),
    revokeAll: bindStated(context, revokeAll, revokeAllRequest, signRevokeAll),
    decide: bind(context, decide),
    decideMany: bind(context, decideMany),
    explain: bind(context, explain),
    simulate: bind(context, simulate),
    list: bind(context, list),
    history: (...args) => consentHistory(context, ...args),
    watch: (...args) => watchConsents(context, ...args),
  };
}
