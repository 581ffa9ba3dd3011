/** What has happened before the patient opens the page: providers, consents, records, accesses. */
import { type Category, type Client, allCategories, connect, isSensitivity } from "@consentry/sdk";
import { type BreakGlassReason, emergencyOf } from "@consentry/sdk/emergency";
import { Contract } from "ethers";
import { CONSORTIUM, type LocalChain } from "./localChain.js";

/** Everybody on the local chain, by the index of the account. */
const ACCOUNTS = {
  consortium: CONSORTIUM,
  council: 2,
  patient: 3,
  mother: 4,
  hospital: 5,
  clinic: 6,
  insurer: 7,
  institute: 8,
  practice: 9,
  relayer: 10,
} as const;

type Role = keyof typeof ACCOUNTS;

/** Somebody of the story. */
export interface Person {
  address: string;
  consentry: Client;
}

export type People = Record<Role, Person>;

const NAMES = {
  hospital: ["General Hospital", "organization"],
  clinic: ["Heart Clinic", "organization"],
  insurer: ["Mutual Insurance", "payer"],
  institute: ["Institute for Heart Research", "researcher"],
  practice: ["Practice on the Square", "organization"],
} as const;

const DAY = 24 * 3600 * 1000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** What it leaves behind. */
export interface Story {
  people: People;
  /** What the hospital hands over about its break-glass, which nobody has reviewed yet. */
  reason: BreakGlassReason;
}

/** Plays it on a fresh chain. */
export async function play(chain: LocalChain): Promise<Story> {
  const people = await connectAll(chain);
  await listProviders(people);
  await consent(people);
  const records = await collect(people);
  await look(people, records);
  await allowEmergencies(chain, people.hospital.address);
  const reason = await breakGlass(people);
  return { people, reason };
}

async function connectAll({ account, deployment }: LocalChain): Promise<People> {
  const people = Object.entries(ACCOUNTS).map(async ([role, index]) => {
    const runner = account(index);
    return [role, { address: runner.address, consentry: await connect({ runner, deployment }) }] as const;
  });
  return Object.fromEntries(await Promise.all(people)) as People;
}

async function listProviders({ consortium, council, ...others }: People): Promise<void> {
  await consortium.consentry.providers.appointAccreditor({ accreditor: 1, account: council.address });
  for (const [role, [name, kind]] of Object.entries(NAMES)) {
    const { address: provider } = others[role as keyof typeof NAMES];
    const capabilities = role === "hospital" ? (["contribute"] as const) : [];
    await council.consentry.providers.register({ provider, kind, capabilities, name, until: inDays(730) });
  }
}

const ORDINARY: Category[] = allCategories().filter((category) => !isSensitivity(category));

async function consent({ patient, hospital, clinic, insurer, institute, practice }: People): Promise<void> {
  const { consents } = patient.consentry;
  const treat = { purposes: ["TREAT"], until: inDays(365) } as const;
  await consents.grant({ ...treat, grantee: hospital.address, categories: ORDINARY, actions: ["access", "collect"] });
  await consents.grant({ ...treat, grantee: clinic.address, categories: ["LABS", "MEDICATIONS"], actions: ["access"] });
  await consents.grant({
    grantee: insurer.address,
    categories: ["CLAIMS", "COVERAGE"],
    purposes: ["HPAYMT"],
    actions: ["access"],
    until: inDays(90),
  });
  await consents.grant({
    grantee: institute.address,
    categories: ["LABS", "VITALS", "GDIS"],
    purposes: ["HRESCH"],
    actions: ["access", "use"],
    until: inDays(180),
  });
  await consents.grant({ ...treat, grantee: practice.address, categories: ["NOTES"], actions: ["access"] });
  await consents.revoke({ grantee: practice.address });
}

async function collect({ patient, hospital }: People): Promise<string[]> {
  const kinds = [["LABS"], ["LABS"], ["MEDICATIONS"], ["ALLERGIES"], ["NOTES"]] as const;
  const { records } = await hospital.consentry.records.registerMany({
    purpose: "TREAT",
    records: kinds.map((categories, i) => ({
      patient: patient.address,
      categories,
      content: JSON.stringify({ resourceType: "Basic", id: String(i) }),
    })),
  });
  return records.map(({ record }) => record);
}

async function look({ clinic, insurer }: People, records: readonly string[]): Promise<void> {
  for (const record of records) await clinic.consentry.audit.access({ record, purpose: "TREAT" });
  const [first = ""] = records;
  await insurer.consentry.audit.access({ record: first, purpose: "HPAYMT" });
}

/** The consortium alone decides who may break the glass. */
async function allowEmergencies({ account, deployment }: LocalChain, provider: string): Promise<void> {
  const { address } = deployment.contracts.ProviderRegistry;
  const registry = new Contract(address, ["function setEmergency(address, bool)"], account(CONSORTIUM));
  const sent = await registry.getFunction("setEmergency").send(provider, true);
  await sent.wait();
}

/** The patient had excluded something before, and it stays closed. */
async function breakGlass({ patient, hospital }: People): Promise<BreakGlassReason> {
  await patient.consentry.patients.setExclusions({ categories: ["PSY", "SEX"] });
  const { subject, reason, salt } = await emergencyOf(hospital.consentry).breakGlass({
    patient: patient.address,
    categories: ["ALLERGIES", "MEDICATIONS", "PSY"],
    reason: "Brought in unconscious after an accident",
  });
  const categories = ["ALLERGIES", "MEDICATIONS"] as const;
  await hospital.consentry.audit.access({ patient: patient.address, categories, purpose: "BTG" });
  return { subject, reason, salt };
}
