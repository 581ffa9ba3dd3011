import { ConsentryError } from "./base.js";
import { messageOf } from "./chain.js";

/** A transaction was handed over, and the answer was lost: it may be mined, or may never have arrived. */
export class UnknownOutcomeError extends ConsentryError {
  override readonly name = "UnknownOutcomeError";
  /** The transaction; undefined if the wallet, which knows, did not tell. */
  readonly hash: string | undefined;

  constructor(hash?: string, cause?: unknown) {
    super(`It is not known whether ${hash === undefined ? "the transaction" : `transaction ${hash}`} was sent.`, {
      code: "UnknownOutcome",
      details: messageOf(cause),
      hint: "Don't send it again before you know: `wait(hash)`, or else the wallet's list of transactions, tells.",
      cause,
    });
    this.hash = hash;
  }
}

/** Another transaction of the same account took the place of this one, which is never mined. */
export class TransactionReplacedError extends ConsentryError {
  override readonly name = "TransactionReplacedError";
  /** The transaction that was sent. */
  readonly hash: string;
  /** The one that was mined in its place. */
  readonly replacement: string;

  constructor(hash: string, replacement: string) {
    super(`Transaction ${hash} was replaced by ${replacement}.`, {
      code: "TransactionReplaced",
      hint: "It was cancelled in the wallet, or something else sends for the account. It had no effect.",
    });
    this.hash = hash;
    this.replacement = replacement;
  }
}

/** A transaction ran out of gas: it was mined, and changed nothing. */
export class OutOfGasError extends ConsentryError {
  override readonly name = "OutOfGasError";
  /** The transaction; undefined if the node refused it before it was mined. */
  readonly hash: string | undefined;

  constructor(cause?: unknown, hash?: string) {
    super(`${hash === undefined ? "The transaction" : `Transaction ${hash}`} ran out of gas.`, {
      code: "OutOfGas",
      details: messageOf(cause),
      hint: "It changed nothing: send it again. If a wallet lowered the gas, leave the limit as proposed.",
      cause,
    });
    this.hash = hash;
  }
}
