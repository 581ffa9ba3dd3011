import { MalformedResourceError } from "../../errors/fhir.js";
import type { Json } from "../elements.js";
import type { ReviewIssue } from "./types.js";

/** Provisions of one Consent, more than any real one has; bounds the work on hostile input. */
const MOST_RULES = 10_000;

/** Reads one Consent: keeps its name, and counts its provisions. */
export class Reader {
  #rules = 0;

  /**
   * @param consent its name, as in `Consent/example`
   * @param timeZone where days begin
   */
  constructor(
    readonly consent: string,
    readonly timeZone: string,
  ) {}

  /** What a person must read. */
  issue(path: string, reason: string): ReviewIssue {
    return { consent: this.consent, path, reason };
  }

  /** Counts one more provision; throws MalformedResourceError if there are too many. */
  count(path: string): void {
    this.#rules++;
    if (this.#rules > MOST_RULES) throw new MalformedResourceError(path, `one of at most ${MOST_RULES} provisions`);
  }

  /** Extensions, and elements that no version of FHIR known here has: each may change what is said. */
  extensionsOf(element: Json, path: string, known: readonly string[]): ReviewIssue[] {
    const issues: ReviewIssue[] = [];
    for (const key of Object.keys(element)) {
      if (known.includes(key) || key === "id") continue;
      issues.push(this.issue(`${path}.${key}`, "It may change the meaning, and no rule is known for it."));
    }
    return issues;
  }
}
