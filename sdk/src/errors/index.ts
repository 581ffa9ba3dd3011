export { ConsentryError, type ConsentryErrorOptions } from "./base.js";
export {
  InsufficientFundsError,
  NetworkError,
  NonceError,
  RateLimitedError,
  RpcError,
  TimeoutError,
  UnexpectedTransactionError,
  UnknownRevertError,
  UnreadableAnswerError,
  UserRejectedError,
} from "./chain.js";
export { UnknownBitsError, UnknownCodeError } from "./codes.js";
export {
  DeploymentMismatchError,
  InvalidDeploymentError,
  InvalidRunnerError,
  NoDeploymentError,
  NoSignerError,
  WrongChainError,
} from "./connection.js";
export { ShadowedByRefusalError } from "./consents.js";
export { NoDocumentsError } from "./documents.js";
export { ContractError } from "./contract/base.js";
export * from "./contract/audit.js";
export * from "./contract/consents.js";
export * from "./contract/control.js";
export * from "./contract/emergency.js";
export {
  AccessManagedInvalidAuthorityError,
  AccessManagedRequiredDelayError,
  AccessManagedUnauthorizedError,
  AccessManagerAlreadyScheduledError,
  AccessManagerBadConfirmationError,
  AccessManagerExpiredError,
  AccessManagerInvalidInitialAdminError,
  AccessManagerLockedFunctionError,
  AccessManagerLockedRoleError,
  AccessManagerNotReadyError,
  AccessManagerNotScheduledError,
  AccessManagerUnauthorizedAccountError,
  AccessManagerUnauthorizedCallError,
  AccessManagerUnauthorizedCancelError,
  AccessManagerUnauthorizedConsumeError,
  AddressEmptyCodeError,
  FailedCallError,
  InsufficientBalanceError,
  InvalidShortStringError,
  SafeCastOverflowedUintDowncastError,
  StringTooLongError,
} from "./contract/openZeppelin.js";
export * from "./contract/providers.js";
export * from "./contract/records.js";
export * from "./contract/recovery.js";
export { MalformedResourceError } from "./fhir.js";
export { InvalidAddressError, InvalidDateError, InvalidParameterError } from "./input.js";
export { WrongAudienceError } from "./links.js";
export { PasskeyError } from "./passkeys.js";
export { MalformedRequestError, RequesterNotActiveError, RequestNotOpenError } from "./requests.js";
export { OutOfGasError, TransactionReplacedError, UnknownOutcomeError } from "./sending.js";
export {
  InvalidStatementError,
  NotDeliverableError,
  NothingToDeliverError,
  OtherDeploymentError,
  TooMuchGasError,
  UnknownVerifierError,
} from "./signing.js";
export { InvalidStatementTextsError, UnknownLocaleError, UnknownStatementTextsError } from "./statements.js";
export { ReorganisedError } from "./reading.js";
