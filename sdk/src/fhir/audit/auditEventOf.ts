import type { AuditEvent } from "fhir/r4.js";
import type { Access } from "../../audit/accessed.js";
import { InvalidParameterError } from "../../errors/input.js";
import { oneOf } from "../../values/lists.js";
import { agentsOfDecision, agentsOfDisclosure, purposeCoding, purposesOf } from "./agents.js";
import { CODES, concept, DCM } from "./codings.js";
import { entitiesOfDecision, entitiesOfDisclosure } from "./entities.js";
import type { AuditEntry, AuditOptions } from "./types.js";

const PERSPECTIVES = ["decision", "source", "recipient"] as const;

/**
 * The AuditEvent (FHIR R4) of an access or of a break-glass, after IHE's Basic Audit Log Patterns (BALP).
 *
 * - A decision: DCM 110113 with `AuthZ-Consent`, outcome 0 if permitted or else 8.
 * - A disclosure: DCM 110106 at its source, 110107 at its recipient.
 * - Break-glass: DCM 110113 with 110127.
 *
 * People and organizations are named by their addresses: `did:pkh:eip155:<chain>:<address>`.
 *
 * @param entry an access as `audit.history` gives it, or a `GlassBroken` event
 * @throws InvalidParameterError without a time, or for the disclosure of what was not permitted
 * @example
 * import { auditEventOf } from "@consentry/sdk/fhir";
 *
 * const [entry] = await consentry.audit.history({ patient });
 * const event = auditEventOf(entry, { chainId: 31337, observer: { reference: "Device/gateway" } });
 * console.log(event.subtype[0].code, event.outcome); // AuthZ-Consent 0
 */
export function auditEventOf(entry: AuditEntry, options: AuditOptions): AuditEvent {
  if (typeof (options.observer as unknown) !== "object") {
    throw new InvalidParameterError("observer", "a FHIR Reference", 'As in { reference: "Device/gateway" }.');
  }
  const as = oneOf(PERSPECTIVES, options.as ?? "decision", "as");
  if (entry.type === "GlassBroken") return breakGlassOf(entry, options);
  return as === "decision" ? decisionOf(entry, options) : disclosureOf(entry, { ...options, as });
}

function decisionOf(entry: Access & AuditEntry, options: AuditOptions): AuditEvent {
  return {
    resourceType: "AuditEvent",
    type: { ...DCM.securityAlert },
    subtype: [{ ...CODES.authorizedByConsent }],
    action: "E",
    recorded: timeOf(entry, options),
    outcome: entry.permitted ? "0" : "8",
    outcomeDesc: entry.reason,
    ...purposeOf(entry),
    agent: agentsOfDecision(entry, options),
    source: sourceOf(options, "securityServer"),
    entity: entitiesOfDecision(entry, options),
  };
}

function disclosureOf(entry: Access & AuditEntry, options: AuditOptions): AuditEvent {
  if (!entry.permitted) throw new InvalidParameterError("entry", "an access that was permitted", entry.reason);
  const isSource = options.as === "source";
  return {
    resourceType: "AuditEvent",
    type: { ...(isSource ? DCM.export : DCM.import) },
    subtype: [{ ...CODES.disclosed }],
    action: isSource ? "R" : "C",
    recorded: timeOf(entry, options),
    outcome: "0",
    ...purposeOf(entry),
    agent: agentsOfDisclosure(entry, options),
    source: sourceOf(options, "applicationServer"),
    entity: entitiesOfDisclosure(entry, options),
  };
}

function breakGlassOf(entry: Extract<AuditEntry, { type: "GlassBroken" }>, options: AuditOptions): AuditEvent {
  return {
    resourceType: "AuditEvent",
    type: { ...DCM.securityAlert },
    subtype: [{ ...DCM.emergencyOverride }],
    action: "E",
    recorded: timeOf(entry, options),
    outcome: "0",
    ...purposeOf(entry),
    agent: agentsOfDecision(entry, options),
    source: sourceOf(options, "securityServer"),
    entity: entitiesOfDecision(entry, options),
  };
}

function timeOf(entry: AuditEntry, options: AuditOptions): string {
  const time = options.time ?? (entry.type === "GlassBroken" ? entry.statedAt : entry.time);
  if (time instanceof Date && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new InvalidParameterError("time", "a Date", "Take the entry from audit.history, or say when it was.");
}

function purposeOf(entry: AuditEntry): Pick<AuditEvent, "purposeOfEvent"> {
  const purposeOfEvent = purposesOf(entry).map((name) => concept(purposeCoding(name)));
  return purposeOfEvent.length > 0 ? { purposeOfEvent } : {};
}

function sourceOf(
  { observer, site }: AuditOptions,
  type: "securityServer" | "applicationServer",
): AuditEvent["source"] {
  return { ...(site !== undefined && { site }), observer: { ...observer }, type: [{ ...CODES[type] }] };
}
