import { UnwrapError, unwrapKey, WrapMismatchError } from "@consentry/sdk/crypto";
import { NotSharedError } from "@consentry/sdk/node";
import type { Archive, Reading } from "../archive.js";
import { ask, failureOf, type Scene } from "../scene.js";

/** The insurer is refused, and can do nothing with what was made for the clinic. */
export async function refuseInsurer(scene: Scene, { store }: Archive, readings: readonly Reading[]): Promise<void> {
  const { narrator, cast } = scene;
  const { patient, insurer } = cast;
  const pointers = await insurer.consentry.records.list({ patient: patient.address });
  const answers = [];
  for (const { record } of pointers) answers.push(await ask(scene, insurer, { record, purpose: "HPAYMT" }));
  const [first] = answers;
  narrator.expect(
    answers.every(({ permitted }) => !permitted),
    `All ${answers.length} requests are refused: ${first?.decision}. ${first?.reason} ${first?.explanation}`,
  );
  const failures = await Promise.all(pointers.map(({ record }) => failureOf(store.release(record, insurer.address))));
  narrator.expect(
    failures.every((failure) => failure instanceof NotSharedError),
    "No key is wrapped for it: there is nothing to release.",
  );
  await stealWrap(scene, store, readings);
}

/** Say that the insurer got hold of a wrap of the clinic's. */
async function stealWrap({ narrator, cast }: Scene, store: Archive["store"], readings: readonly Reading[]) {
  const { clinic, insurer } = cast;
  const [reading, other] = readings;
  if (reading === undefined || other === undefined) throw new Error("The clinic has not read two records.");
  const { record, version } = reading.pointer;
  const { wrap } = await store.release(record, clinic.address);
  const { keyPair, address: grantee } = insurer;
  const asItIs = await failureOf(unwrapKey({ wrap, keyPair, grantee, record, version }));
  narrator.expect(asItIs instanceof WrapMismatchError, "A wrap of the clinic's is none for the insurer.");
  const relabelled = { ...wrap, grantee, publicKey: keyPair.publicKey };
  const forged = await failureOf(unwrapKey({ wrap: relabelled, keyPair, grantee, record, version }));
  narrator.expect(forged instanceof UnwrapError, "Relabelled for the insurer, it does not open.");
  const moved = { ...wrap, record: other.pointer.record };
  const own = { keyPair: clinic.keyPair, grantee: clinic.address, record: other.pointer.record, version };
  const failure = await failureOf(unwrapKey({ wrap: moved, ...own }));
  narrator.expect(failure instanceof UnwrapError, "Nor does it open for the clinic as the wrap of another record.");
}
