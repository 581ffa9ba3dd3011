import type { RecordPointer } from "@consentry/sdk";
import type { Archive } from "../archive.js";
import { GRANTED, type Scene } from "../scene.js";

/** The hospital wraps the keys of what the patient granted, each for the clinic's published key. */
export async function share({ narrator, cast }: Scene, { store }: Archive): Promise<void> {
  const { patient, hospital, clinic } = cast;
  const { records, providers } = hospital.consentry;
  const listed = await providers.get(clinic.address);
  const publicKey = listed.standing === "unlisted" ? undefined : listed.encryptionKey;
  const pointers = await records.list({ patient: patient.address });
  const wrapped: RecordPointer[] = [];
  for (const pointer of pointers) {
    const { record, version } = pointer;
    const { permitted } = await records.decide({ grantee: clinic.address, record, purpose: "TREAT" });
    if (!permitted) continue;
    const wrap = await store.share(record, { grantee: clinic.address, publicKey, version });
    if (wrap.publicKey === clinic.keyPair.publicKey) wrapped.push(pointer);
  }
  const granted = pointers.filter(isGranted);
  narrator.expect(
    wrapped.length > 0 && wrapped.length === granted.length && wrapped.every(isGranted),
    `The keys of ${wrapped.length} records are wrapped for the clinic, those of the other ${pointers.length - wrapped.length} are not.`,
  );
  narrator.say("Each wrap is bound to record, version and grantee, and only the clinic's private key opens it.");
}

/** Whether the consent covers a record: all that it is about. */
function isGranted({ categories }: RecordPointer): boolean {
  return categories.every((category) => GRANTED.some((name) => name === category));
}
