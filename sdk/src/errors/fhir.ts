import { ConsentryError } from "./base.js";

/** A FHIR resource whose shape is wrong where it had to be read. */
export class MalformedResourceError extends ConsentryError {
  override readonly name = "MalformedResourceError";
  /** The element, as in `Bundle.entry[3].resource.meta.security`. */
  readonly path: string;
  /** What should be there, as in `an array`. */
  readonly expected: string;

  /** Which of several resources, as in `Consent/example` or `resources[2]`. */
  readonly resource: string | undefined;

  constructor(path: string, expected: string, resource?: string) {
    super(`${path} must be ${expected}.`, { code: "MalformedResource", details: resource });
    this.path = path;
    this.expected = expected;
    this.resource = resource;
  }
}

/** A line of an export that can't be read: nothing after it is released. */
export class MalformedLineError extends ConsentryError {
  override readonly name = "MalformedLineError";
  /** From 1. */
  readonly line: number;
  /** What it should be, as in `JSON`. */
  readonly expected: string;

  constructor(line: number, expected: string, cause?: unknown) {
    super(`Line ${line} must be ${expected}.`, {
      code: "MalformedLine",
      details: cause instanceof ConsentryError ? cause.shortMessage : undefined,
      cause: cause instanceof ConsentryError ? cause : undefined,
    });
    this.line = line;
    this.expected = expected;
  }
}
