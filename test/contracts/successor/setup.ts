import type { AuditLog, ConsentRegistrySuccessor, RecordRegistry } from "../../../sdk/src/generated/contracts/index.js";
import type { Suite } from "../../suite.js";
import { ethers, networkHelpers } from "../chain.js";
import { categories } from "../codes.js";
import { type World, world } from "../control/setup.js";
import { placeOf } from "../control/signing.js";
import { granting, type VerbName } from "../control/stated.js";
import { BURST, type Emergencies, emergencies, REFILL, WINDOW } from "../emergency/setup.js";
import { GENERAL, UNTIL_REVOKED } from "../words.js";

type Registries = Pick<Suite, "consents" | "records" | "audit">;

/** The same people before two registries, of which one comes after the other. */
export interface Line<Place> {
  readonly old: Place;
  readonly now: Place;
  /** The later one, with what only it has. */
  readonly successor: ConsentRegistrySuccessor;
}

/** How many registries the later one comes after; in one between them nothing is said. */
const STEPS = { "the next": 1, "the next but one": 2 } as const;

/** A registry after this one, with its own pointers and its own log, over the same directory. */
export async function succeed({ consents, providers }: Suite, window = WINDOW): Promise<Registries> {
  const args = [consents, providers, window, BURST, REFILL] as const;
  const successor = await ethers.deployContract("ConsentRegistrySuccessor", [...args]);
  const records: unknown = await ethers.deployContract("RecordRegistry", [successor]);
  const audit: unknown = await ethers.deployContract("AuditLog", [records]);
  const later: unknown = successor;
  return { consents: later as Suite["consents"], records: records as RecordRegistry, audit: audit as AuditLog };
}

async function succeedBy(first: Suite, steps: number, window?: bigint): Promise<Suite> {
  let suite = first;
  for (let i = 0; i < steps; i++) suite = { ...suite, ...(await succeed(suite, window)) };
  return suite;
}

function successorIn({ consents }: Pick<Suite, "consents">): ConsentRegistrySuccessor {
  const successor: unknown = consents;
  return successor as ConsentRegistrySuccessor;
}

async function controlled(steps: number): Promise<Line<World>> {
  const old = await world();
  const suite = await succeedBy(old.suite, steps);
  const now = { ...old, suite, consents: suite.consents, place: await placeOf(suite.consents) };
  return { old, now, successor: successorIn(now) };
}

async function inEmergencies(steps: number, window?: bigint): Promise<Line<Emergencies>> {
  const old = await emergencies();
  const suite = await succeedBy(old, steps, window);
  const now = { ...old, ...suite, place: await placeOf(suite.consents) };
  return { old, now, successor: successorIn(now) };
}

/** What is said for a patient, and settles nothing. */
export function words({ patient: { account }, spouse, grantee }: World): [VerbName, unknown[]][] {
  return [
    ["grant", granting(account, grantee, GENERAL)],
    ["revoke", [account, [{ grantee, scope: GENERAL }]]],
    ["revokeAll", [account]],
    ["appointRepresentative", [account, spouse.account, 0n, UNTIL_REVOKED]],
    ["dismissRepresentative", [account, spouse.account]],
    ["setExclusions", [account, categories("PSY")]],
  ];
}

/** In a new block. */
async function load<State>(fixture: () => Promise<State>): Promise<State> {
  const state = await networkHelpers.loadFixture(fixture);
  await networkHelpers.mine();
  return state;
}

/** How each line is loaded: for who has control, for break-glass, and for break-glass with a window of half the length. */
export const LINES = Object.entries(STEPS).map(([name, steps]) => {
  const fixtures = {
    control: () => controlled(steps),
    emergency: () => inEmergencies(steps),
    shorter: () => inEmergencies(steps, WINDOW / 2n),
  };
  return {
    name,
    load: () => load(fixtures.control),
    loadEmergencies: () => load(fixtures.emergency),
    loadShorter: () => load(fixtures.shorter),
  };
});
