import type { AuditEventAgent, Coding, Reference } from "fhir/r4.js";
import type { Access } from "../../audit/accessed.js";
import { describePurpose } from "../../codes/purposes.js";
import type { Purpose } from "../../codes/types.js";
import { custodianOf } from "../../scopes/ids.js";
import { addressIdentifier } from "../export/names.js";
import { CODES, concept, DCM } from "./codings.js";
import type { AuditEntry, AuditOptions } from "./types.js";

/** Who took part in a decision: the enforcement point, the application, the user and the organization. */
export function agentsOfDecision(entry: AuditEntry, options: AuditOptions): AuditEventAgent[] {
  const { observer, client, addresses } = options;
  return [
    agent(CODES.authorizer, observer),
    ...(client === undefined ? [] : [agent(DCM.application, client, addresses?.recipient)]),
    ...askersOf(entry, options),
  ];
}

/** Who took part in a disclosure: source and recipient, one of whom records it, custodian, patient and user. */
export function agentsOfDisclosure(entry: Access, options: AuditOptions): AuditEventAgent[] {
  const { observer, client, addresses = {}, as, chainId } = options;
  const other = as === "source" ? (client ?? who(entry.grantee, chainId)) : who(keeperOf(entry), chainId);
  const [source, recipient] = as === "source" ? [observer, other] : [other, observer];
  return [
    agent(DCM.source, source, addresses.source),
    agent(DCM.destination, recipient, addresses.recipient),
    ...(entry.record === undefined ? [] : [agent(CODES.custodian, who(custodianOf(entry.record), chainId))]),
    ...(entry.patient === undefined ? [] : [agent(CODES.patientAdvocate, who(entry.patient, chainId))]),
    ...askersOf(entry, options),
  ];
}

/** Of an access by category the log does not say who keeps the data. */
function keeperOf({ record }: Access): string | undefined {
  return record === undefined ? undefined : custodianOf(record);
}

function askersOf(entry: AuditEntry, { chainId }: AuditOptions): AuditEventAgent[] {
  const purposes = purposesOf(entry);
  const user = agent(CODES.recipient, who(entry.by, chainId));
  const purposeOfUse = purposes.map((name) => concept(purposeCoding(name)));
  return [
    { ...user, requestor: true, ...(purposeOfUse.length > 0 && { purposeOfUse }) },
    agent(CODES.provider, who(entry.grantee, chainId)),
  ];
}

/** What it was for. */
export function purposesOf(entry: AuditEntry): readonly Purpose[] {
  if (entry.type === "GlassBroken") return entry.terms.purposes;
  return entry.purpose === undefined ? [] : [entry.purpose];
}

export function purposeCoding(name: Purpose): Coding {
  return { ...(describePurpose(name).codings[0] ?? { code: name }) };
}

/** Somebody on the chain. */
export function who(address: string | undefined, chainId: AuditOptions["chainId"]): Reference {
  return address === undefined ? { display: "not known" } : { identifier: addressIdentifier(address, chainId) };
}

function agent(type: Coding, someone: Reference, address?: string): AuditEventAgent {
  return {
    type: concept(type),
    who: { ...someone },
    requestor: false,
    ...(address !== undefined && { network: { address, type: networkType(address) } }),
  };
}

/** URI, IP address, or name of a machine. */
function networkType(address: string): "1" | "2" | "5" {
  if (address.includes("://")) return "5";
  return /^[\d.]+$|^[0-9a-f]*:[0-9a-f:.]+$/i.test(address) ? "2" : "1";
}
