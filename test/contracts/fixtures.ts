import { id } from "ethers";
import type { IConsentRegistry, IProviderRegistry, IRecordRegistry } from "../../sdk/src/generated/contracts/index.js";
import { deploySuite, type Signer, type Suite } from "../suite.js";
import { connection, networkHelpers, time } from "./chain.js";
import { actions, categories, purposes } from "./codes.js";
import { Ability, EVIDENCE, GENERAL, Kind, NONE, type Outcome, outcome, pack, recordId, type Terms } from "./words.js";

export const YEAR = 365n * 24n * 3600n;

/** Everybody who holds an office in the fixtures; the clinic is the provider of the first accreditor that is looked at. */
export const OFFICES = ["deployer", "consortium", "accreditor", "otherAccreditor", "clinic", "hospital"] as const;

/** What the fixtures build on: the contracts, and two accreditors with the ids 1 and 2. */
async function accredited(): Promise<Suite> {
  const suite = await deploySuite(connection);
  const { consortium, accreditor, otherAccreditor } = suite.signers;
  await suite.providers.connect(consortium).appointAccreditor(1, accreditor);
  await suite.providers.connect(consortium).appointAccreditor(2, otherAccreditor);
  return suite;
}

/** Clinic and hospital (organizations that contribute) and a researcher by accreditor 1, a laboratory by accreditor 2. */
async function listed(): Promise<Suite> {
  const suite = await accredited();
  const { accreditor, otherAccreditor, clinic, hospital, lab, researcher } = suite.signers;
  await list(suite, accreditor, clinic, { capabilities: Ability.CONTRIBUTE });
  await list(suite, accreditor, hospital, { capabilities: Ability.CONTRIBUTE });
  await list(suite, accreditor, researcher, { kind: Kind.Researcher });
  await list(suite, otherAccreditor, lab);
  return suite;
}

/** The directory, with a member of the clinic who may only read and another who may only contribute. */
async function staffed(): Promise<Suite> {
  const suite = await listed();
  const { clinic, member, otherMember } = suite.signers;
  const until = BigInt(await time.latest()) + YEAR;
  await suite.providers.connect(clinic).setMember(clinic, member, Ability.READ, until);
  await suite.providers.connect(clinic).setMember(clinic, otherMember, Ability.CONTRIBUTE, until);
  return suite;
}

/** The staffed directory, and one laboratory result of the patient at the clinic, with no consent left but to collect. */
async function recorded(): Promise<Suite & { record: string }> {
  const suite = await staffed();
  const { patient, clinic } = suite.signers;
  await grant(suite, clinic, GENERAL, { actions: actions("collect") });
  const record = recordId(clinic.address);
  await suite.records.connect(clinic).register(registration(suite, { record }), NONE, purposes("TREAT"));
  await suite.consents.connect(patient).revokeAll(patient);
  return { ...suite, record };
}

export const fixtures = {
  accredited: () => load(accredited),
  listed: () => load(listed),
  staffed: () => load(staffed),
  recorded: () => load(recorded),
};

/** A fixture in a new block, so that the latest time is the present and not that of the first load. */
async function load<State>(fixture: () => Promise<State>): Promise<State> {
  const state = await networkHelpers.loadFixture(fixture);
  await networkHelpers.mine();
  return state;
}

/** An organization without capabilities for a year, with these changes. */
export async function entry(
  provider: Signer,
  changes: Partial<IProviderRegistry.RegistrationStruct> = {},
): Promise<IProviderRegistry.RegistrationStruct> {
  const expiresAt = BigInt(await time.latest()) + YEAR;
  const named = { name: "A practice", endpoint: "https://fhir.example" };
  return { provider: provider.address, kind: Kind.Organization, capabilities: 0, expiresAt, ...named, ...changes };
}

export async function list(
  { providers }: Suite,
  accreditor: Signer,
  provider: Signer,
  changes: Partial<IProviderRegistry.RegistrationStruct> = {},
): Promise<void> {
  await providers.connect(accreditor).register(await entry(provider, changes));
}

/** The patient grants the widest terms with these changes. */
export async function grant(
  { consents, signers: { patient } }: Suite,
  grantee: Signer | string,
  scope: string,
  changes: Partial<Terms> = {},
): Promise<void> {
  await consents.connect(patient).grant(patient, [{ grantee, scope, terms: pack(changes) }], EVIDENCE);
}

/** The patient refuses. */
export async function refuse(
  { consents, signers: { patient } }: Suite,
  grantee: Signer | string,
  scope: string,
): Promise<void> {
  await consents.connect(patient).revoke(patient, [{ grantee, scope }]);
}

/** May the clinic see a laboratory result of the patient to treat, with these changes? */
export function request(
  { signers: { patient, clinic } }: Suite,
  changes: Partial<IConsentRegistry.RequestStruct> = {},
): IConsentRegistry.RequestStruct {
  return {
    patient: patient.address,
    grantee: clinic.address,
    record: NONE,
    programme: NONE,
    categories: categories("LABS"),
    purpose: purposes("TREAT"),
    action: actions("access"),
    ...changes,
  };
}

export async function decide(suite: Suite, changes: Partial<IConsentRegistry.RequestStruct> = {}): Promise<Outcome> {
  return outcome(await suite.consents.decide(request(suite, changes)));
}

/** A laboratory result of the patient at the clinic, with these changes. */
export function registration(
  { signers: { patient, clinic } }: Suite,
  changes: Partial<IRecordRegistry.RegistrationStruct> = {},
): IRecordRegistry.RegistrationStruct {
  return {
    record: recordId(clinic.address),
    patient: patient.address,
    categories: categories("LABS"),
    contentHash: id("a result"),
    sealedLocator: "0x",
    ...changes,
  };
}
