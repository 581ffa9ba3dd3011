import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { GAS, inOneBlock, PATIENCE, time } from "../chain.js";
import { ALL_CATEGORIES } from "../codes.js";
import { type Random, randomOf, SEED } from "../random.js";
import { approved, type Approved, start, startWith } from "./recovery.js";
import { history, replayed, type State, viewed } from "./replay.js";
import { deliver, direct, nextBlockAt, ROUTES } from "./routes.js";
import { commitmentOf, guardiansOf, load, type Person, type World } from "./setup.js";
import { DAY, type Delivery, stated, type VerbName } from "./stated.js";

/**
 * A history of calls by everybody, most by who may and some by who may not, from which the state must follow by events
 * alone.
 */

const STEPS = 600;
const HISTORIES = 3;

interface Actors {
  world: World;
  random: Random;
  patients: string[];
  people: Person[];
  /** What was signed and may be delivered again. */
  signed: Delivery[];
  approvals: Approved[];
}

describe("PatientControl: histories", function () {
  this.timeout(PATIENCE);

  const KINDS = [
    "ControlTransferred",
    "DependentCreated",
    "RepresentativeChanged",
    "ExclusionsChanged",
    "GuardiansChanged",
    "RecoveryStarted",
    "RecoveryCancelled",
    "RecoveryCompleted",
    "AllRevoked",
  ];

  for (let i = 0; i < HISTORIES; i++) {
    it(`history ${i}: the state follows from the events alone, and every change has one`, async () => {
      const actors = await gather(SEED + i);
      const { world, patients, people } = actors;
      const representatives = people.map(({ account }) => account);
      for (let step = 0; step < STEPS; step++) await act(actors);
      const events = await history(world);
      const seen = new Set(events.map(({ event }) => event.name));
      expect([...seen]).to.include.members(KINDS);
      for (const patient of patients) {
        const state = replayed(events, patient);
        expect(state).to.deep.equal(await viewed(world, patient, representatives));
        await expectSpeakers(world, state, patient, people);
      }
    });
  }

  it("calls of one block are told by their events, too", async () => {
    const world = await load();
    const { consents, patient, heir } = world;
    const own = consents.connect(patient.caller);
    const at = await nextBlockAt();
    await inOneBlock(() => [
      own.setGuardians(patient.account, commitmentOf(patient.account, guardiansOf(world.guardians)), DAY, GAS),
      own.setExclusions(patient.account, 1n, GAS),
      own.appointRepresentative(patient.account, heir.account, 0n, at + DAY, GAS),
      own.dismissRepresentative(patient.account, heir.account, GAS),
      startWith(world, approved(world, at), GAS),
      own.cancelRecovery(patient.account, GAS),
      own.revokeAll(patient.account, GAS),
      own.revokeAll(patient.account, GAS),
      own.setGuardians(patient.account, ZeroHash, 0n, GAS),
    ]);
    const events = await history(world);
    expect(events).to.have.length(9);
    expect(replayed(events, patient.account)).to.deep.equal(await viewed(world, patient.account, [heir.account]));
  });
});

async function gather(seed: number): Promise<Actors> {
  const world = await load();
  const { patient, otherPatient, heir, spouse, friend } = world;
  const dependent = await world.consents.dependentOf(patient.account, ZeroHash);
  return {
    world,
    random: randomOf(seed),
    patients: [patient.account, otherPatient.account, dependent],
    people: [patient, otherPatient, heir, spouse, friend],
    signed: [],
    approvals: [],
  };
}

/** One call, which may be refused. Time goes on, sometimes by days. */
async function act(actors: Actors): Promise<void> {
  const { world, random, signed } = actors;
  const latest = BigInt(await time.latest());
  const at = latest + (random.chance(20) ? BigInt(random.below(Number(2n * DAY))) + 1n : BigInt(random.below(30)) + 1n);
  await nextBlockAt(at);
  try {
    if (signed.length > 0 && random.chance(10)) await (await deliver(world, random.pick(signed))).wait();
    else await said(actors, at);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("custom error")) throw error;
  }
}

async function said(actors: Actors, at: bigint): Promise<void> {
  const { random } = actors;
  const patient = random.pick(actors.patients);
  if (random.chance(25)) return recover(actors, patient, at);
  const by = await speaker(actors, patient);
  const verb = random.pick(VERB_NAMES);
  const route = random.pick(ROUTES);
  if (verb === "transferControl")
    await (
      await route.transfer(actors.world, by, patient, random.pick(actors.people), at)
    ).sending;
  else if (route === direct)
    await (
      await route.say(actors.world, by, verb, argsOf(actors, verb, patient, at), at)
    ).sending;
  else {
    // Some statements are late: they come after newer ones.
    const issuedAt = at * 1000n - (random.chance(30) ? BigInt(random.below(100_000)) : 0n);
    const delivery = stated(actors.world, by, verb, argsOf(actors, verb, patient, at), { issuedAt });
    actors.signed.push(delivery);
    if (random.chance(70)) await deliver(actors.world, delivery);
  }
}

const VERB_NAMES: readonly VerbName[] = [
  "transferControl",
  "createDependent",
  "appointRepresentative",
  "appointRepresentative",
  "dismissRepresentative",
  "setExclusions",
  "setGuardians",
  "cancelRecovery",
  "revokeAll",
];

/** Who controls the patient most of the time, anybody else now and then. */
async function speaker({ world, random, people }: Actors, patient: string): Promise<Person> {
  const controller = await world.consents.controllerOf(patient);
  const own = people.find(({ account }) => account === controller);
  return own !== undefined && random.chance(85) ? own : random.pick(people);
}

function argsOf({ world, random, people }: Actors, verb: VerbName, patient: string, at: bigint): readonly unknown[] {
  const who = random.pick(people).account;
  switch (verb) {
    case "createDependent":
      return [ZeroHash];
    case "appointRepresentative":
      return [patient, who, at - BigInt(random.below(100)), at + BigInt(random.below(Number(3n * DAY))) + 1n];
    case "dismissRepresentative":
      return [patient, who];
    case "setExclusions":
      return [patient, BigInt(random.below(2 ** 32)) & ALL_CATEGORIES];
    case "setGuardians":
      return random.chance(20)
        ? [patient, random.chance(50) ? ZeroHash : id("others"), random.chance(50) ? 0n : 2n * DAY]
        : [patient, commitmentOf(patient, guardiansOf(world.guardians)), DAY];
    default:
      return [patient];
  }
}

async function recover(actors: Actors, patient: string, at: bigint): Promise<void> {
  const { world, random, people, approvals } = actors;
  const { consents, relayer } = world;
  if (random.chance(40)) await consents.connect(relayer).completeRecovery(patient);
  else if (approvals.length > 0 && random.chance(30)) await startWith(world, random.pick(approvals));
  else {
    const agreement = { patient, controller: random.pick(people).account, at };
    approvals.push(approved(world, at, agreement));
    await (
      await start(world, agreement)
    ).sending;
  }
}

/** Who speaks is who controls, and whoever was appointed since. */
async function expectSpeakers({ consents }: World, state: State, patient: string, people: readonly Person[]) {
  const now = BigInt(await time.latest());
  const mask = (1n << 48n) - 1n;
  for (const { account } of people) {
    const word = state.appointments[account] ?? 0n;
    const [since, until, issuedAt] = [word & mask, (word >> 48n) & mask, word >> 96n];
    const isLive = issuedAt > state.controlSince && since <= now && now < until;
    expect(await consents.speaksFor(patient, account)).to.equal(isLive || account === state.controller);
  }
}
