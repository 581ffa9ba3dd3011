import type { Disclosure } from "@consentry/sdk";
import { auditEventOf } from "@consentry/sdk/fhir";
import type { Chain } from "../../../chain/ChainProvider.js";
import { textsOf } from "./slices.js";

/** The disclosures as a FHIR R4 Bundle of AuditEvents, in pieces; the contract that decided them is who observed them. */
export async function bundleOf({ config }: Chain, disclosures: readonly Disclosure[]): Promise<string[]> {
  const { chainId, contracts } = config.deployment;
  const value = `did:pkh:eip155:${chainId}:${contracts.AuditLog.address.toLowerCase()}`;
  const observer = { identifier: { system: "urn:ietf:rfc:3986", value }, display: "Consentry AuditLog" };
  const entries = await textsOf(disclosures, (entry) => {
    const resource = auditEventOf(entry, { chainId, observer });
    return JSON.stringify({ fullUrl: `urn:uuid:${crypto.randomUUID()}`, resource });
  });
  const head = JSON.stringify({ resourceType: "Bundle", type: "collection", timestamp: new Date().toISOString() });
  // FHIR knows no empty arrays.
  if (entries.length === 0) return [head];
  return [`${head.slice(0, -1)},"entry":[`, entries.join(","), "]}"];
}
