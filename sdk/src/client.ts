import { access, type AccessParams, accessRequest, type AccessResult } from "./audit/access.js";
import { accountingOfDisclosures, type AccountingOptions, type Disclosure } from "./audit/accountingOfDisclosures.js";
import { history, type HistoryEntry, type HistoryParams } from "./audit/history.js";
import { watch as watchAccesses } from "./audit/watch.js";
import { decide } from "./consents/decide.js";
import { decideMany, type FailedDecision, type ManyDecision } from "./consents/decideMany.js";
import type { AllRevoked, ConsentEvent, ConsentGranted, ConsentRevoked } from "./consents/events.js";
import { explain, type Explanation } from "./consents/explain.js";
import { grant, grantRequest } from "./consents/grant.js";
import { type ConsentHistoryParams, history as consentHistory } from "./consents/history.js";
import { list, type ListConsentsParams, type ListedConsent } from "./consents/list.js";
import { revoke, type RevokeParams, revokeRequest } from "./consents/revoke.js";
import { revokeAll, type RevokeAllParams, revokeAllRequest } from "./consents/revokeAll.js";
import { simulate, type SimulateParams, type Simulation } from "./consents/simulate.js";
import type { DecideParams } from "./consents/toRequest.js";
import type { GrantParams, OfPatient } from "./consents/types.js";
import { watch as watchConsents, type WatchConsentsParams } from "./consents/watch.js";
import type { Context } from "./context.js";
import type { DecisionAtBlock } from "./decisions/decision.js";
import type { Deployment } from "./deployments/types.js";
import type { Pages } from "./logs/pages.js";
import type { PageOptions, ScanOptions } from "./logs/readPages.js";
import type { Watch, WatchOptions } from "./logs/watch.js";
import {
  appointAccreditor,
  type AppointAccreditorParams,
  appointAccreditorRequest,
} from "./providers/appointAccreditor.js";
import type {
  AccreditorAppointed,
  MemberChanged,
  ProviderRegistered,
  ProviderRenewed,
  StandingChanged,
} from "./providers/events.js";
import { get as getProvider, type ListedProvider, type UnlistedProvider } from "./providers/get.js";
import {
  register as registerProvider,
  type RegisterProviderParams,
  registerRequest as registerProviderRequest,
} from "./providers/register.js";
import { reinstate, type ReinstateProviderParams, reinstateRequest } from "./providers/reinstate.js";
import { renew, type RenewProviderParams, renewRequest } from "./providers/renew.js";
import {
  revoke as revokeProvider,
  type RevokeProviderParams,
  revokeRequest as revokeProviderRequest,
} from "./providers/revoke.js";
import { setMember, type SetMemberParams, setMemberRequest } from "./providers/setMember.js";
import { suspend, type SuspendProviderParams, suspendRequest } from "./providers/suspend.js";
import type { ReadOptions } from "./reads/options.js";
import { addLabels, type AddLabelsParams, addLabelsRequest } from "./records/addLabels.js";
import { amend, type AmendParams, amendRequest } from "./records/amend.js";
import { verifyContent } from "./records/contentHash.js";
import { decide as decideRecord, type DecideRecordParams } from "./records/decide.js";
import { erase, type EraseParams, eraseRequest } from "./records/erase.js";
import type { LabelsAdded, RecordAmended, RecordErased, RecordRegistered } from "./records/events.js";
import { get as getRecord, type NoRecord, type RecordPointer } from "./records/get.js";
import { list as listRecords, type ListRecordsParams } from "./records/list.js";
import { register, type RegisterParams, registerRequest } from "./records/register.js";
import {
  registerMany,
  type RegisterManyParams,
  registerManyRequest,
  type RegistrationRequest,
  type RegistrationResult,
} from "./records/registerMany.js";
import type { PreparedContent } from "./records/toRegistration.js";
import { newRecordId } from "./scopes/ids.js";
import type { UnsignedTransaction } from "./transport/types.js";
import type { Bytes } from "./values/bytes.js";
import { bind, bindWrite, type Write } from "./writes/action.js";
import type { WriteResult } from "./writes/send.js";

/** What `connect` returns: every action, bound to one deployment. */
export interface Client {
  /** The chain that the client talks to, as its id. */
  chainId: number;
  /** The contracts that the client talks to, as `connect` verified them. */
  deployment: Deployment;
  /** What patients allow and withdraw, and whether something is allowed. */
  consents: ConsentActions;
  /** Pointers to records and hashes of them; the records stay with their custodians. */
  records: RecordActions;
  /** The directory of providers, their standing and their members. */
  providers: ProviderActions;
  /** Who asked for what, and what the answer was. */
  audit: AuditActions;
}

/** `client.consents`: what patients allow and withdraw, and whether something is allowed. */
export interface ConsentActions {
  /**
   * Sets or replaces consents of a patient; the events of the result are what was granted, with its terms.
   *
   * @throws ShadowedByRefusalError, StartNotGrantableError, NotSpeakerForError, AlreadyExpiredError, TooSoonError
   * @throws NoSignerError if nobody can sign
   */
  grant: Write<GrantParams, WriteResult<ConsentGranted> & OfPatient>;
  /**
   * Withdraws from a grantee altogether, or a family of purposes, record, programme or break-glass; leaves refusals, the events.
   *
   * @throws NotSpeakerForError, InvalidParameterError, NoSignerError
   */
  revoke: Write<RevokeParams, WriteResult<ConsentRevoked> & OfPatient>;
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
}

/** `client.records`: pointers to records and hashes of them; the records stay with their custodians. */
export interface RecordActions {
  /**
   * Makes a new record id of a custodian: 88 random bits that tell nothing. Nothing is sent.
   *
   * @throws InvalidAddressError
   */
  newId: (custodian: string) => string;
  /**
   * Registers a record: a pointer, its categories and a salted hash. Returns id, hash and salt, which must be kept.
   *
   * @throws CollectionNotPermittedError, NotContributorError, RecordExistsError, InvalidParameterError, NoSignerError
   */
  register: Write<
    RegisterParams,
    WriteResult<RecordRegistered> & PreparedContent,
    UnsignedTransaction & PreparedContent
  >;
  /**
   * Registers records under one purpose, all or none. Returns the id, hash and salt of each, which must be kept.
   *
   * @throws CollectionNotPermittedError, NotContributorError, RecordExistsError, InvalidParameterError, NoSignerError
   */
  registerMany: Write<RegisterManyParams, RegistrationResult, RegistrationRequest>;
  /**
   * Puts a new content in a record's place, as its next version. Returns hash and salt, which must be kept.
   *
   * @throws RecordUnknownError, NotContributorError, TooManyVersionsError, NoSignerError
   */
  amend: Write<AmendParams, WriteResult<RecordAmended> & PreparedContent, UnsignedTransaction & PreparedContent>;
  /**
   * Adds categories to a record; the event of the result has all that it carries now.
   *
   * @throws UnknownCodeError, RecordUnknownError, NotContributorError, NoSignerError
   */
  addLabels: Write<AddLabelsParams, WriteResult<LabelsAdded>>;
  /**
   * Forgets a record's patient, categories and hash for good. Destroy its content and salt, too.
   *
   * @throws RecordUnknownError, NotContributorError, NoSignerError
   */
  erase: Write<EraseParams, WriteResult<RecordErased>>;
  /**
   * Looks a record up by its id: the pointer, or only a status if it is unknown or erased.
   *
   * @throws InvalidRecordIdError
   */
  get: (record: string, options?: ReadOptions) => Promise<RecordPointer | NoRecord>;
  /**
   * Lists the registered records of a patient or a custodian, in the order in which they were registered.
   *
   * @throws InvalidParameterError without patient and custodian, InvalidAddressError
   */
  list: (params: ListRecordsParams, options?: ScanOptions) => Promise<RecordPointer[]>;
  /**
   * Decides on a record with its own patient and labels: ask this before it is released.
   *
   * @throws InvalidRecordIdError, UnknownCodeError; NetworkError, TimeoutError: take them as a refusal
   */
  decide: (params: DecideRecordParams, options?: ReadOptions) => Promise<DecisionAtBlock>;
  /**
   * Tells whether a content is the one that was registered: false if a single bit was changed. Nothing is asked.
   *
   * @throws InvalidParameterError
   */
  verify: (
    pointer: { readonly contentHash?: string | undefined },
    content: Bytes,
    salt: string | Uint8Array,
  ) => boolean;
}

/** `client.providers`: the directory of providers, their standing and their members. */
export interface ProviderActions {
  /**
   * Lists a provider in the directory, active at once; the event has its entry. By an accreditor.
   *
   * @throws NotAccreditorError, ProviderExistsError, InvalidCapabilitiesError, InvalidExpiryError, NoSignerError
   */
  register: Write<RegisterProviderParams, WriteResult<ProviderRegistered>>;
  /**
   * Moves the end of a provider's accreditation; the event has the new one. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, InvalidExpiryError, NoSignerError
   */
  renew: Write<RenewProviderParams, WriteResult<ProviderRenewed>>;
  /**
   * Stops a provider at once, in every decision of the same block. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, AlreadySuspendedError, AlreadyRevokedError, NoSignerError
   */
  suspend: Write<SuspendProviderParams, WriteResult<StandingChanged>>;
  /**
   * Stops a provider for good; only the consortium can reinstate it. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, AlreadyRevokedError, NoSignerError
   */
  revoke: Write<RevokeProviderParams, WriteResult<StandingChanged>>;
  /**
   * Makes a suspended or revoked provider active again. By the consortium.
   *
   * @throws AccessManagedUnauthorizedError, ProviderUnknownError, AlreadyActiveError, NoSignerError
   */
  reinstate: Write<ReinstateProviderParams, WriteResult<StandingChanged>>;
  /**
   * Puts an account behind an accreditor id, in the place of whoever stood there. By the consortium.
   *
   * @throws AccessManagedUnauthorizedError, AccountInUseError, NoSignerError
   */
  appointAccreditor: Write<AppointAccreditorParams, WriteResult<AccreditorAppointed>>;
  /**
   * Lists a key of an organization with its abilities, or removes it. By the organization or a member that manages.
   *
   * @throws NotActingForError, InvalidMemberError, ProviderUnknownError, InvalidExpiryError, NoSignerError
   */
  setMember: Write<SetMemberParams, WriteResult<MemberChanged>>;
  /**
   * Looks a provider up by its address: the entry, or `standing: "unlisted"`.
   *
   * @throws InvalidAddressError
   */
  get: (provider: string, options?: ReadOptions) => Promise<ListedProvider | UnlistedProvider>;
}

/** `client.audit`: who asked for what, and what the answer was. */
export interface AuditActions {
  /**
   * Decides and logs in one transaction: release data only after it, and only if the result is `permitted`.
   *
   * @throws NotActingForError, InvalidRecordIdError, UnknownCodeError, NoSignerError
   */
  access: Write<AccessParams, AccessResult>;
  /**
   * Reads the accesses, permitted and refused, with their times, page by page; `await` reads them as a whole.
   *
   * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError, ReorganisedError
   */
  history: (params?: HistoryParams, options?: PageOptions) => Pages<HistoryEntry>;
  /**
   * Watches who asks for what, as it happens: each access once, permitted or refused.
   *
   * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError at once; ReorganisedError, WrongChainError
   */
  watch: (params?: HistoryParams, options?: WatchOptions) => Watch<HistoryEntry>;
  /**
   * Reads who was given access to a patient's data in the last years, six if left out, after 45 CFR 164.528.
   *
   * @throws InvalidAddressError, InvalidParameterError, ReorganisedError
   */
  accountingOfDisclosures: (patient: string, options?: AccountingOptions) => Pages<Disclosure>;
}

/** Binds the actions to a context; all that they do is in their own files. */
export function createClient(context: Context): Client {
  const { deployment } = context;
  return {
    chainId: deployment.chainId,
    deployment,
    consents: consentsOf(context),
    records: recordsOf(context),
    providers: providersOf(context),
    audit: auditOf(context),
  };
}

function consentsOf(context: Context): ConsentActions {
  return {
    grant: bindWrite(context, grant, grantRequest),
    revoke: bindWrite(context, revoke, revokeRequest),
    revokeAll: bindWrite(context, revokeAll, revokeAllRequest),
    decide: bind(context, decide),
    decideMany: bind(context, decideMany),
    explain: bind(context, explain),
    simulate: bind(context, simulate),
    list: bind(context, list),
    history: (...args) => consentHistory(context, ...args),
    watch: (...args) => watchConsents(context, ...args),
  };
}

function recordsOf(context: Context): RecordActions {
  return {
    newId: newRecordId,
    register: bindWrite(context, register, registerRequest),
    registerMany: bindWrite(context, registerMany, registerManyRequest),
    amend: bindWrite(context, amend, amendRequest),
    addLabels: bindWrite(context, addLabels, addLabelsRequest),
    erase: bindWrite(context, erase, eraseRequest),
    get: bind(context, getRecord),
    list: bind(context, listRecords),
    decide: bind(context, decideRecord),
    verify: verifyContent,
  };
}

function providersOf(context: Context): ProviderActions {
  return {
    register: bindWrite(context, registerProvider, registerProviderRequest),
    renew: bindWrite(context, renew, renewRequest),
    suspend: bindWrite(context, suspend, suspendRequest),
    revoke: bindWrite(context, revokeProvider, revokeProviderRequest),
    reinstate: bindWrite(context, reinstate, reinstateRequest),
    appointAccreditor: bindWrite(context, appointAccreditor, appointAccreditorRequest),
    setMember: bindWrite(context, setMember, setMemberRequest),
    get: bind(context, getProvider),
  };
}

function auditOf(context: Context): AuditActions {
  return {
    access: bindWrite(context, access, accessRequest),
    history: (...args) => history(context, ...args),
    watch: (...args) => watchAccesses(context, ...args),
    accountingOfDisclosures: (...args) => accountingOfDisclosures(context, ...args),
  };
}
