import { MalformedResourceError } from "../../errors/fhir.js";
import { dateAt } from "../dates.js";
import { toProgrammeId } from "../../scopes/ids.js";
import { type Json, objectAt, requiredTextAt } from "../elements.js";
import { type Names, referenceAt } from "../references.js";
import { rootOfR4, rootOfR5 } from "./base.js";
import { Reader } from "./reader.js";
import { scopeOf, unclearPurpose } from "./scope.js";
import type { ParsedConsent, ReviewIssue } from "./types.js";

/** The system and the extension of this package that say in which programme alone a Consent holds. */
export const PROGRAMME_EXTENSION = "urn:x-consentry:programme";

/** The system of identifiers that name the scope which a Consent was written from. */
export const SCOPE_SYSTEM = "urn:x-consentry:scope";

/** The modifier of this package that says that a document, not given here, narrows a Consent. */
export const CONDITIONAL_EXTENSION = "urn:x-consentry:conditional";

const COMMON = ["resourceType", "id", "meta", "text", "language", "contained", "identifier", "status", "category"];
const PROVED = ["sourceAttachment", "sourceReference", "verification", "extension", "modifierExtension", "provision"];

/** Elements that only R4, or only R5, has. */
const OF_R4 = ["scope", "patient", "dateTime", "performer", "organization", "policy", "policyRule"];
const OF_R5 = [
  "subject",
  "date",
  "period",
  "grantor",
  "grantee",
  "manager",
  "controller",
  "regulatoryBasis",
  "policyBasis",
  "policyText",
  "decision",
];

/** Elements with their `_` twins, as for `_dateTime`, that change nothing. */
const TWINS = ["_status", "_dateTime", "_date", "_language", "_id"];

/** HL7's extension that binds a Consent to a study, though it is no modifier. */
const STUDY = "http://hl7.org/fhir/StructureDefinition/consent-ResearchStudyContext";

/** What only states which statuses are known: only the first is a consent. */
const DEAD = ["draft", "proposed", "rejected", "inactive", "entered-in-error", "not-done"];

/**
 * Checks a Consent of R4 or R5.
 *
 * @param index its place in the list, for its name
 * @throws MalformedResourceError with the path of the element that is wrong
 */
export function parseConsent(value: unknown, index: number, timeZone: string): ParsedConsent {
  const consent = objectAt(value, "Consent");
  const reader = new Reader(nameOf(consent, index), timeZone);
  try {
    return parse(consent, reader);
  } catch (error) {
    if (!(error instanceof MalformedResourceError)) throw error;
    throw new MalformedResourceError(error.path, error.expected, reader.consent);
  }
}

function nameOf({ id }: Json, index: number): string {
  return typeof id === "string" && id !== "" ? `Consent/${id}` : `consents[${index}]`;
}

function parse(consent: Json, reader: Reader): ParsedConsent {
  if (consent["resourceType"] !== "Consent") throw new MalformedResourceError("Consent.resourceType", '"Consent"');
  const isR5 = Array.isArray(consent["provision"]) || OF_R5.some((key) => consent[key] !== undefined);
  const status = requiredTextAt(consent["status"], "Consent.status");
  const saidAt = consent[isR5 ? "date" : "dateTime"];
  const scope = scopeOf(consent, isR5, reader);
  const { root, unclear } = isR5 ? rootOfR5(consent, reader) : rootOfR4(consent, reader);
  return {
    name: reader.consent,
    status: status === "active" ? "live" : DEAD.includes(status) ? "dead" : "unclear",
    patient: patientOf(consent, isR5 ? "subject" : "patient"),
    saidAt:
      saidAt === undefined ? undefined : dateAt(saidAt, `Consent.${isR5 ? "date" : "dateTime"}`, reader.timeZone).start,
    family: scope.family,
    isAboutData: scope.isAboutData,
    scopeHint: scopeHintIn(consent),
    isNarrowed: modifiersIn(consent).some(({ url }) => url === CONDITIONAL_EXTENSION),
    root: withProgramme(root, programmeOf(consent)),
    unclear: [
      ...scope.unclear,
      ...unclearPurpose(scope, root, reader),
      ...unclear,
      ...elsewhere(consent, isR5, reader),
    ],
  };
}

function scopeHintIn({ identifier }: Json): string | undefined {
  const list = Array.isArray(identifier) ? (identifier as unknown[]) : [];
  const found = list.map((each) => each as { system?: unknown; value?: unknown } | null);
  const hint = found.find((each) => each?.system === SCOPE_SYSTEM)?.value;
  return typeof hint === "string" ? hint.toLowerCase() : undefined;
}

function patientOf(consent: Json, element: string): Names | undefined {
  if (consent[element] === undefined) return undefined;
  const names = referenceAt(consent[element], `Consent.${element}`);
  return names.length === 0 ? undefined : names;
}

/** What outside the provisions may change the meaning. */
function elsewhere(consent: Json, isR5: boolean, reader: Reader): ReviewIssue[] {
  const known = [...COMMON, ...PROVED, ...TWINS, ...(isR5 ? OF_R5 : OF_R4)];
  const issues = reader.extensionsOf(consent, "Consent", known);
  if (!hasOwnModifiersOnly(consent)) {
    issues.push(reader.issue("Consent.modifierExtension", "It changes the meaning, and no rule is known for it."));
  }
  if (extensionsIn(consent, "extension").some(({ url }) => url === STUDY)) {
    issues.push(reader.issue("Consent.extension", "It binds the consent to a study."));
  }
  return issues;
}

function extensionsIn(consent: Json, element: "extension" | "modifierExtension"): readonly Json[] {
  const list = consent[element];
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new MalformedResourceError(`Consent.${element}`, "an array");
  return list.map((item: unknown, i) => objectAt(item, `Consent.${element}[${i}]`));
}

function modifiersIn(consent: Json): readonly Json[] {
  return extensionsIn(consent, "modifierExtension");
}

/** Whether every modifier is one of this package. */
function hasOwnModifiersOnly(consent: Json): boolean {
  return modifiersIn(consent).every(({ url, valueUri, valueBoolean }) => {
    return url === PROGRAMME_EXTENSION
      ? typeof valueUri === "string"
      : url === CONDITIONAL_EXTENSION && valueBoolean === true;
  });
}

function programmeOf(consent: Json): string | undefined {
  const valueUri = modifiersIn(consent).find(({ url }) => url === PROGRAMME_EXTENSION)?.["valueUri"];
  return typeof valueUri === "string" ? toProgrammeId(valueUri, "Consent.modifierExtension") : undefined;
}

function withProgramme(root: ParsedConsent["root"], programme: string | undefined): ParsedConsent["root"] {
  return root === undefined || programme === undefined ? root : { ...root, bounds: { ...root.bounds, programme } };
}
