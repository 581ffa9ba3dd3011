import type { Identifier } from "fhir/r4.js";
import { toAddress } from "../../values/address.js";

const URI_SYSTEM = "urn:ietf:rfc:3986";

/** An address on a chain, as documents name it. */
export function addressIdentifier(address: string, chainId: bigint | number): Identifier {
  return { system: URI_SYSTEM, value: `did:pkh:eip155:${chainId}:${toAddress(address, "address").toLowerCase()}` };
}

/** A record on the chain, as documents name it. */
export function recordIdentifier(record: string): Identifier {
  return { system: URI_SYSTEM, value: `urn:x-consentry:record:${record}` };
}

/** Milliseconds do not matter to the chain. */
export function dateTimeOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
