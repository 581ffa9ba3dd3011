import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { newSalt } from "@consentry/sdk";
import { KeyMissingError } from "@consentry/sdk/crypto";
import { FileRecordStore, RecordErasedError, RetentionError } from "@consentry/sdk/node";
import type { FhirResource } from "fhir/r4.js";
import { type Archive, encode, filesBelow } from "../archive.js";
import { failureOf, type Scene } from "../scene.js";
import { describe } from "../summary.js";

const ERASED = "Alcoholic drinks per day";

/** The patient asks for a record to be erased: salt and key go, and nothing leads from the hash to the content. */
export async function erase(scene: Scene, archive: Archive): Promise<string> {
  const { narrator, cast, folder } = scene;
  const [record, resource] = toErase(archive);
  const { records } = cast.hospital.consentry;
  const kept = await archive.store.get(record);
  narrator.expect(
    records.verify(await records.get(record), encode(resource), kept.salt),
    `${describe(resource)}: with content and salt, everybody can check the hash on the chain.`,
  );
  cpSync(archive.records, join(folder, "backup"), { recursive: true });
  const backup = new FileRecordStore(join(folder, "backup"), { keyring: archive.keyring });
  narrator.expect(
    (await backup.get(record)).salt === kept.salt,
    "A backup of the files, without the keys, opens with the keys of the hospital.",
  );
  const early = await failureOf(archive.store.delete(record));
  narrator.expect(early instanceof RetentionError, "The store does not destroy it before its time without a reason.");
  const { blockNumber } = narrator.spent(await records.erase({ record }));
  await archive.store.delete(record, { reason: "Erasure asked for by the patient, GDPR article 17." });
  await lookForFiles(scene, archive, record);
  const restored = await failureOf(backup.get(record));
  narrator.expect(restored instanceof KeyMissingError, "What is put back from the backup opens no more.");
  await lookForHash(scene, record, resource, blockNumber);
  return record;
}

/** What is left in the folders. */
async function lookForFiles({ narrator, folder }: Scene, { store, records }: Archive, record: string): Promise<void> {
  const left = filesBelow(join(records, record)).map((path) => basename(path));
  const keys = filesBelow(join(folder, "keys")).filter((path) => path.includes(record));
  narrator.expect(left.join() === "erased.json" && keys.length === 0, "File and key are gone, a tombstone stays.");
  const failure = await failureOf(store.get(record));
  narrator.expect(
    failure instanceof RecordErasedError && failure.reason !== undefined,
    `It says why: ${failure instanceof RecordErasedError ? failure.reason : ""}`,
  );
}

/** What is left on the chain. */
async function lookForHash({ narrator, cast }: Scene, record: string, resource: FhirResource, erasedIn: number) {
  const { records } = cast.hospital.consentry;
  const now = await records.get(record);
  narrator.expect(
    now.status === "erased" && !("patient" in now) && !("categories" in now),
    "On the chain, too, the pointer is a tombstone: no patient, no categories, no hash.",
  );
  const before = await records.get(record, { at: erasedIn - 1 });
  const guesses = [newSalt(), `0x${"00".repeat(32)}`];
  narrator.expect(
    before.status === "registered" && guesses.every((salt) => !records.verify(before, encode(resource), salt)),
    "Old blocks keep the hash; but without the salt not even who knows the content can tell that it is its hash.",
  );
}

function toErase({ resources }: Archive): [record: string, resource: FhirResource] {
  const found = [...resources].find(([, resource]) => describe(resource).includes(ERASED));
  if (found === undefined) throw new Error(`The summary has no ${ERASED}.`);
  return found;
}
