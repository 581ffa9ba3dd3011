import { codingsAt, type Json } from "../elements.js";
import type { Coding } from "../../codes/types.js";
import type { Reader } from "./reader.js";
import type { ParsedConsent, ReviewIssue, Rule } from "./types.js";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

type Scope = "patient-privacy" | "research" | "treatment" | "adr";

const SCOPES: readonly Scope[] = ["patient-privacy", "research", "treatment", "adr"];

/** Categories by which an R5 Consent, which has no scope, tells what it is about. */
const CATEGORIES: Readonly<Record<string, Scope>> = {
  "http://loinc.org|59284-0": "patient-privacy",
  "http://loinc.org|64292-6": "patient-privacy",
  "http://loinc.org|57016-8": "patient-privacy",
  [`${TERMINOLOGY}v3-ActCode|INFA`]: "patient-privacy",
  [`${TERMINOLOGY}v3-ActCode|INFAO`]: "patient-privacy",
  [`${TERMINOLOGY}v3-ActCode|INFASO`]: "patient-privacy",
  [`${TERMINOLOGY}v3-ActCode|IDSCL`]: "patient-privacy",
  [`${TERMINOLOGY}consentcategorycodes|npp`]: "patient-privacy",
  [`${TERMINOLOGY}consentcategorycodes|research`]: "research",
  [`${TERMINOLOGY}consentcategorycodes|acd`]: "adr",
  [`${TERMINOLOGY}consentcategorycodes|dnr`]: "adr",
  [`${TERMINOLOGY}consentcategorycodes|hcd`]: "adr",
  [`${TERMINOLOGY}consentcategorycodes|polst`]: "adr",
};

/** What a Consent is about. */
export interface About {
  /** Undefined: all purposes. */
  family: ParsedConsent["family"];
  isAboutData: boolean;
  unclear: ReviewIssue[];
}

/** Which purposes a Consent is about: those of its scope; an advance directive says nothing about data. */
export function scopeOf(consent: Json, isR5: boolean, reader: Reader): About {
  const element = isR5 ? "category" : "scope";
  const path = `Consent.${element}`;
  const codings = codingsAt(consent[element], path);
  const scopes = new Set(codings.map((coding) => scopeOfCode(coding, isR5)));
  const [scope] = [...scopes];
  if (scopes.size !== 1 || scope === undefined) {
    const unclear = [reader.issue(path, "It does not tell whether the consent is about access to data.")];
    return { family: undefined, isAboutData: true, unclear };
  }
  const family = scope === "research" ? "HRESCH" : scope === "treatment" ? "TREAT" : undefined;
  return { family, isAboutData: scope !== "adr", unclear: [] };
}

function scopeOfCode(coding: Coding, isR5: boolean): Scope | undefined {
  if (coding.system === `${TERMINOLOGY}consentscope`) return SCOPES.find((each) => each === coding.code);
  return isR5 ? CATEGORIES[`${coding.system}|${coding.code}`] : undefined;
}

/** To take part in a study, or to be treated, is not to give access to data: that must be said. */
export function unclearPurpose({ family }: About, root: Rule | undefined, reader: Reader): ReviewIssue[] {
  if (family === undefined || root === undefined) return [];
  const scope = family === "HRESCH" ? "research" : "treatment";
  return permitsOfAny(root).map(({ path }) => {
    return reader.issue(`${path}.purpose`, `A permit in the scope ${scope} must name its purposes.`);
  });
}

/** The permits that no purpose bounds, neither their own nor one of what they are in. */
function permitsOfAny(rule: Rule): Rule[] {
  if (rule.bounds.purposes !== undefined) return [];
  return rule.effect === "permit" ? [rule] : rule.children.flatMap(permitsOfAny);
}
