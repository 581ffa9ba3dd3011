import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allCategories, isSensitivity } from "@consentry/sdk";
import { FileKeyring, FileRecordStore } from "@consentry/sdk/node";
import type { FhirResource } from "fhir/r4.js";
import { type Archive, encode, filesBelow } from "../archive.js";
import { LAST_DAY, type Scene } from "../scene.js";
import { readSummary } from "../summary.js";

/** Words of the summary that must be in no file: the patient's name, and a medication. */
const WORDS = ["JORDANA", "lisinopril"] as const;

/** The patient lets the hospital collect what is not sensitive. */
export async function consentToCollect({ narrator, cast }: Scene): Promise<void> {
  const { patient, hospital } = cast;
  const granted = await patient.consentry.consents.grant({
    grantee: hospital.address,
    categories: allCategories().filter((category) => !isSensitivity(category)),
    purposes: ["TREAT"],
    actions: ["collect"],
    until: LAST_DAY,
  });
  narrator.spent(granted);
  narrator.say(
    `One consent, one slot: every kind of data, to treat, until ${LAST_DAY}. Nothing sensitive, nothing else.`,
  );
}

/** The hospital registers pointers, and keeps the resources encrypted. */
export async function collect({ narrator, cast, folder }: Scene): Promise<Archive> {
  const { patient, hospital } = cast;
  const summary = readSummary();
  const registered = await hospital.consentry.records.registerMany({
    purpose: "TREAT",
    records: summary.map((resource) => ({ patient: patient.address, resource, content: encode(resource) })),
  });
  narrator.spent(registered);
  const records = join(folder, "records");
  const keyring = new FileKeyring(join(folder, "keys"), { keyPair: hospital.keyPair });
  const store = new FileRecordStore(records, { keyring });
  const resources = new Map<string, FhirResource>();
  for (const [i, { record, salt }] of registered.records.entries()) {
    const resource = summary[i];
    if (resource === undefined) throw new Error("A record lost its content.");
    // Not compressed: a word that was kept in clear would show.
    await store.put(record, { content: encode(resource), salt, compress: false });
    resources.set(record, resource);
  }
  const pointers = await hospital.consentry.records.list({ patient: patient.address });
  narrator.expect(
    pointers.length === summary.length,
    `The chain holds ${pointers.length} pointers: categories computed from each resource, and salted hashes.`,
  );
  return { store, keyring, records, resources };
}

/** Whoever gets at the files learns nothing. */
export function lookIntoFiles({ narrator, folder }: Scene, { records, resources }: Archive): Promise<void> {
  const files = filesBelow(folder);
  const versions = filesBelow(records);
  narrator.expect(
    versions.length === resources.size && files.length === 2 * versions.length,
    `${versions.length} files with a record each, and ${files.length - versions.length} with the key of one each.`,
  );
  for (const word of WORDS) {
    const inClear = [...resources.values()].filter((resource) => encode(resource).includes(word));
    const found = files.filter((path) => readFileSync(path).includes(word));
    narrator.expect(
      inClear.length > 0 && found.length === 0,
      `"${word}" stands in ${inClear.length} of the ${resources.size} resources, and in ${found.length} of the ${files.length} files.`,
    );
  }
  return Promise.resolve();
}
