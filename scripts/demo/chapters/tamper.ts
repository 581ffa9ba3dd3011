import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { RecordDamagedError } from "@consentry/sdk/node";
import type { Archive, Reading } from "../archive.js";
import { failureOf, type Scene } from "../scene.js";

/** A changed file is found by the store, a forged one by the chain. */
export async function tamper(scene: Scene, { store, records }: Archive, readings: readonly Reading[]): Promise<void> {
  const { narrator, cast } = scene;
  const [clumsy, cunning] = await Promise.all(
    readings.slice(0, 2).map(async ({ pointer }) => cast.hospital.consentry.records.get(pointer.record)),
  );
  if (clumsy?.status !== "registered" || cunning?.status !== "registered") {
    throw new Error("There are no two records to tamper with.");
  }
  appendFileSync(join(records, clumsy.record, `${clumsy.version}.record`), " ");
  const failure = await failureOf(store.get(clumsy.record));
  narrator.expect(failure instanceof RecordDamagedError, "A file that was changed is found by the store itself.");
  const { content, salt } = await store.get(cunning.record);
  content[content.length - 2] = (content[content.length - 2] ?? 0) ^ 1;
  await store.put(cunning.record, { content, salt, version: cunning.version + 1 });
  const changed = await store.get(cunning.record);
  narrator.expect(
    !cast.hospital.consentry.records.verify(cunning, changed.content, changed.salt),
    "One that somebody with the hospital's keys put in its place is found by the hash on the chain.",
  );
}
