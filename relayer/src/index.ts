export {
  ListenError,
  LowFundsError,
  OwnKeyError,
  QueueFileError,
  QueueStuckError,
  RelayerKeyError,
  SettingError,
  UnknownTransactionError,
} from "./errors/operation.js";
export { GasBudgetUsedError, QueueFullError, TooManyRequestsError, TooManyStatementsError } from "./errors/limits.js";
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
export type { Pricing } from "./delivery/price.js";
export type { Budget, Budgets } from "./queue/counter.js";
export type { GasBudget } from "./queue/gas.js";
export type { Failure, Place, State, StatementState } from "./queue/types.js";
export { type Relayer, type RelayerParams, startRelayer } from "./startRelayer.js";
