import { ConsentryError } from "./base.js";

/** What should be a request for access is none. */
export class MalformedRequestError extends ConsentryError {
  override readonly name = "MalformedRequestError";
  /** As in `message.reason`. */
  readonly path: string;

  constructor(path: string, expected: string, cause?: unknown) {
    super(`${path} must be ${expected}.`, {
      code: "MalformedRequest",
      details: "A request for access is what `requests.create` returned, as plain JSON or as a link.",
      hint: "Pass it on as it is: whatever is changed, the signature does not fit any more.",
      cause,
    });
    this.path = path;
  }
}

/** A request for access can't be answered at this time. */
export class RequestNotOpenError extends ConsentryError {
  override readonly name = "RequestNotOpenError";
  /** From when on it can be answered. */
  readonly issuedAt: Date;
  /** Until when. */
  readonly deadline: Date;

  constructor(issuedAt: Date, deadline: Date) {
    super(`The request can be answered from ${issuedAt.toISOString()} to ${deadline.toISOString()}.`, {
      code: "RequestNotOpen",
      hint: "Ask the provider for a new request. What counts is the time of the chain.",
    });
    this.issuedAt = issuedAt;
    this.deadline = deadline;
  }
}

/** Whoever asks for access is not listed as active in the directory. */
export class RequesterNotActiveError extends ConsentryError {
  override readonly name = "RequesterNotActiveError";
  readonly provider: string;

  constructor(provider: string) {
    super(`${provider} asks for access, but is not active in the directory.`, {
      code: "RequesterNotActive",
      hint: "Show no request of it to the patient: it was never listed, is suspended or revoked, or its accreditation ended.",
    });
    this.provider = provider;
  }
}
