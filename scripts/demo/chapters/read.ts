import { NotSharedError } from "@consentry/sdk/node";
import { type Archive, encode, read, type Reading, title } from "../archive.js";
import { ask, failureOf, type Scene } from "../scene.js";

/** The clinic asks for every record, each access is logged, and reads what is permitted. Returns what it has then. */
export async function readAll(scene: Scene, archive: Archive): Promise<Reading[]> {
  const { narrator, cast } = scene;
  const { patient, clinic } = cast;
  const pointers = await clinic.consentry.records.list({ patient: patient.address });
  const readings: Reading[] = [];
  const refused = new Map<string, Set<string>>();
  let locked = 0;
  for (const pointer of pointers) {
    const { record, version, categories } = pointer;
    const answer = await ask(scene, clinic, { record, purpose: "TREAT" });
    if (answer.permitted) {
      const reading = await read(clinic, pointer, await archive.store.release(record, clinic.address, { version }));
      const resource = archive.resources.get(record);
      const isRight = resource !== undefined && reading.text === encode(resource);
      narrator.expect(isRight, `${title(pointer, archive)}: decrypted, and the hash fits.`);
      readings.push(reading);
    } else {
      const failure = await failureOf(archive.store.release(record, clinic.address));
      if (failure instanceof NotSharedError) locked += 1;
      const why = `${answer.decision}: ${answer.reason}`;
      refused.set(why, new Set([...(refused.get(why) ?? []), ...categories]));
    }
  }
  for (const [why, categories] of refused) narrator.say(`– ${why} (${[...categories].join(", ")})`);
  const others = pointers.length - readings.length;
  narrator.expect(
    others > 0 && locked === others && [...refused.keys()].every((why) => why.startsWith("CategoryNotCovered")),
    `The other ${others} are refused because the consent does not cover them, and no key is wrapped for the clinic.`,
  );
  return readings;
}
