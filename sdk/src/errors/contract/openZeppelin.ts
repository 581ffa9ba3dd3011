import { errorsOf } from "./base.js";
import type * as openZeppelinAbi from "./openZeppelinAbi.js";

const define = errorsOf<typeof openZeppelinAbi>();
const CONSORTIUM = "Only the consortium may do this: connect with one of its keys.";
const SCHEDULE = "Announce it by `@consentry/sdk/governance`, wait for its delay, then do it.";

export class AccessManagedUnauthorizedError extends define(
  "AccessManagedUnauthorized",
  (args) => `${args.caller} does not hold the role that this takes.`,
  "The consortium governs the directory and appoints reviewers: connect with a key that holds the role.",
) {}

export class AccessManagedRequiredDelayError extends define(
  "AccessManagedRequiredDelay",
  (args) => `${args.caller} must schedule this ${args.delay} seconds ahead.`,
  SCHEDULE,
) {}

export class AccessManagedInvalidAuthorityError extends define(
  "AccessManagedInvalidAuthority",
  ({ authority }) => `${authority} is not a contract that can govern the directory.`,
  "Pass the address of an AccessManager.",
) {}

export class AccessManagerAlreadyScheduledError extends define(
  "AccessManagerAlreadyScheduled",
  (args) => `The operation ${args.operationId} is scheduled already.`,
  "Wait for its delay, then execute it.",
) {}

export class AccessManagerNotScheduledError extends define(
  "AccessManagerNotScheduled",
  (args) => `The operation ${args.operationId} is not scheduled.`,
  SCHEDULE,
) {}

export class AccessManagerNotReadyError extends define(
  "AccessManagerNotReady",
  (args) => `The delay of the operation ${args.operationId} is not over.`,
  "Wait: `announced` of `@consentry/sdk/governance` tells until when.",
) {}

export class AccessManagerExpiredError extends define(
  "AccessManagerExpired",
  (args) => `The operation ${args.operationId} was scheduled too long ago.`,
  SCHEDULE,
) {}

export class AccessManagerLockedRoleError extends define(
  "AccessManagerLockedRole",
  (args) => `The role ${args.roleId} can't be changed.`,
  "Use a role of your own.",
) {}

export class AccessManagerLockedFunctionError extends define(
  "AccessManagerLockedFunction",
  (args) => `The function ${args.selector} can't be given to a role.`,
  "Leave it to the administrators.",
) {}

export class AccessManagerBadConfirmationError extends define(
  "AccessManagerBadConfirmation",
  () => "Only the account itself can renounce its role.",
  "Pass the caller's own address.",
) {}

export class AccessManagerUnauthorizedAccountError extends define(
  "AccessManagerUnauthorizedAccount",
  (args) => `${args.msgsender} does not hold the role ${args.roleId}.`,
  CONSORTIUM,
) {}

export class AccessManagerUnauthorizedCallError extends define(
  "AccessManagerUnauthorizedCall",
  (args) => `${args.caller} may not call ${args.selector} of ${args.target}.`,
  CONSORTIUM,
) {}

export class AccessManagerUnauthorizedConsumeError extends define(
  "AccessManagerUnauthorizedConsume",
  (args) => `${args.target} may not consume scheduled operations.`,
  "Execute the operation through the AccessManager.",
) {}

export class AccessManagerUnauthorizedCancelError extends define(
  "AccessManagerUnauthorizedCancel",
  (args) => `${args.msgsender} may not cancel an operation of ${args.caller}.`,
  "Whoever scheduled it, an administrator or a guardian of the role can cancel it.",
) {}

export class AccessManagerInvalidInitialAdminError extends define(
  "AccessManagerInvalidInitialAdmin",
  ({ initialAdmin }) => `${initialAdmin} can't be the first administrator.`,
  "Pass the consortium's address.",
) {}

export class AddressEmptyCodeError extends define(
  "AddressEmptyCode",
  (args) => `There is no contract at ${args.target}.`,
  "Check the address.",
) {}

export class FailedCallError extends define(
  "FailedCall",
  () => "The call that the contract made failed without a reason.",
  "Check the call's target and data.",
) {}

export class InsufficientBalanceError extends define(
  "InsufficientBalance",
  ({ balance, needed }) => `The contract holds ${balance} wei, ${needed} are needed.`,
  "Send no value along.",
) {}

export class InvalidShortStringError extends define(
  "InvalidShortString",
  () => "The name under which statements are signed is stored in a wrong form.",
  "Deploy the contracts of this version, unchanged.",
) {}

export class StringTooLongError extends define(
  "StringTooLong",
  ({ str }) => `The name ${JSON.stringify(str)} is longer than a storage slot.`,
  "Deploy the contracts of this version, unchanged.",
) {}

export class SafeCastOverflowedUintDowncastError extends define(
  "SafeCastOverflowedUintDowncast",
  ({ bits, value }) => `${value} does not fit into ${bits} bits.`,
  "Pass a smaller number.",
) {}
