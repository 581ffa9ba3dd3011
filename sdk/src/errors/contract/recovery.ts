import type { IConsentRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IConsentRegistry__factory.js";
import { isoOf, isoOfStamp } from "../../values/dates.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IConsentRegistry__factory>();

// Guardians

export class InvalidDelayError extends define(
  "InvalidDelay",
  ({ delay }) => `A recovery can't have a delay of ${delay} seconds.`,
  "Set 1 to 30 days, in seconds; 0 only where there are no guardians.",
) {}

export class WrongGuardiansError extends define(
  "WrongGuardians",
  ({ patient }) => `These are not the guardians in office of the patient ${patient}.`,
  "Pass accounts in their order, threshold and salt as they were when the guardians were named; the threshold is not 0.",
) {}

export class TooFewApprovalsError extends define(
  "TooFewApprovals",
  ({ approvals, threshold }) => `${approvals} guardians approve, ${threshold} are needed.`,
  "Let more guardians sign the same approval.",
) {}

export class ApprovalsNotInOrderError extends define(
  "ApprovalsNotInOrder",
  ({ previous, account }) => `The approval of ${account} may not come after that of ${previous}.`,
  "Order the approvals by the accounts of their signers, and pass each once.",
) {}

export class NotGuardianError extends define(
  "NotGuardian",
  ({ account }) => `${account} is none of the guardians.`,
  "Leave its approval out.",
) {}

export class ApprovalsCancelledError extends define(
  "ApprovalsCancelled",
  ({ issuedAt, cancelledAt }) =>
    `The approvals of ${isoOfStamp(issuedAt)} were cancelled at ${isoOfStamp(cancelledAt)}.`,
  "If the recovery is right, let the guardians approve it anew.",
) {}

// Recovery

export class RecoveryUnderWayError extends define(
  "RecoveryUnderWay",
  ({ patient }) => `A recovery of the patient ${patient} is under way.`,
  "Cancel it with the controller's key, or complete it when it has waited.",
) {}

export class NoRecoveryError extends define(
  "NoRecovery",
  ({ patient }) => `No recovery of the patient ${patient} is under way.`,
  "Start one with the approvals of the guardians; it may have been cancelled, or completed already.",
) {}

export class RecoveryNotReadyError extends define(
  "RecoveryNotReady",
  ({ readyAt }) => `The recovery has to wait until ${isoOf(readyAt)}.`,
  "Complete it then.",
) {}
