import { ConsentryError } from "./base.js";

/** The identifier is linked to a patient address already. */
export class AlreadyLinkedError extends ConsentryError {
  override readonly name = "AlreadyLinkedError";

  constructor() {
    super("This identifier is linked to a patient address already.", {
      code: "AlreadyLinked",
      details: "Which identifier and which address is left out, so that no log tells.",
      hint: "Somebody who knows the patient decides which link is right; `remove` the other one first.",
    });
  }
}

/** A challenge was never issued here, or was answered before. */
export class UnknownChallengeError extends ConsentryError {
  override readonly name = "UnknownChallengeError";

  constructor() {
    super("This challenge was never issued here, or was answered before.", {
      code: "UnknownChallenge",
      hint: "Issue a new one: each is answered once, whether rightly or not.",
    });
  }
}

/** A challenge was answered too late. */
export class ChallengeExpiredError extends ConsentryError {
  override readonly name = "ChallengeExpiredError";
  readonly deadline: Date;

  constructor(deadline: Date) {
    super(`The challenge could be answered until ${deadline.toISOString()}.`, {
      code: "ChallengeExpired",
      hint: "Issue a new one.",
    });
    this.deadline = deadline;
  }
}

/** A challenge comes from another place than it says. */
export class WrongAudienceError extends ConsentryError {
  override readonly name = "WrongAudienceError";
  /** Where it came from. */
  readonly expected: string;
  /** Whom it is for. */
  readonly audience: string;

  constructor(expected: string, audience: string) {
    super(`The challenge is for ${audience}, but came from ${expected}.`, {
      code: "WrongAudience",
      hint: "Sign nothing: somebody may be passing on the challenge of another site.",
    });
    this.expected = expected;
    this.audience = audience;
  }
}

/** The vendor's store of links could not be read or written. */
export class PatientLinkStoreError extends ConsentryError {
  override readonly name = "PatientLinkStoreError";

  constructor(cause: unknown) {
    super("The store of patient links failed.", {
      code: "PatientLinkStore",
      hint: "Take nobody as linked until it works again. The cause may name identifiers: keep it out of logs.",
      cause,
    });
  }
}
