import { isAnchored, type Journal } from "../journal.js";
import type { Scene } from "../scene.js";

/** The whole trail, also of what is erased, and the proof of an entry that the hospital keeps. */
export async function audit({ narrator, cast, asked }: Scene, erased: string, journal: Journal): Promise<void> {
  const { patient, hospital, clinic } = cast;
  const names = new Map(Object.values(cast).map(({ name, address }) => [address, name]));
  const entries = await patient.consentry.audit.history({ patient: patient.address });
  const lines = new Map<string, number>();
  for (const { grantee, purpose, action, decision, categories } of entries) {
    const what = decision === "Permit" ? ` to ${categories.join(", ")}` : "";
    const line = `${names.get(grantee)} asked to ${action} for ${purpose}: ${decision}${what}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  for (const [line, count] of lines) narrator.say(`${String(count).padStart(3)} × ${line}`);
  const permitted = entries.filter((entry) => entry.permitted);
  narrator.expect(
    entries.map(({ transaction }) => transaction).join() === asked.join() &&
      permitted.every(({ grantee }) => grantee === clinic.address),
    `${entries.length} accesses, ${permitted.length} permitted: every one of the story in its order, refusals included.`,
  );
  const ofErased = entries.filter(({ record }) => record === erased);
  narrator.expect(
    ofErased.length === 2 && ofErased.every((entry) => !entry.permitted),
    `${ofErased.length} of them are of the erased record: who asked, when and for what kind of data stays, and no content.`,
  );
  const index = journal.entries.findIndex(({ record }) => record === erased);
  const entry = journal.entries[index];
  if (entry === undefined) throw new Error("The hospital's log has no entry of the erased record.");
  narrator.expect(
    await isAnchored(hospital, journal, index, entry),
    "The root on the chain still proves the entry of the erased record in the hospital's own log.",
  );
  narrator.expect(
    !(await isAnchored(hospital, journal, index, { ...entry, decision: "NoConsent" })),
    "It would not, had the hospital changed the entry since.",
  );
}
