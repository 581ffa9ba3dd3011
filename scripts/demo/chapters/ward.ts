import { anchor, type Journal, journalOf } from "../journal.js";
import type { Scene } from "../scene.js";

/** The hospital's own staff reads for treatment, decided at the hospital; its log is anchored in one transaction. */
export async function readInWard({ narrator, cast }: Scene): Promise<Journal> {
  const { patient, hospital } = cast;
  const { records } = hospital.consentry;
  const pointers = await records.list({ patient: patient.address });
  const entries = [];
  for (const { record } of pointers) {
    const { decision, blockNumber } = await records.decide({ grantee: hospital.address, record, purpose: "TREAT" });
    entries.push({ record, purpose: "TREAT", action: "access", decision, block: blockNumber });
  }
  narrator.expect(
    entries.every(({ decision }) => decision === "PermitCustodian"),
    `The hospital may read the ${entries.length} records that it keeps, to treat.`,
  );
  const journal = journalOf(hospital, entries);
  narrator.spent(await anchor(hospital, journal));
  narrator.say("Its log stays with it. On the chain is the root of the tree over all entries, each with a salt.");
  return journal;
}
