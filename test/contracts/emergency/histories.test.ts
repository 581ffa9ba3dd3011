import { expect } from "chai";
import type { Signer } from "../../suite.js";
import { PATIENCE, stampOf, time } from "../chain.js";
import { nextBlockAt } from "../control/routes.js";
import { stated } from "../control/stated.js";
import { type Random, randomOf, SEED } from "../random.js";
import { EMERGENCY } from "../words.js";
import { Bucket, Glass } from "./ledger.js";
import { breakGlass, decide, type Emergencies, HOUR, LABS, load, NOTES, PSY } from "./setup.js";

const STEPS = 400;
const HISTORIES = 3;
const KINDS = [LABS, NOTES, PSY] as const;

interface History {
  world: Emergencies;
  random: Random;
  providers: Signer[];
  glasses: Map<string, Glass>;
  buckets: Map<string, Bucket>;
  incapable: Set<string>;
  excluded: bigint;
  /** What happened, how often. */
  counts: Record<string, number>;
}

/** No way to widen, to prolong or to hide it: what is open at any time is what the ledger says, and nothing else. */
describe("Break-glass: histories", function () {
  this.timeout(PATIENCE);

  for (let i = 0; i < HISTORIES; i++) {
    it(`history ${i}: opens what was asked for in its time, and never what the patient ended or excluded`, async () => {
      const history = await begin(SEED + i);
      for (let step = 0; step < STEPS; step++) {
        await act(history);
        await expectAsLedger(history);
      }
      for (const kind of ["broken", "waits", "excluded", "incapable", "permitted", "refused"]) {
        expect(history.counts[kind], kind).to.be.greaterThan(5);
      }
    });
  }
});

async function begin(seed: number): Promise<History> {
  const world = await load();
  const { clinic, hospital } = world.signers;
  const providers = [clinic, hospital];
  return {
    world,
    random: randomOf(seed),
    providers,
    glasses: new Map(providers.map(({ address }) => [address, new Glass()])),
    buckets: new Map(providers.map(({ address }) => [address, new Bucket()])),
    incapable: new Set(),
    excluded: 0n,
    counts: {},
  };
}

async function act(history: History): Promise<void> {
  const { random, providers } = history;
  const step = random.chance(40) ? 2n * HOUR : random.chance(30) ? 600n : 3n;
  const at = BigInt(await time.latest()) + 1n + BigInt(random.below(Number(step)));
  const provider = random.pick(providers);
  const choice = random.below(100);
  if (choice < 84) return tryToBreak(history, provider, at);
  if (choice < 86) return refuse(history, provider, at);
  if (choice < 88) return revokeAll(history, at);
  if (choice < 95) return exclude(history, at);
  return switchCapability(history, provider, at);
}

async function tryToBreak(history: History, provider: Signer, at: bigint): Promise<void> {
  const { world, random, excluded, incapable, buckets, glasses } = history;
  const categories = someKinds(random) || LABS;
  const by = provider === world.signers.clinic && random.chance(30) ? world.signers.member : provider;
  const glass = glasses.get(provider.address)!;
  const { sending } = await breakGlass(world, { by, provider, categories, at });
  if (incapable.has(provider.address)) return expectFailure(history, sending, "NotEmpoweredFor", "incapable");
  if ((categories & ~excluded) === 0n) return expectFailure(history, sending, "ExcludedFromBreakGlass", "excluded");
  const waits = glass.mustWait(at);
  if (waits === true) return expectFailure(history, sending, "EndedByPatient", "waits");
  if (waits === undefined && (await fails(history, sending, "EndedByPatient"))) return;
  if (!buckets.get(provider.address)!.take(at)) return expectFailure(history, sending, "TooManyEmergencies", "tooMany");
  await (await sending).wait();
  glass.broken(at, categories, excluded);
  count(history, "broken");
}

async function refuse(history: History, provider: Signer, at: bigint): Promise<void> {
  const { world, random, glasses } = history;
  const { consents, signers, voice } = world;
  const revocations = [{ grantee: provider.address, scope: EMERGENCY }];
  await nextBlockAt(at);
  if (random.chance(50)) {
    await consents.connect(signers.patient).revoke(signers.patient, revocations);
    glasses.get(provider.address)!.refused(stampOf(at));
    return;
  }
  const issuedAt = someStamp(random, at);
  const { signed } = stated(world, voice, "revoke", [signers.patient.address, revocations], { issuedAt });
  await consents.connect(signers.relayer).revokeBySig(signers.patient, revocations, signed);
  glasses.get(provider.address)!.refused(issuedAt);
}

async function revokeAll({ world, random, glasses }: History, at: bigint): Promise<void> {
  const { consents, signers, voice } = world;
  await nextBlockAt(at);
  const issuedAt = random.chance(50) ? stampOf(at) : someStamp(random, at);
  if (issuedAt === stampOf(at)) await consents.connect(signers.patient).revokeAll(signers.patient);
  else {
    const { signed } = stated(world, voice, "revokeAll", [signers.patient.address], { issuedAt });
    await consents.connect(signers.relayer).revokeAllBySig(signers.patient, signed);
  }
  for (const glass of glasses.values()) glass.allRevoked(issuedAt);
}

async function exclude(history: History, at: bigint): Promise<void> {
  const { world, random } = history;
  const { consents, signers } = world;
  history.excluded = random.chance(50) ? 0n : someKinds(random);
  await nextBlockAt(at);
  await consents.connect(signers.patient).setExclusions(signers.patient, history.excluded);
}

async function switchCapability({ world, incapable, random }: History, provider: Signer, at: bigint): Promise<void> {
  const { providers, signers } = world;
  const capable = incapable.has(provider.address);
  if (!capable && random.chance(70)) return;
  await nextBlockAt(at);
  await providers.connect(signers.consortium).setEmergency(provider, capable);
  if (capable) incapable.delete(provider.address);
  else incapable.add(provider.address);
}

/** Every kind of data to every provider, at the time of the latest block. */
async function expectAsLedger(history: History): Promise<void> {
  const { world, providers, glasses, incapable, excluded } = history;
  const now = BigInt(await time.latest());
  for (const { address } of providers) {
    const open = incapable.has(address) ? 0n : glasses.get(address)!.opened(now) & ~excluded;
    for (const categories of KINDS) {
      const { decision } = await decide(world, { grantee: address, categories });
      expect(decision === "PermitEmergency", `${address} ${categories} at ${now}`).to.equal((categories & open) !== 0n);
      count(history, decision === "PermitEmergency" ? "permitted" : "refused");
    }
  }
}

async function expectFailure(history: History, sending: Promise<unknown>, error: string, kind: string): Promise<void> {
  await expect(sending).to.be.revertedWithCustomError(history.world.consents, error);
  count(history, kind);
}

async function fails({ world }: History, sending: Promise<unknown>, error: string): Promise<boolean> {
  const succeeded = await sending.then(
    () => true,
    () => false,
  );
  if (!succeeded) await expect(sending).to.be.revertedWithCustomError(world.consents, error);
  return !succeeded;
}

function count({ counts }: History, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function someKinds(random: Random): bigint {
  return KINDS.reduce((mask, kind) => (random.chance(40) ? mask | kind : mask), 0n);
}

/** Of now, or of up to six hours ago. */
function someStamp(random: Random, at: bigint): bigint {
  return at * 1000n - (random.chance(50) ? 1n : BigInt(random.below(6 * 3600 * 1000)));
}
