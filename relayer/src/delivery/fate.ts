import {
  ConsentryError,
  ContractError,
  InvalidParameterError,
  InvalidStatementError,
  NotDeliverableError,
  OtherDeploymentError,
  OutOfGasError,
  TimeoutError,
  TooMuchGasError,
  TooSoonError,
  TransactionReplacedError,
  UnexpectedTransactionError,
  UnknownOutcomeError,
  UnknownRevertError,
  UnknownVerifierError,
} from "@consentry/sdk";
import { OwnKeyError } from "../errors/operation.js";
import type { Failure } from "../queue/types.js";

const REFUSALS = [
  ContractError,
  InvalidParameterError,
  InvalidStatementError,
  NotDeliverableError,
  OtherDeploymentError,
  OwnKeyError,
  TooMuchGasError,
  UnknownVerifierError,
];
/** What may cost gas each time it is tried, and changes nothing. */
const WASTES = [OutOfGasError, TransactionReplacedError, UnexpectedTransactionError, UnknownRevertError];
const ADDRESSES = /0x[0-9a-f]{40,}/gi;

/** Whether a statement itself is at fault, whenever and by whomever it is delivered. */
export function isRefusal(error: unknown): error is ConsentryError {
  return REFUSALS.some((type) => error instanceof type);
}

/** Whether it may be otherwise a moment later: a stamp that the chain has not reached yet. */
export function isPassing(error: unknown): boolean {
  return error instanceof TooSoonError;
}

/** Whether a transaction was, or would be, paid for without an effect. */
export function isWaste(error: unknown): error is ConsentryError {
  return WASTES.some((type) => error instanceof type);
}

/** Whether a transaction may be under way, and its hash if that is known. */
export function underWay(error: unknown): { hash: string | undefined } | undefined {
  if (error instanceof UnknownOutcomeError) return { hash: error.hash };
  return error instanceof TimeoutError && error.hash !== undefined ? { hash: error.hash } : undefined;
}

/** What is kept of an error: no address, nor anything else that names somebody. */
export function failureOf({ code, shortMessage, hint }: ConsentryError): Failure {
  return { code, message: shortMessage.replaceAll(ADDRESSES, "0x…"), ...(hint !== undefined && { hint }) };
}
