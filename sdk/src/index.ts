export type { Access } from "./audit/accessed.js";
export type { AccessParams, AccessResult } from "./audit/access.js";
export type { AccountingOptions, Disclosure } from "./audit/accountingOfDisclosures.js";
export type { HistoryEntry, HistoryParams } from "./audit/history.js";
export type { AuditActions, Client, ConsentActions, ProviderActions, RecordActions, RevokeAll } from "./client.js";
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
export type { ConsentInput, GrantOptions, GrantParams, OfPatient } from "./consents/types.js";
export type { WatchConsentsParams } from "./consents/watch.js";
export type { Decision, DecisionAtBlock, DecisionPosition } from "./decisions/decision.js";
export { DECISIONS, type DecisionName } from "./decisions/names.js";
export { type DecisionText, decisionTexts } from "./decisions/texts.js";
export { parseDeployment } from "./deployments/parseDeployment.js";
export type { ContractName, DeployedContract, Deployment } from "./deployments/types.js";
export * from "./errors/index.js";
export type { Pages } from "./logs/pages.js";
export type { PageOptions, ScanOptions } from "./logs/readPages.js";
export type { Progress } from "./logs/scan.js";
export type { Watch, Watched, WatchOptions } from "./logs/watch.js";
export type {
  AccreditorAppointed,
  MemberChanged,
  ProviderEvent,
  ProviderRegistered,
  ProviderRenewed,
  StandingChanged,
} from "./providers/events.js";
export type { ListedProvider, UnlistedProvider } from "./providers/get.js";
export type { Ability, Capability, ProviderKind, Standing } from "./providers/names.js";
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
export type { RecordStore, StoredRecord } from "./records/store.js";
export type { ContentInput, PreparedContent, RecordInput } from "./records/toRegistration.js";
export { custodianOf, newProgrammeId, newRecordId } from "./scopes/ids.js";
export { describeScope, type Scope } from "./scopes/scope.js";
export type { Eip1193Wallet, HeadTag, Position, Runner, UnsignedTransaction } from "./transport/types.js";
export { ANY_PROVIDER } from "./values/address.js";
export type { End, EndInput, TimeInput } from "./values/dates.js";
export type { Write } from "./writes/action.js";
export type { EventPosition } from "./writes/events.js";
export type { WriteResult } from "./writes/send.js";
