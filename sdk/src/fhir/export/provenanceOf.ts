import type { Provenance } from "fhir/r4.js";
import { InvalidParameterError } from "../../errors/input.js";
import { describeScope } from "../../scopes/scope.js";
import { identifiersOf } from "./consentToFhir.js";
import { addressIdentifier } from "./names.js";
import type { ChainConsent, ExportOptions } from "./types.js";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

/**
 * Who said a word of the chain, for whom and when: the Provenance (FHIR R4) of its Consent.
 *
 * @param word with `by` and `statedAt`, as an event gives it
 * @throws InvalidParameterError without `by` and `statedAt`; InvalidAddressError
 * @example
 * import { provenanceOf } from "@consentry/sdk/fhir";
 *
 * const [event] = result.events; // of consents.grant
 * console.log(provenanceOf(event, { chainId: 31337 }).agent.length); // 1
 */
export function provenanceOf(word: ChainConsent, { chainId }: Pick<ExportOptions, "chainId">): Provenance {
  const { by, patient, statedAt } = word;
  if (by === undefined || statedAt === undefined) {
    throw new InvalidParameterError("word", "one with `by` and `statedAt`", "Take it from an event.");
  }
  const scope = typeof word.scope === "string" ? describeScope(word.scope) : word.scope;
  const [, identifier] = identifiersOf(word, scope, chainId);
  const isPatient = by.toLowerCase() === patient.toLowerCase();
  return {
    resourceType: "Provenance",
    target: [{ type: "Consent", ...(identifier !== undefined && { identifier }) }],
    recorded: statedAt.toISOString(),
    activity: { coding: [{ system: `${TERMINOLOGY}/v3-DataOperation`, code: "CREATE" }] },
    agent: [
      {
        type: { coding: [{ system: `${TERMINOLOGY}/provenance-participant-type`, code: "performer" }] },
        who: { identifier: addressIdentifier(by, chainId) },
        ...(!isPatient && { onBehalfOf: { identifier: addressIdentifier(patient, chainId) } }),
      },
    ],
  };
}
