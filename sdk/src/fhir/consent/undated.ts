import type { ParsedConsent, ReviewIssue } from "./types.js";

/** The Consents of which nobody can tell whether they are the newest. */
export function undated(consents: readonly ParsedConsent[]): ReviewIssue[] {
  return consents.flatMap(({ name, saidAt }) => {
    if (saidAt !== undefined) return [];
    return [{ consent: name, path: "Consent.dateTime", reason: "Whether it is the newest can't be told." }];
  });
}
