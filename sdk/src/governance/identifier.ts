import { id } from "ethers";
import { InvalidParameterError } from "../errors/input.js";
import { toIdentifier } from "../links/identifier.js";

/** A public identifier of a provider, as in FHIR's Identifier. */
export interface ProviderIdentifier {
  /** The namespace: a URI, as in `http://hl7.org/fhir/sid/us-npi`. */
  system: string;
  /** As in `1234567893`; compared to the letter. */
  value: string;
}

/** What the directory holds of an identifier: the hash of `system|value`, of which no other identifier can be written. */
export function toIdentifierHash(identifier: ProviderIdentifier): string {
  const { system, value } = toIdentifier(identifier);
  if (!system.includes("|")) return id(`${system}|${value}`);
  throw new InvalidParameterError("identifier.system", "a URI without |");
}
