import type { ParsedConsent, ReviewIssue } from "../consent/types.js";
import { compare, type Names } from "../references.js";
import { type Asked, bind, type BoundRule } from "./bind.js";

/** A Consent that a request is about, data aside. */
export interface Applicable {
  readonly consent: ParsedConsent;
  readonly root: BoundRule;
}

/** The Consent, if the request is about it; one that is not live, or of another patient, or of another matter is left out. */
export function applicableOf(
  consent: ParsedConsent,
  asked: Asked & { family: string | undefined },
  issues: ReviewIssue[],
): Applicable[] {
  if (consent.status === "dead" || !isAboutPatient(consent, asked.patient, issues)) return [];
  if (consent.status === "unclear") {
    issues.push({ consent: consent.name, path: "Consent.status", reason: "Whether it is active can't be told." });
  }
  if (!consent.isAboutData && consent.unclear.length === 0) return [];
  issues.push(...consent.unclear);
  if (consent.root === undefined) return [];
  if (consent.family !== undefined && consent.family !== asked.family) return [];
  if (consent.isNarrowed) {
    const reason = "Another document narrows it, which is not given.";
    issues.push({ consent: consent.name, path: "Consent.modifierExtension", reason });
  }
  const root = bind(consent.root, asked, issues);
  return root === undefined ? [] : [{ consent, root }];
}

function isAboutPatient({ name, patient }: ParsedConsent, asked: Names, issues: ReviewIssue[]): boolean {
  const sameness = patient === undefined ? "unclear" : compare(patient, asked);
  if (sameness === "unclear") {
    issues.push({ consent: name, path: "Consent.patient", reason: "Whether it is of this patient can't be told." });
  }
  return sameness !== "other";
}
