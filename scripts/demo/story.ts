import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type RecordPointer, allCategories, isSensitivity } from "@consentry/sdk";
import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
import { FileKeyring, FileRecordStore, RecordDamagedError } from "@consentry/sdk/node";
import type { FhirResource } from "fhir/r4.js";
import type { NetworkConnection } from "hardhat/types/network";
import { type Actor, type Cast, assemble } from "./cast.js";
import type { Narrator } from "./narrator.js";
import { describe, readSummary } from "./summary.js";

/** A year from now, the whole day included. */
const LAST_DAY = new Date(Date.now() + 365 * 24 * 3600 * 1000).toISOString().slice(0, 10);
const GRANTED = ["LABS", "MEDICATIONS"] as const;

/** What the hospital keeps: the store, and which resource stands behind which record id. */
interface Archive {
  store: FileRecordStore;
  resources: Map<string, FhirResource>;
}

/** Plays every step of the story on a fresh chain, with the records in `folder`. */
export async function tell(narrator: Narrator, connection: NetworkConnection, folder: string): Promise<void> {
  const step = narrator.step.bind(narrator);
  const cast = await step("The contracts are deployed to a chain in memory", () => assemble(connection));
  const { patient, hospital, clinic, insurer } = cast;
  narrator.say(`Deployed by an account that keeps no right at all; ${cast.consortium.name.toLowerCase()} governs.`);
  await step("The consortium accredits three providers", () => accredit(narrator, cast));
  await step("The patient lets the hospital collect", () => consentToCollect(narrator, patient, hospital));
  const archive = await step("The hospital keeps the summary and registers pointers", () =>
    collect(narrator, patient, hospital, folder),
  );
  await step("The patient grants the clinic laboratory results and medications", () =>
    consentToRead(narrator, patient, clinic),
  );
  const read = await step("The clinic reads what it may, and nothing else", () =>
    readAll(narrator, patient, clinic, archive),
  );
  await step("The insurer is refused everything", () => refuseAll(narrator, patient, insurer));
  await step("The patient hides one record", () => hide(narrator, patient, clinic, read, archive));
  await step("The patient withdraws from the clinic", () => withdraw(narrator, patient, clinic, read));
  await step("Somebody tampers with the hospital's files", () => tamper(narrator, hospital, read, archive, folder));
  // The clinic and the insurer asked for every record, and the clinic twice more.
  await step("The audit trail tells it all", () => audit(narrator, cast, 2 * archive.resources.size + 2));
}

async function accredit(narrator: Narrator, { consortium, council, ...cast }: Cast): Promise<void> {
  narrator.spent(await consortium.consentry.providers.appointAccreditor({ accreditor: 1, account: council.address }));
  narrator.say(`${consortium.name} appoints ${council.name.toLowerCase()} as an accreditor, which lists:`);
  const listed = [
    { actor: cast.hospital, kind: "organization", capabilities: ["contribute"] },
    { actor: cast.clinic, kind: "organization", capabilities: [] },
    { actor: cast.insurer, kind: "payer", capabilities: [] },
  ] as const;
  for (const { actor, kind, capabilities } of listed) {
    const { name, address: provider } = actor;
    const { providers } = council.consentry;
    narrator.spent(await providers.register({ provider, kind, capabilities, name, until: LAST_DAY }));
    const entry = await providers.get(provider);
    narrator.expect(entry.standing === "active", `${name}, ${kind}, is active in the directory.`);
  }
}

async function consentToCollect(narrator: Narrator, patient: Actor, hospital: Actor): Promise<void> {
  const { consents } = patient.consentry;
  const granted = await consents.grant({
    grantee: hospital.address,
    categories: allCategories().filter((category) => !isSensitivity(category)),
    purposes: ["TREAT"],
    actions: ["collect"],
    until: LAST_DAY,
  });
  narrator.spent(granted);
  narrator.say(
    `One consent, one slot: every kind of data, to treat, until ${LAST_DAY}. Nothing sensitive, nothing else.`,
  );
}

async function collect(narrator: Narrator, patient: Actor, hospital: Actor, folder: string): Promise<Archive> {
  const keyring = new FileKeyring(join(folder, "keys"), { keyPair: await newEncryptionKeyPair() });
  const store = new FileRecordStore(join(folder, "records"), { keyring });
  const contents = readSummary().map((resource) => ({ resource, content: encode(resource) }));
  const registered = await hospital.consentry.records.registerMany({
    purpose: "TREAT",
    records: contents.map(({ resource, content }) => ({ patient: patient.address, resource, content })),
  });
  narrator.spent(registered);
  const resources = new Map<string, FhirResource>();
  for (const [i, { record, salt }] of registered.records.entries()) {
    const stored = contents[i];
    if (stored === undefined) throw new Error("A record lost its content.");
    await store.put(record, { content: stored.content, salt });
    resources.set(record, stored.resource);
  }
  narrator.expect(
    readdirSync(join(folder, "records")).length === contents.length,
    `${contents.length} resources of the summary are kept by the hospital, each encrypted with a key of its own.`,
  );
  const pointers = await hospital.consentry.records.list({ patient: patient.address });
  narrator.expect(
    pointers.length === contents.length,
    `The chain holds ${pointers.length} pointers: categories computed from each resource, and salted hashes.`,
  );
  return { store, resources };
}

async function consentToRead(narrator: Narrator, patient: Actor, clinic: Actor): Promise<void> {
  const granted = await patient.consentry.consents.grant({
    grantee: clinic.address,
    categories: GRANTED,
    purposes: ["TREAT"],
    actions: ["access"],
    until: LAST_DAY,
  });
  narrator.spent(granted);
  narrator.say(`Until ${LAST_DAY}, to treat, to see; not to collect, to use otherwise or to pass on.`);
}

/** Asks for every record, logs it, and reads what is permitted. Returns what was read. */
async function readAll(narrator: Narrator, patient: Actor, clinic: Actor, archive: Archive): Promise<RecordPointer[]> {
  const { records, audit } = clinic.consentry;
  const pointers = await records.list({ patient: patient.address });
  const read: RecordPointer[] = [];
  const refused = new Map<string, number>();
  const reasons = new Set<string>();
  for (const pointer of pointers) {
    const answer = narrator.spent(await audit.access({ record: pointer.record, purpose: "TREAT" }));
    if (answer.permitted) {
      const { content, salt } = await archive.store.get(pointer.record);
      narrator.expect(records.verify(pointer, content, salt), `${title(pointer, archive)}: read, and the hash fits.`);
      read.push(pointer);
    } else {
      reasons.add(answer.decision);
      const why = `${pointer.categories.join(", ")}: ${answer.decision}. ${answer.reason}`;
      refused.set(why, (refused.get(why) ?? 0) + 1);
    }
  }
  for (const [why, count] of refused) narrator.say(`– ${count} × ${why}`);
  narrator.expect(
    [...reasons].join() === "CategoryNotCovered",
    "What was refused was refused because the consent does not cover that kind of data.",
  );
  const granted = pointers.filter(({ categories }) =>
    categories.every((each) => GRANTED.some((name) => name === each)),
  );
  narrator.expect(
    read.length > 0 && read.length === granted.length && granted.every((pointer) => read.includes(pointer)),
    `The clinic read the ${read.length} laboratory results and medications of ${pointers.length} records, no other.`,
  );
  return read;
}

async function refuseAll(narrator: Narrator, patient: Actor, insurer: Actor): Promise<void> {
  const { records, audit } = insurer.consentry;
  const pointers = await records.list({ patient: patient.address });
  const answers = [];
  for (const { record } of pointers) answers.push(narrator.spent(await audit.access({ record, purpose: "HPAYMT" })));
  const [first] = answers;
  narrator.expect(
    answers.every(({ permitted }) => !permitted),
    `All ${answers.length} requests are refused: ${first?.decision}. ${first?.reason} ${first?.explanation}`,
  );
}

async function hide(
  narrator: Narrator,
  patient: Actor,
  clinic: Actor,
  read: RecordPointer[],
  archive: Archive,
): Promise<void> {
  const [hidden, ...others] = read;
  if (hidden === undefined) throw new Error("The clinic has read nothing that could be hidden.");
  const { record } = hidden;
  narrator.spent(await patient.consentry.consents.revoke({ grantee: clinic.address, record }));
  const answer = narrator.spent(await clinic.consentry.audit.access({ record, purpose: "TREAT" }));
  narrator.expect(answer.decision === "Withheld", `${title(hidden, archive)}: ${answer.decision}. ${answer.reason}`);
  const rest = await Promise.all(
    others.map((pointer) =>
      clinic.consentry.records.decide({ grantee: clinic.address, record: pointer.record, purpose: "TREAT" }),
    ),
  );
  narrator.expect(
    rest.every(({ permitted }) => permitted),
    `The other ${rest.length} are still permitted.`,
  );
}

async function withdraw(narrator: Narrator, patient: Actor, clinic: Actor, read: RecordPointer[]): Promise<void> {
  const [, { record } = { record: "" }] = read;
  const question = { grantee: clinic.address, record, purpose: "TREAT" } as const;
  const before = await clinic.consentry.records.decide(question);
  narrator.spent(await patient.consentry.consents.revoke({ grantee: clinic.address }));
  const after = await clinic.consentry.records.decide(question);
  narrator.expect(before.permitted && !after.permitted, `The very next check is refused: ${after.decision}.`);
  const logged = narrator.spent(await clinic.consentry.audit.access({ record, purpose: "TREAT" }));
  narrator.expect(logged.decision === "Revoked", `And so is the next access: ${logged.reason}`);
}

async function tamper(
  narrator: Narrator,
  hospital: Actor,
  read: RecordPointer[],
  { store }: Archive,
  folder: string,
): Promise<void> {
  const [clumsy, cunning] = read;
  if (clumsy === undefined || cunning === undefined) throw new Error("There are no two records to tamper with.");
  appendFileSync(join(folder, "records", clumsy.record, "1.record"), " ");
  const error: unknown = await store.get(clumsy.record).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  narrator.expect(error instanceof RecordDamagedError, "A file that was changed is found by the store itself.");
  const { content, salt } = await store.get(cunning.record);
  content[content.length - 2] = (content[content.length - 2] ?? 0) ^ 1;
  await store.put(cunning.record, { content, salt, version: 2 });
  const changed = await store.get(cunning.record);
  narrator.expect(
    !hospital.consentry.records.verify(cunning, changed.content, changed.salt),
    "One that somebody with the hospital's keys put in its place is found by the hash on the chain.",
  );
}

async function audit(narrator: Narrator, { patient, ...others }: Cast, asked: number): Promise<void> {
  const names = new Map(Object.values(others).map(({ name, address }) => [address, name]));
  const entries = await patient.consentry.audit.history({ patient: patient.address });
  const lines = new Map<string, number>();
  for (const { grantee, purpose, action, decision, categories } of entries) {
    const what = decision === "Permit" ? ` to ${categories.join(", ")}` : "";
    const line = `${names.get(grantee)} asked to ${action} for ${purpose}: ${decision}${what}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  for (const [line, count] of lines) narrator.say(`${String(count).padStart(3)} × ${line}`);
  const last = entries.at(-1);
  narrator.say(`The last at ${last?.time.toISOString()}, transaction ${last?.transaction}.`);
  const permitted = entries.filter((entry) => entry.permitted);
  narrator.expect(
    entries.length === asked && permitted.every(({ grantee }) => grantee === others.clinic.address),
    `${entries.length} accesses, ${permitted.length} permitted: every one of the story, refusals included.`,
  );
}

function title({ record, categories }: RecordPointer, { resources }: Archive): string {
  const resource = resources.get(record);
  return `${categories.join(", ")}: ${resource === undefined ? record : describe(resource)}`;
}

function encode(resource: FhirResource): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(resource));
}
