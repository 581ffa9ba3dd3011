import type { AuditEventEntity, Coding } from "fhir/r4.js";
import type { Access } from "../../audit/accessed.js";
import { describeCategory, isSensitivity } from "../../codes/categories.js";
import type { Category } from "../../codes/types.js";
import { CATEGORY_SYSTEM } from "../consent/labels.js";
import { recordIdentifier } from "../export/names.js";
import { who } from "./agents.js";
import { CODES } from "./codings.js";
import type { AuditEntry, AuditOptions } from "./types.js";

const PLACE_SYSTEM = "urn:x-consentry:place";
const JTI = "urn:ietf:params:oauth:jti:";

/** What a decision is about: the patient, the consent that decided, the token. */
export function entitiesOfDecision(entry: AuditEntry, options: AuditOptions): AuditEventEntity[] {
  const { token } = options;
  const identifier = { value: token?.startsWith(JTI) === true ? token : `${JTI}${token}` };
  return [
    ...patientIn(entry, options),
    ...(entry.type === "Accessed" ? consentIn(entry, options) : []),
    ...(token === undefined ? [] : [{ type: { ...CODES.oauthToken }, what: { identifier } }]),
  ];
}

/** What was disclosed: the patient, and the record or the kinds of data. */
export function entitiesOfDisclosure(entry: Access, options: AuditOptions): AuditEventEntity[] {
  const { record, categories } = entry;
  const securityLabel = categories.filter((name) => isSensitivity(name)).map(codingOf);
  const data = {
    type: { ...CODES.systemObject },
    role: { ...CODES.reportRole },
    ...(record !== undefined && { what: { identifier: recordIdentifier(record) } }),
    ...(securityLabel.length > 0 && { securityLabel }),
    ...(categories.length > 0 && { name: categories.join(", ") }),
  };
  return [...patientIn(entry, options), data, ...consentIn(entry, options)];
}

function patientIn({ patient }: AuditEntry, { chainId }: AuditOptions): AuditEventEntity[] {
  if (patient === undefined) return [];
  return [
    { type: { ...CODES.person }, role: { ...CODES.patientRole }, what: { type: "Patient", ...who(patient, chainId) } },
  ];
}

/** The word that decided, by the place where it stands; what break-glass opened is no consent. */
function consentIn(entry: Access, { chainId }: AuditOptions): AuditEventEntity[] {
  const { patient, holder, scope, transaction, record } = entry;
  if (patient === undefined || holder === undefined || scope === undefined || scope.kind === "emergency") return [];
  const value = [chainId, patient.toLowerCase(), holder.toLowerCase(), scope.id].join(":");
  const detail = [
    { type: "transaction", valueString: transaction },
    ...(record === undefined ? [] : [{ type: "record", valueString: record }]),
  ];
  return [
    { type: { ...CODES.consent }, what: { type: "Consent", identifier: { system: PLACE_SYSTEM, value } }, detail },
  ];
}

/** A category in HL7's code, or this package's own where there is none. */
export function codingOf(name: Category): Coding {
  return { ...(describeCategory(name).codings[0] ?? { system: CATEGORY_SYSTEM, code: name }) };
}
