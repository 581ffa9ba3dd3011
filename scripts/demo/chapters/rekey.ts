import type { RecordPointer } from "@consentry/sdk";
import {
  bytesOf,
  type ContentKey,
  decryptRecord,
  importContentKey,
  SealedRecordAlteredError,
  WrongKeyError,
} from "@consentry/sdk/crypto";
import { getBytes } from "ethers";
import { type Archive, type Reading, sealedOnDisk } from "../archive.js";
import { failureOf, type Scene } from "../scene.js";

/** Where the header of a sealed record has the id of its key: docs/crypto.md. */
const KEY_AT = 56;

/** What the clinic could read gets a new key, as a new version; what it has read it keeps. */
export async function rekey(scene: Scene, archive: Archive, readings: readonly Reading[]): Promise<void> {
  const { narrator } = scene;
  const renewed: { reading: Reading; pointer: RecordPointer }[] = [];
  for (const reading of readings) renewed.push({ reading, pointer: await renew(scene, archive, reading) });
  narrator.expect(
    renewed.every(({ reading, pointer }) => pointer.contentHash !== reading.pointer.contentHash),
    `${renewed.length} records are encrypted anew: a new version with a new key, a new salt and so another hash.`,
  );
  const failures = await Promise.all(renewed.map(({ reading, pointer }) => tryOldKey(archive, pointer, reading.key)));
  narrator.expect(
    failures.every(([asItIs]) => asItIs instanceof WrongKeyError),
    "If the new files leak to the clinic, the keys that it has are not theirs.",
  );
  narrator.expect(
    failures.every(([, forged]) => forged instanceof SealedRecordAlteredError),
    "Nor does a file open if somebody writes into it that the old key is its own.",
  );
  narrator.say("The hospital keeps the old versions as long as it must, and gives nobody their keys any more.");
  const [{ key, sealed, text } = { key: undefined, sealed: undefined, text: "" }] = readings;
  if (key === undefined) throw new Error("The clinic has read nothing.");
  const again = await bytesOf((await decryptRecord({ sealed, key })).content);
  narrator.expect(
    new TextDecoder().decode(again) === text,
    "But what was read was read: the copy of an old version that the clinic kept still opens with the key that it kept.",
  );
}

/** Amends the record on the chain, and keeps the content as the next version, under a key of its own. */
async function renew({ narrator, cast }: Scene, { store }: Archive, { pointer }: Reading): Promise<RecordPointer> {
  const { record } = pointer;
  const { records } = cast.hospital.consentry;
  const { content } = await store.get(record, { contentHash: pointer.contentHash });
  const { salt } = narrator.spent(await records.amend({ record, content }));
  const amended = await records.get(record);
  if (amended.status !== "registered") throw new Error("The record is not registered any more.");
  await store.put(record, { content, salt, version: amended.version });
  return amended;
}

/** What an old key fails with: on the new file, and on one whose header was changed to name that key. */
async function tryOldKey(archive: Archive, pointer: RecordPointer, old: ContentKey): Promise<[unknown, unknown]> {
  const sealed = sealedOnDisk(archive, pointer);
  const { record, version } = pointer;
  const key = importContentKey({ record, version, bytes: old.export() });
  const forged = Uint8Array.from(sealed);
  forged.set(getBytes(key.id), KEY_AT);
  return [
    await failureOf(decryptRecord({ sealed, key: old })),
    await failureOf(decryptRecord({ sealed: forged, key })),
  ];
}
