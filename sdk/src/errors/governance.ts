import { ConsentryError } from "./base.js";

/** What was announced is to be done before its delay is over. */
export class NotReadyError extends ConsentryError {
  override readonly name = "NotReadyError";
  /** Names what was announced. */
  readonly id: string;
  /** From when on it can be done. */
  readonly readyAt: Date;
  /** From when on it can't any more. */
  readonly expiresAt: Date;

  constructor(id: string, readyAt: Date, expiresAt: Date, cause?: unknown) {
    super(`It can be done from ${readyAt.toISOString()} on, and before ${expiresAt.toISOString()}.`, {
      code: "NotReady",
      details: `It is announced as ${id}.`,
      hint: "Do it then. What counts is the time of the chain.",
      cause,
    });
    this.id = id;
    this.readyAt = readyAt;
    this.expiresAt = expiresAt;
  }
}

/** What the caller may do at once is to be announced. */
export class NothingToAnnounceError extends ConsentryError {
  override readonly name = "NothingToAnnounceError";
  readonly caller: string;

  constructor(caller: string, cause?: unknown) {
    super(`${caller} may do this at once.`, {
      code: "NothingToAnnounce",
      hint: "Do it without announcing it: the role has no delay.",
      cause,
    });
    this.caller = caller;
  }
}
