import { ConsentryError } from "./base.js";

/** The person at the wallet said no. */
export class UserRejectedError extends ConsentryError {
  override readonly name = "UserRejectedError";

  constructor(cause?: unknown) {
    super("The request was rejected in the wallet.", { code: "UserRejected", cause });
  }
}

/** The sender can't pay for the transaction. */
export class InsufficientFundsError extends ConsentryError {
  override readonly name = "InsufficientFundsError";

  constructor(cause?: unknown) {
    super("The sender can't pay for the transaction.", {
      code: "InsufficientFunds",
      hint: "Fund the account, or let a relayer send for it.",
      cause,
    });
  }
}

/** Another transaction of the same account came first. */
export class NonceError extends ConsentryError {
  override readonly name = "NonceError";

  constructor(cause?: unknown) {
    super("Another transaction of the account took this one's place.", {
      code: "Nonce",
      hint: "Send again; let one process send for an account.",
      cause,
    });
  }
}

/** The node can't be reached. */
export class NetworkError extends ConsentryError {
  override readonly name = "NetworkError";

  constructor(cause?: unknown) {
    super("The node can't be reached.", {
      code: "Network",
      details: messageOf(cause),
      hint: "Check the URL and that the node is running. Nothing is permitted while it is down.",
      cause,
    });
  }
}

/** The node, or a wallet, did not answer in time, or a transaction was not mined in time. */
export class TimeoutError extends ConsentryError {
  override readonly name = "TimeoutError";
  /** The transaction that was waited for; it may still be mined. */
  readonly hash: string | undefined;

  constructor(hash?: string, cause?: unknown) {
    super(
      hash === undefined
        ? "The node, or the wallet, did not answer in time."
        : `Transaction ${hash} was not mined in time.`,
      {
        code: "Timeout",
        details: messageOf(cause),
        hint:
          hash === undefined
            ? "Try again."
            : "It may still be mined: `wait(hash)` goes on waiting. Don't send it again.",
        cause,
      },
    );
    this.hash = hash;
  }
}

/** The node or the wallet answered with an error that is none of the others. */
export class RpcError extends ConsentryError {
  override readonly name = "RpcError";

  constructor(cause?: unknown) {
    super("The node refused the request.", { code: "Rpc", details: messageOf(cause), cause });
  }
}

/** The node refuses requests because there were too many of them. */
export class RateLimitedError extends ConsentryError {
  override readonly name = "RateLimitedError";
  /** After how long the node wants to be asked again, in milliseconds, if it told. */
  readonly retryAfter: number | undefined;

  constructor(cause?: unknown, retryAfter?: number) {
    super("The node refuses requests because there were too many.", {
      code: "RateLimited",
      details: messageOf(cause),
      hint: "Ask less often, or use a node that allows more. Nothing is permitted, and nothing was sent.",
      cause,
    });
    this.retryAfter = retryAfter;
  }
}

/** What answered is no node, or its answer is damaged. */
export class UnreadableAnswerError extends ConsentryError {
  override readonly name = "UnreadableAnswerError";

  constructor(cause?: unknown) {
    super("The node's answer can't be read.", {
      code: "UnreadableAnswer",
      details: messageOf(cause),
      hint: "Check that the URL is that of a node, and what stands between. Nothing is permitted meanwhile.",
      cause,
    });
  }
}

/** A contract reverted with something that is none of its errors. */
export class UnknownRevertError extends ConsentryError {
  override readonly name = "UnknownRevertError";
  /** The revert data; `0x` if there was none. */
  readonly data: string;
  /** The text of a `revert` or the kind of a panic, if it was one. */
  readonly reason: string | undefined;

  constructor(data: string, reason?: string, cause?: unknown) {
    super(reason === undefined ? "The contract reverted without a known error." : `The contract reverted: ${reason}.`, {
      code: "UnknownRevert",
      details: `Revert data ${data}`,
      hint: "The deployment may be newer than this version of the package: update the package.",
      cause,
    });
    this.data = data;
    this.reason = reason;
  }
}

/** A transaction was mined, but what it did is not what was asked for. */
export class UnexpectedTransactionError extends ConsentryError {
  override readonly name = "UnexpectedTransactionError";
  /** The transaction. */
  readonly hash: string;

  constructor(hash: string, details: string) {
    super(`Transaction ${hash} did not do what was asked for.`, {
      code: "UnexpectedTransaction",
      details,
      hint: "Take nothing as done: look the transaction up, and see which wallet sent it to which chain.",
    });
    this.hash = hash;
  }
}

const URLS = /\b(https?|wss?):\/\/[^\s"'<>)]+/g;

/** The first line of an error, undefined if it says nothing; URLs may hold keys, so they are left out. */
export function messageOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null) return undefined;
  const { shortMessage, message } = cause as { shortMessage?: unknown; message?: unknown };
  const text = typeof shortMessage === "string" ? shortMessage : message;
  return typeof text === "string" ? text.split("\n", 1)[0]?.replaceAll(URLS, "$1://…") : undefined;
}
