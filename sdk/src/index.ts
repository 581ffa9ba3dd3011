export type { Access } from "./audit/accessed.js";
export type { AccessParams, AccessResult } from "./audit/access.js";
export type { AccountingOptions, Disclosure } from "./audit/accountingOfDisclosures.js";
export type { HistoryEntry, HistoryParams } from "./audit/history.js";
export type { AuditActions } from "./audit/actions.js";
export type { Client } from "./client.js";
export type { ConsentActions, RevokeAll } from "./consents/actions.js";
export type { LinkActions } from "./links/actions.js";
export type { ProviderActions } from "./providers/actions.js";
export type { PasskeyActions } from "./passkeys/actions.js";
export type { RecordActions } from "./records/actions.js";
export type { RelayActions } from "./relay/actions.js";
export type { RequestActions } from "./requests/actions.js";
export * from "./codes/index.js";
export { connect, type ConnectParams } from "./connect.js";
export type { FailedDecision, ManyDecision } from "./consents/decideMany.js";
export type {
  AllRevoked,
  ConsentEvent,
  ConsentGranted,
  ConsentRestarted,
  ConsentRevoked,
  GlassBroken,
  WordEvent,
} from "./consents/events.js";
export type { Explanation, Missing } from "./consents/explain.js";
export type { Ending, HeardWord } from "./consents/heard.js";
export type { OfParties } from "./consents/filters.js";
export type { ConsentHistoryParams } from "./consents/history.js";
export type { ListConsentsParams, ListedConsent } from "./consents/list.js";
export type { RevocationInput, RevokeParams } from "./consents/revoke.js";
export type { RevokeAllParams } from "./consents/revokeAll.js";
export type { SayingInput } from "./consents/saying.js";
export type {
  SimulatedAnswer,
  SimulatedChange,
  SimulatedDecision,
  SimulatedWord,
  SimulateParams,
  Simulation,
} from "./consents/simulate.js";
export type { ConsentStatus } from "./consents/status.js";
export type { Terms } from "./consents/terms.js";
export type { DecideParams } from "./consents/toRequest.js";
export type { SignGrantOptions, SignGrantParams } from "./consents/signGrant.js";
export type { ConsentInput, ConsentInputs, GrantOptions, GrantParams, OfPatient } from "./consents/types.js";
export type { WatchConsentsParams } from "./consents/watch.js";
export type { Circumstances, ConditionalPermit, Documents, Narrow, Narrowed } from "./documents/types.js";
export type { Decision, DecisionAtBlock, DecisionPosition } from "./decisions/decision.js";
export { DECISIONS, type DecisionName } from "./decisions/names.js";
export { type DecisionText, decisionTexts } from "./decisions/texts.js";
export { knownDeployments } from "./deployments/knownDeployments.js";
export { parseDeployment } from "./deployments/parseDeployment.js";
export type { ContractName, DeployedContract, Deployment } from "./deployments/types.js";
export * from "./errors/index.js";
export type { SignLinkOptions } from "./links/sign.js";
export type {
  LinkAnswer,
  LinkChallenge,
  LinkMessage,
  OpenChallenge,
  PatientIdentifier,
  PatientLink,
} from "./links/types.js";
export { createPasskey, type CreatePasskeyParams } from "./passkeys/createPasskey.js";
export type { Authenticators, Passkey } from "./passkeys/types.js";
export type { Pages } from "./logs/pages.js";
export type { PageOptions, ScanOptions } from "./logs/readPages.js";
export type { Progress } from "./logs/scan.js";
export type { Watch, Watched, WatchOptions } from "./logs/watch.js";
export type { PatientActions, Signable, StatedByDefault } from "./patients/actions.js";
export type { Appointment } from "./patients/appointment.js";
export type { AppointRepresentativeParams } from "./patients/appointRepresentative.js";
export type { CancelRecoveryParams } from "./patients/cancelRecovery.js";
export type { CompleteRecoveryParams } from "./patients/completeRecovery.js";
export type { CreateDependentParams, CreatedDependent, DependentRequest } from "./patients/createDependent.js";
export type { DelayInput } from "./patients/delay.js";
export { dependentOf } from "./patients/dependentOf.js";
export type { ListedDependent } from "./patients/dependents.js";
export type { DismissRepresentativeParams } from "./patients/dismissRepresentative.js";
export type {
  ControlEvent,
  ControlTransferred,
  DependentCreated,
  ExclusionsChanged,
  GuardiansChanged,
  RecoveryCancelled,
  RecoveryCompleted,
  RecoveryStarted,
  RegistryEvent,
  RepresentativeAppointed,
  RepresentativeDismissed,
} from "./patients/events.js";
export type { GuardiansInOffice, PatientState, RecoveryUnderWay } from "./patients/get.js";
export { type Guardians, newGuardians, type NewGuardiansParams } from "./patients/guardians.js";
export type { ControlHistoryParams } from "./patients/history.js";
export type { RecoveryProposal } from "./patients/proposal.js";
export type { ProposeRecoveryParams } from "./patients/proposeRecovery.js";
export type { AppointmentStatus, ListedRepresentative } from "./patients/representatives.js";
export type { SetExclusionsParams } from "./patients/setExclusions.js";
export type { SetGuardiansParams } from "./patients/setGuardians.js";
export type { AcceptControlParams } from "./patients/signAcceptControl.js";
export type { SpeaksForParams } from "./patients/speaksFor.js";
export type { StartRecoveryParams } from "./patients/startRecovery.js";
export type { TransferControlParams } from "./patients/transferControl.js";
export type {
  AccreditorAppointed,
  EncryptionKeyChanged,
  MemberChanged,
  ProviderEvent,
  ProviderRegistered,
  ProviderRenewed,
  StandingChanged,
} from "./providers/events.js";
export type { ActsForParams } from "./providers/actsFor.js";
export type { ListedProvider, UnlistedProvider } from "./providers/get.js";
export type { Ability, Capability, ProviderKind, Standing } from "./providers/names.js";
export type { PublishEncryptionKeyParams } from "./providers/publishEncryptionKey.js";
export type { RegisterProviderParams } from "./providers/register.js";
export type { SetMemberParams } from "./providers/setMember.js";
export type { ReadOptions } from "./reads/options.js";
export { contentHash, newSalt, verifyContent } from "./records/contentHash.js";
export type { DecideRecordParams } from "./records/decide.js";
export type {
  LabelsAdded,
  LocatorSealed,
  RecordAmended,
  RecordErased,
  RecordEvent,
  RecordRegistered,
} from "./records/events.js";
export type { NoRecord, RecordPointer } from "./records/get.js";
export type { ListRecordsParams } from "./records/list.js";
export type { RegisterParams } from "./records/register.js";
export type { RegisterManyParams, RegistrationRequest, RegistrationResult } from "./records/registerMany.js";
export type { RecordStatus } from "./records/status.js";
export type {
  KeptRecord,
  OpenedRecord,
  RecordStore,
  RecordToStore,
  ReleasedRecord,
  ShareParams,
  StoredRecord,
  VersionOptions,
} from "./records/store.js";
export type { ContentInput, PreparedContent, RecordInput } from "./records/toRegistration.js";
export type { RelayOptions, VerifiedStatement } from "./relay/verify.js";
export type { RequestChanges, RequestedGrant } from "./requests/toGrant.js";
export type { AccessRequest, RequestInput, RequestMessage, RequestOptions } from "./requests/types.js";
export type { VerifiedRequest } from "./requests/verify.js";
export { custodianOf, newProgrammeId, newRecordId } from "./scopes/ids.js";
export { describeScope, type Scope } from "./scopes/scope.js";
export { accountOf } from "./signing/account.js";
export { parseStatement } from "./signing/parseStatement.js";
export type {
  Acceptance,
  Companions,
  GrantMessage,
  Messages,
  RevocationMessage,
  SignedBy,
  SignedStatement,
  SignedStatementOf,
  SignOptions,
  Statement,
  StatementDomain,
  StatementOf,
  StatementSigner,
  StatementType,
  TypedData,
  TypedFields,
} from "./signing/types.js";
export { renderStatement } from "./statements/renderStatement.js";
export type { StatedGrant, StatementInput } from "./statements/stated.js";
export { type Locale, statementTexts } from "./statements/texts/index.js";
export type { StatementTexts } from "./statements/texts/types.js";
export { verifyStatement } from "./statements/verifyStatement.js";
export type { Eip1193Wallet, HeadTag, Position, Runner, UnsignedTransaction } from "./transport/types.js";
export { ANY_PROVIDER } from "./values/address.js";
export type { End, EndInput, TimeInput } from "./values/dates.js";
export type { Stated, Write } from "./writes/action.js";
export type { EventPosition } from "./writes/events.js";
export type { WriteResult } from "./writes/send.js";
export type { MinedTransaction } from "./writes/wait.js";
