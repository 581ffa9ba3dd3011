import { expect } from "chai";
import { id } from "ethers";
import type { IConsentRegistry } from "../../../sdk/src/generated/contracts/index.js";
import { deploySuite, type Signer, type Suite } from "../../suite.js";
import { connection, ethers, networkHelpers, time } from "../chain.js";
import { actions, BTG, categories } from "../codes.js";
import { nextBlockAt } from "../control/routes.js";
import { person, type Person } from "../control/setup.js";
import { type Place, placeOf } from "../control/signing.js";
import { list, request, YEAR } from "../fixtures.js";
import { Ability, EMERGENCY, type Outcome, outcome, type Terms } from "../words.js";

export const HOUR = 3600n;
/** How the suite is deployed. Seconds, number, seconds. */
export const WINDOW = 4n * HOUR;
export const BURST = 20n;
export const REFILL = 24n * HOUR;

export const REASON = id("unconscious");
export const LABS = categories("LABS");
export const NOTES = categories("NOTES");
export const PSY = categories("PSY");

export interface Emergencies extends Suite {
  readonly place: Place;
  /** The patient as one who signs. */
  readonly voice: Person;
}

/** Clinic and hospital may break the glass, the laboratory may not; of the clinic's members one may, the other may only read. */
export async function emergencies(): Promise<Emergencies> {
  const suite = await deploySuite(connection);
  const { consortium, accreditor, clinic, hospital, lab, patient, member, otherMember } = suite.signers;
  await suite.providers.connect(consortium).appointAccreditor(1, accreditor);
  for (const provider of [clinic, hospital, lab]) await list(suite, accreditor, provider);
  for (const provider of [clinic, hospital]) await suite.providers.connect(consortium).setEmergency(provider, true);
  const until = BigInt(await time.latest()) + YEAR;
  await suite.providers.connect(clinic).setMember(clinic, member, Ability.EMERGENCY, until);
  await suite.providers.connect(clinic).setMember(clinic, otherMember, Ability.READ, until);
  const accounts = await ethers.getSigners();
  const voice = person(
    accounts,
    accounts.findIndex(({ address }) => address === patient.address),
  );
  return { ...suite, place: await placeOf(suite.consents), voice };
}

export async function load(): Promise<Emergencies> {
  const loaded = await networkHelpers.loadFixture(emergencies);
  await networkHelpers.mine();
  return loaded;
}

export interface Breaking {
  /** Who calls; the provider itself, unless it is said otherwise. */
  by: Signer;
  provider: Signer | string;
  patient: Signer | string;
  categories: bigint;
  /** The second of the block; the tenth after the latest, unless it is said otherwise. */
  at: bigint;
}

/** The clinic asks for the patient's laboratory results in an emergency, with these changes. */
export async function breakGlass({ consents, signers }: Emergencies, changes: Partial<Breaking> = {}) {
  const { provider = signers.clinic, patient = signers.patient, categories: asked = LABS } = changes;
  const by = changes.by ?? (typeof provider === "string" ? signers.clinic : provider);
  const at = await nextBlockAt(changes.at);
  return { at, sending: consents.connect(by).breakGlass(provider, patient, asked, REASON) };
}

/** The same, which must succeed. */
export async function broken(world: Emergencies, changes: Partial<Breaking> = {}): Promise<bigint> {
  const { at, sending } = await breakGlass(world, changes);
  await (await sending).wait();
  return at;
}

/** The word that break-glass leaves when it was first broken at that second. */
export function opened(at: bigint, opening: bigint = LABS): bigint {
  const terms: Terms = {
    categories: opening,
    purposes: BTG,
    actions: actions("access", "use"),
    notBefore: 0n,
    expiresAt: at + WINDOW,
    issuedAt: at * 1000n,
    flags: 0n,
  };
  return (
    terms.categories |
    (terms.purposes << 64n) |
    (terms.actions << 96n) |
    (terms.expiresAt << 152n) |
    (terms.issuedAt << 200n)
  );
}

export function stored({ consents, signers }: Emergencies, provider = signers.clinic): Promise<bigint> {
  return consents.termsOf(signers.patient, provider, EMERGENCY);
}

/** May the clinic see the patient's laboratory results in an emergency, with these changes? At the latest block's time. */
export async function decide(
  world: Emergencies,
  changes: Partial<IConsentRegistry.RequestStruct> = {},
): Promise<Outcome> {
  return outcome(await world.consents.decide(request(world, { purpose: BTG, ...changes })));
}

/** The decision as of a second that is still to come. */
export async function decideAt(
  world: Emergencies,
  second: bigint,
  changes: Partial<IConsentRegistry.RequestStruct> = {},
): Promise<Outcome["decision"]> {
  await time.increaseTo(second);
  return (await decide(world, changes)).decision;
}

export async function expectError(
  { consents }: Emergencies,
  sending: Promise<unknown>,
  error: string,
  ...args: readonly unknown[]
): Promise<void> {
  await expect(sending)
    .to.be.revertedWithCustomError(consents, error)
    .withArgs(...args);
}

/** That break-glass is refused with this error and these arguments. */
export async function expectRefused(
  world: Emergencies,
  changes: Partial<Breaking>,
  error: string,
  ...args: readonly unknown[]
): Promise<void> {
  await expectError(world, (await breakGlass(world, changes)).sending, error, ...args);
}
