import { NotSharedError } from "@consentry/sdk/node";
import type { Archive, Reading } from "../archive.js";
import { ask, failureOf, type Scene } from "../scene.js";

/** The patient withdraws from the clinic altogether, and the hospital destroys its wraps. */
export async function withdraw(scene: Scene, { store }: Archive, readings: readonly Reading[]): Promise<void> {
  const { narrator, cast } = scene;
  const { patient, clinic } = cast;
  const record = readings.at(-1)?.pointer.record ?? "";
  const { records, consents } = clinic.consentry;
  const treatment = { grantee: clinic.address, record, purpose: "TREAT" } as const;
  const before = await records.decide(treatment);
  narrator.spent(await patient.consentry.consents.revoke({ grantee: clinic.address }));
  const after = await records.decide(treatment);
  narrator.expect(before.permitted && !after.permitted, `The very next check is refused: ${after.decision}.`);
  const logged = await ask(scene, clinic, { record, purpose: "TREAT" });
  narrator.expect(logged.decision === "Revoked", `And so is the next access: ${logged.reason}`);
  const research = { patient: patient.address, grantee: clinic.address, purpose: "HRESCH" } as const;
  const { decision } = await consents.decide({ ...research, categories: ["IMMUNIZATIONS"] });
  narrator.expect(decision === "Revoked", "One word ended the consent to research, too.");
  await Promise.all(readings.map(({ pointer }) => store.withdraw(pointer.record, clinic.address)));
  const failures = await Promise.all(
    readings.map(({ pointer }) => failureOf(store.release(pointer.record, clinic.address))),
  );
  narrator.expect(
    failures.every((failure) => failure instanceof NotSharedError),
    "The hospital destroys the wraps: there is nothing to release to the clinic.",
  );
}
