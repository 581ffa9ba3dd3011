export {
  ListenError,
  OwnKeyError,
  QueueFileError,
  QueueStuckError,
  RelayerKeyError,
  SettingError,
} from "./errors/operation.js";
export { QueueFullError, TooManyRequestsError, TooManyStatementsError } from "./errors/limits.js";
export {
  MalformedHttpError,
  NotJsonError,
  RelayerFaultError,
  StatementTooLongError,
  UnknownRouteError,
  UnknownStatementError,
} from "./errors/requests.js";
export type { RequestLimits } from "./http/limits.js";
export type { LogStream } from "./http/log.js";
export type { Budget, Budgets } from "./queue/counter.js";
export type { Failure, Place, State, StatementState } from "./queue/types.js";
export { type Relayer, type RelayerParams, startRelayer } from "./startRelayer.js";
