import { time } from "./chain.js";
import { fixtures } from "./fixtures.js";
import { deliver, type Delivery, type Item, speakerOf } from "./signing.js";
import { pack, recordId } from "./words.js";

/** A patient who has said nothing yet, to sign words stamped `past`, some minutes ago, and to deliver them now. */
export async function signedWorld() {
  const suite = await fixtures.listed();
  const { consents, signers } = suite;
  const { patient, clinic, hospital } = signers;
  const record = recordId(clinic.address);
  const start = BigInt(await time.latest()) + 1000n;
  await time.increaseTo(start);
  const speaker = await speakerOf(suite);
  const item = (scope: string, changes = {}, grantee = clinic.address): Item => ({
    grantee,
    scope,
    terms: pack(changes),
  });
  const stored = (scope: string, grantee = clinic.address) => consents.termsOf(patient, grantee, scope);
  /** Delivers, and returns each event, its name first. */
  const tell = async (call: Delivery) => {
    const receipt = await (await deliver(suite, call)).wait();
    return receipt!.logs.map((log) => {
      const { name, args } = consents.interface.parseLog(log)!;
      return [name, ...([...args] as unknown[])];
    });
  };
  // At the start of a second.
  const past = (start - 500n) * 1000n;
  return { suite, consents, patient, clinic, hospital, record, speaker, item, stored, tell, past };
}
