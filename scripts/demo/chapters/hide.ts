import { NotSharedError } from "@consentry/sdk/node";
import { type Archive, type Reading, title } from "../archive.js";
import { ask, failureOf, type Scene } from "../scene.js";

/** The patient hides one record from the clinic; the others stay as they are. */
export async function hide(scene: Scene, archive: Archive, readings: readonly Reading[]): Promise<void> {
  const { narrator, cast } = scene;
  const { patient, hospital, clinic } = cast;
  const [hidden, ...others] = readings;
  if (hidden === undefined) throw new Error("The clinic has read nothing that could be hidden.");
  const { record } = hidden.pointer;
  narrator.spent(await patient.consentry.consents.revoke({ grantee: clinic.address, record }));
  const answer = await ask(scene, clinic, { record, purpose: "TREAT" });
  narrator.expect(
    answer.decision === "Withheld",
    `${title(hidden.pointer, archive)}: ${answer.decision}. ${answer.reason}`,
  );
  await archive.store.withdraw(record, clinic.address);
  const failure = await failureOf(archive.store.release(record, clinic.address));
  narrator.expect(failure instanceof NotSharedError, "The hospital destroys its wrap for the clinic.");
  const rest = await Promise.all(
    others.map(({ pointer }) =>
      hospital.consentry.records.decide({ grantee: clinic.address, record: pointer.record, purpose: "TREAT" }),
    ),
  );
  narrator.expect(
    rest.length > 0 && rest.every(({ permitted }) => permitted),
    `The other ${rest.length} are still permitted.`,
  );
}
