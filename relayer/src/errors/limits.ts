import { ConsentryError } from "@consentry/sdk";

/** Too many requests came from one address. */
export class TooManyRequestsError extends ConsentryError {
  override readonly name = "TooManyRequestsError";
  /** After so many seconds there is room again. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("There were too many requests from this address.", {
      code: "TooManyRequests",
      hint: "Send it again after the seconds that the header Retry-After tells.",
    });
    this.retryAfter = retryAfter;
  }
}

/** Somebody has had as much delivered about one patient as the relayer allows. */
export class TooManyStatementsError extends ConsentryError {
  override readonly name = "TooManyStatementsError";
  /** After so many seconds there is room again. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("Too many statements were delivered for this patient.", {
      code: "TooManyStatements",
      hint: "Post it again after the seconds that the header Retry-After tells. Withdrawals are counted apart.",
    });
    this.retryAfter = retryAfter;
  }
}

/** More statements wait than the relayer keeps. */
export class QueueFullError extends ConsentryError {
  override readonly name = "QueueFullError";

  constructor() {
    super("Too many statements wait to be delivered.", {
      code: "QueueFull",
      hint: "Post it again later, or deliver it by another relayer: anybody may.",
    });
  }
}

/** All statements together have used as much gas as the relayer spends in a day. */
export class GasBudgetUsedError extends ConsentryError {
  override readonly name = "GasBudgetUsedError";
  /** After so many seconds there is room again. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super("The relayer has spent its gas of the day.", {
      code: "GasBudgetUsed",
      hint: "Post it again after the seconds that Retry-After tells, or deliver it by another relayer: anybody may. Withdrawals have a reserve.",
    });
    this.retryAfter = retryAfter;
  }
}
