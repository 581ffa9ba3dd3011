import type { SignedStatement } from "@consentry/sdk";

/** What became of a statement so far. */
export type State = "queued" | "sent" | "done" | "failed";

/** Where a statement was mined. */
export interface Place {
  /** Hash of the transaction. */
  hash: string;
  blockNumber: number;
}

/** Why a statement can't be delivered: the parts of an error that name nobody. */
export interface Failure {
  code: string;
  message: string;
  hint?: string;
}

/** What the relayer tells about a statement. */
export interface StatementState extends Partial<Place> {
  /** Names the statement and who signed it. */
  id: string;
  state: State;
  error?: Failure;
}

/** A statement that would have an effect, as far as can be told. */
export interface Verified {
  id: string;
  statement: SignedStatement;
  /** Who signed it. */
  account: string;
  /** Where it came from: those who send much wait for those who send little. */
  source: string;
  /** When verifying it began, in milliseconds of unix time. */
  since: number;
}

/** A statement that waits to be delivered. */
export interface Letter {
  id: string;
  statement: SignedStatement;
  /** Whether it takes back or closes. */
  isWithdrawal: boolean;
  /** The hash of the last transaction that was to deliver it, if there was one. */
  hash: string | undefined;
  /** How often delivering did not come to an end. */
  attempts: number;
  /** How many transactions were paid for and changed nothing. */
  inVain: number;
}

/** How a statement goes on waiting. */
export interface Postponement {
  /** For how long, in milliseconds. */
  delay: number;
  /** Whether a transaction was paid for and changed nothing. */
  inVain: boolean;
}
