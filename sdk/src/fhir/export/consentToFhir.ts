import type { Consent, ConsentProvision, Extension, Identifier } from "fhir/r4.js";
import { InvalidParameterError } from "../../errors/input.js";
import { describeScope, type Scope } from "../../scopes/scope.js";
import { toBoolean } from "../../values/booleans.js";
import { CONDITIONAL_EXTENSION, PROGRAMME_EXTENSION, SCOPE_SYSTEM } from "../consent/parseConsent.js";
import { addressIdentifier } from "./names.js";
import { provisionOf } from "./provision.js";
import type { ChainConsent, ExportOptions } from "./types.js";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem";

/**
 * The Consent (FHIR R4) of a word of the chain: of a grant a permit with its kinds of data, and a nested deny that names every
 * label it lacks; of a refusal a deny. `consentFromFhir` reads it back to the same.
 *
 * A conditional grant has a modifier that says so: another document narrows it.
 *
 * @param word as `consents.list` or an event gives it
 * @throws InvalidParameterError for what break-glass opened, which no patient said; InvalidAddressError
 * @example
 * import { consentToFhir } from "@consentry/sdk/fhir";
 *
 * const [word] = await consentry.consents.list({ patient, state: "live" });
 * const consent = consentToFhir(word, { chainId: 31337 });
 * console.log(consent.provision?.type); // permit
 */
export function consentToFhir(word: ChainConsent, options: ExportOptions): Consent {
  const scope = typeof word.scope === "string" ? describeScope(word.scope) : word.scope;
  if (scope.kind === "unknown" || (scope.kind === "emergency" && word.terms !== undefined)) {
    throw new InvalidParameterError("scope", "one in which a patient grants", "Break-glass is no consent.");
  }
  const { chainId, live } = options;
  const policy = word.terms === undefined ? "OPTOUT" : "OPTIN";
  const modifiers = modifiersOf(word, scope);
  return {
    resourceType: "Consent",
    ...(modifiers.length > 0 && { modifierExtension: modifiers }),
    identifier: identifiersOf(word, scope, chainId),
    status: toBoolean(live ?? !isOver(word), "live") ? "active" : "inactive",
    scope: { coding: [{ system: `${TERMINOLOGY}/consentscope`, code: "patient-privacy" }] },
    category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
    patient: { identifier: addressIdentifier(word.patient, chainId) },
    ...(word.statedAt !== undefined && { dateTime: word.statedAt.toISOString() }),
    ...(word.by !== undefined && { performer: [{ identifier: addressIdentifier(word.by, chainId) }] }),
    policyRule: { coding: [{ system: `${TERMINOLOGY}/v3-ActCode`, code: policy }] },
    provision: { ...provisionOf(word, scope, chainId) } satisfies ConsentProvision,
  };
}

function isOver({ status }: ChainConsent): boolean {
  return status === "withdrawn" || status === "expired";
}

/** The scope that it stands in, and the word itself: one and no other. */
export function identifiersOf(word: ChainConsent, scope: Scope, chainId: bigint | number): Identifier[] {
  const place = { system: SCOPE_SYSTEM, value: scope.id };
  if (word.statedAt === undefined) return [place];
  const { patient, grantee, statedAt } = word;
  const parts = [chainId, patient.toLowerCase(), grantee.toLowerCase(), scope.id, statedAt.getTime()];
  return [place, { system: "urn:x-consentry:word", value: parts.join(":") }];
}

/** What others must not overlook. */
function modifiersOf({ terms }: ChainConsent, scope: Scope): Extension[] {
  return [
    ...(scope.kind === "programme" ? [{ url: PROGRAMME_EXTENSION, valueUri: scope.programme }] : []),
    ...(terms?.conditional === true ? [{ url: CONDITIONAL_EXTENSION, valueBoolean: true }] : []),
  ];
}
