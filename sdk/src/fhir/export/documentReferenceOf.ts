import type { DocumentReference } from "fhir/r4.js";
import { isSensitivity } from "../../codes/categories.js";
import { InvalidParameterError } from "../../errors/input.js";
import type { NoRecord, RecordPointer } from "../../records/get.js";
import { codingOf } from "../audit/entities.js";
import { addressIdentifier, recordIdentifier } from "./names.js";
import type { ExportOptions } from "./types.js";

/** The salted hash of a record's content, as the chain holds it. */
const HASH_SYSTEM = "urn:x-consentry:content-hash";

/**
 * The DocumentReference (FHIR R4) of a record on the chain: whose it is, who keeps it, its kinds and labels, and the salted hash
 * of its content. Where it lies, the chain does not say: `url` names the record.
 *
 * @param pointer as `records.get` and `records.list` give it
 * @throws InvalidParameterError for a record that is unknown or erased
 * @example
 * import { documentReferenceOf } from "@consentry/sdk/fhir";
 *
 * const [pointer] = await consentry.records.list({ patient });
 * console.log(documentReferenceOf(pointer, { chainId: 31337 }).status); // current
 */
export function documentReferenceOf(
  pointer: RecordPointer | NoRecord,
  { chainId }: Pick<ExportOptions, "chainId">,
): DocumentReference {
  if (pointer.status !== "registered") {
    throw new InvalidParameterError("pointer", "of a record that is registered", `It is ${pointer.status}.`);
  }
  const { record, patient, custodian, categories, version, contentHash } = pointer;
  const kinds = categories.filter((name) => !isSensitivity(name));
  const labels = categories.filter((name) => isSensitivity(name));
  const name = recordIdentifier(record);
  return {
    resourceType: "DocumentReference",
    masterIdentifier: name,
    identifier: [{ system: HASH_SYSTEM, value: contentHash }],
    status: "current",
    ...(kinds.length > 0 && { category: kinds.map((kind) => ({ coding: [codingOf(kind)] })) }),
    subject: { type: "Patient", identifier: addressIdentifier(patient, chainId) },
    custodian: { type: "Organization", identifier: addressIdentifier(custodian, chainId) },
    ...(labels.length > 0 && { securityLabel: labels.map((label) => ({ coding: [codingOf(label)] })) }),
    content: [{ attachment: { url: name.value ?? record, title: `Version ${version}` } }],
  };
}
