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
