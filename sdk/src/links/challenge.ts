import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { OtherDeploymentError } from "../errors/signing.js";
import { domainOf } from "../signing/typedData.js";
import type { TypedData, TypedFields } from "../signing/types.js";
import { toParty } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import type { LinkChallenge, LinkMessage } from "./types.js";

/** A type of its own, which no contract knows. */
const TYPES: TypedFields = {
  PatientLink: [
    { name: "patient", type: "address" },
    { name: "audience", type: "string" },
    { name: "statement", type: "string" },
    { name: "nonce", type: "bytes32" },
    { name: "issuedAt", type: "uint48" },
    { name: "deadline", type: "uint48" },
  ],
};

/** A challenge as wallets take it. */
export function typedDataOf({ primaryType, domain, message }: LinkChallenge): TypedData {
  return { types: TYPES, primaryType, domain, message };
}

/** What the patient reads; it follows from the other fields, so that nobody can say something else there. */
export function statementOf(patient: string, audience: string): string {
  return `I want ${audience} to know that the patient address ${patient} is mine. This gives nobody access to my data.`;
}

/** The origin of a site, as browsers write it; throws {@link InvalidParameterError}. */
export function toOrigin(value: unknown, parameter: string): string {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && url.origin === value && /^https?:$/.test(url.protocol)) return value;
  throw new InvalidParameterError(parameter, 'an origin without a path, as in "https://ehr.example"');
}

/**
 * Reads a challenge strictly, and sees to it that it is for this deployment.
 *
 * @throws InvalidParameterError, InvalidAddressError, OtherDeploymentError
 */
export function parseChallenge(context: Context, input: unknown): LinkChallenge {
  onlyKeys(input, ["primaryType", "domain", "message"], "challenge.");
  const { primaryType, domain, message } = input as Record<string, unknown>;
  if (primaryType !== "PatientLink") throw new InvalidParameterError("challenge.primaryType", '"PatientLink"');
  return { primaryType, domain: requireDomain(context, domain), message: messageIn(message) };
}

function requireDomain(context: Context, given: unknown): LinkChallenge["domain"] {
  const own = domainOf(context);
  onlyKeys(given, Object.keys(own), "challenge.domain.");
  const { name, version, chainId, verifyingContract } = given as Record<string, unknown>;
  if (name !== own.name || version !== own.version) {
    throw new InvalidParameterError("challenge.domain", `of ${own.name}, version ${own.version}`);
  }
  if (chainId === own.chainId && verifyingContract === own.verifyingContract) return own;
  throw new OtherDeploymentError(Number(chainId), String(verifyingContract));
}

function messageIn(value: unknown): LinkMessage {
  const path = "challenge.message.";
  onlyKeys(value, ["patient", "audience", "statement", "nonce", "issuedAt", "deadline"], path);
  const { patient: address, audience: origin, statement, nonce, issuedAt, deadline } = value as Record<string, unknown>;
  const patient = toParty(address, `${path}patient`);
  const audience = toOrigin(origin, `${path}audience`);
  if (statement !== statementOf(patient, audience)) {
    throw new InvalidParameterError(`${path}statement`, "the sentence that follows from patient and audience");
  }
  return {
    patient,
    audience,
    statement,
    nonce: toBytes32(nonce, `${path}nonce`),
    issuedAt: digitsIn(issuedAt, `${path}issuedAt`),
    deadline: digitsIn(deadline, `${path}deadline`),
  };
}

function digitsIn(value: unknown, parameter: string): string {
  if (typeof value === "string" && /^(0|[1-9]\d{0,14})$/.test(value) && BigInt(value) < 1n << 48n) return value;
  throw new InvalidParameterError(parameter, "the decimal digits of a number below 2^48");
}
