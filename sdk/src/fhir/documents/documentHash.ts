import canonicalize from "canonicalize";
import { AbiCoder, id, keccak256 } from "ethers";
import { InvalidParameterError } from "../../errors/input.js";
import { contentHash } from "../../records/contentHash.js";
import { toBytes32 } from "../../values/bytes.js";
import { isPlainObject } from "../../values/keys.js";

/**
 * The hash of a document that narrows a consent: `keccak256(salt ‖ canonical JSON)`, the JSON after RFC 8785.
 *
 * @param document a FHIR Consent, or a Bundle of those that the grant was compiled from
 * @param salt 32 secret random bytes, as `newSalt` makes them
 * @returns 32 bytes as hex: the `document` of `grant.sign`
 * @throws InvalidParameterError if it is no JSON
 * @example
 * import { newSalt } from "@consentry/sdk";
 * import { documentHash } from "@consentry/sdk/fhir";
 *
 * const salt = newSalt();
 * await patient.consents.grant.sign({ ...terms, conditional: true, document: documentHash(consent, salt) });
 */
export function documentHash(document: object, salt: string | Uint8Array): string {
  return contentHash(canonical(document), salt);
}

/** The canonical JSON of a document; throws {@link InvalidParameterError}. */
export function canonical(document: unknown): string {
  const text = isPlainObject(document) ? attempt(() => canonicalize(document)) : undefined;
  if (text !== undefined) return text;
  throw new InvalidParameterError("document", "a FHIR Consent, or a Bundle of Consents, as JSON");
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** What a consent is granted with. */
export interface EvidenceInput {
  /** The sentence that the patient read and agreed to; left out: none. */
  statement?: string | undefined;
  /** The hash of the document, of `documentHash`. */
  document: string;
}

/**
 * The evidence of a consent, as the registry computes it of a signed one:
 * `keccak256(abi.encode(keccak256(statement), document))`.
 *
 * @returns 32 bytes as hex: the `evidence` of `grant`, and of `ConsentGranted`
 * @throws InvalidParameterError
 * @example
 * import { documentHash, evidenceOf } from "@consentry/sdk/fhir";
 *
 * const evidence = evidenceOf({ document: documentHash(consent, salt) });
 * await patient.consents.grant({ ...terms, conditional: true, evidence });
 */
export function evidenceOf({ statement = "", document }: EvidenceInput): string {
  if (typeof statement !== "string") throw new InvalidParameterError("statement", "a text");
  const words = [id(statement), toBytes32(document, "document")];
  return keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], words));
}
