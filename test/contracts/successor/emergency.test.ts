import { expect } from "chai";
import { stampOf } from "../chain.js";
import { direct, done, nextBlockAt, ROUTES } from "../control/routes.js";
import type { World } from "../control/setup.js";
import { stated } from "../control/stated.js";
import {
  broken,
  BURST,
  decide,
  decideAt,
  type Emergencies,
  expectRefused,
  LABS,
  NOTES,
  opened,
  PSY,
  stored,
  WINDOW,
} from "../emergency/setup.js";
import { EMERGENCY } from "../words.js";
import { LINES } from "./setup.js";

/** In milliseconds. */
const WAIT = WINDOW * 1000n;

/** Ends it in the block of that second; returns the stamp. */
type Ending = (world: Emergencies, at: bigint) => Promise<bigint>;

const refusal = ({ signers }: Emergencies) => [{ grantee: signers.clinic.address, scope: EMERGENCY }];

const ENDINGS: Record<string, Ending> = {
  revoke: async (world, at) => {
    await nextBlockAt(at);
    await world.consents.connect(world.signers.patient).revoke(world.signers.patient, refusal(world));
    return stampOf(at);
  },
  revokeAll: async ({ consents, signers }, at) => {
    await nextBlockAt(at);
    await consents.connect(signers.patient).revokeAll(signers.patient);
    return stampOf(at);
  },
  revokeBySig: async (world, at) => {
    await nextBlockAt(at);
    const { consents, signers, voice } = world;
    const args = [signers.patient.address, refusal(world)];
    const { signed } = stated(world, voice, "revoke", args, { issuedAt: at * 1000n });
    await consents.connect(signers.relayer).revokeBySig(signers.patient, refusal(world), signed);
    return at * 1000n;
  },
  revokeAllBySig: async (world, at) => {
    await nextBlockAt(at);
    const { consents, signers, voice } = world;
    const { signed } = stated(world, voice, "revokeAll", [signers.patient.address], { issuedAt: at * 1000n });
    await consents.connect(signers.relayer).revokeAllBySig(signers.patient, signed);
    return at * 1000n;
  },
};

/** The first second in which a stamp has come. */
const secondOf = (stamp: bigint) => (stamp + 999n) / 1000n;

/** That it is closed in all of these until that stamp, and can be opened in the later one then. */
async function expectClosedUntil(
  waitsUntil: bigint,
  now: Emergencies,
  ...closed: readonly Emergencies[]
): Promise<void> {
  const at = secondOf(waitsUntil);
  for (const [i, world] of [now, ...closed].entries()) {
    await expectRefused(world, { at: at - 10n + BigInt(i) }, "EndedByPatient", waitsUntil);
  }
  await expectRefused(now, { at: at - 1n }, "EndedByPatient", waitsUntil);
  await broken(now, { at });
  expect(await stored(now)).to.equal(opened(at));
}

/** The patient excludes these categories. */
function exclude(world: Emergencies, excluded: bigint, route = direct) {
  const { signers, voice, consents, place } = world;
  const here = { consents, place, relayer: signers.relayer } as unknown as World;
  return done(route.say(here, voice, "setExclusions", [signers.patient.address, excluded]));
}

const exclusions = async ({ consents, signers }: Emergencies) => [...(await consents.exclusionsOf(signers.patient))];

for (const { name, loadEmergencies: load, loadShorter } of LINES) {
  describe(`ConsentRegistrySuccessor, ${name}: what break-glass never opens`, () => {
    it("is what it is in the old one, whenever that is said", async () => {
      const { old, now } = await load();
      expect(await exclusions(now)).to.deep.equal([0n, 0n]);
      for (const excluded of [NOTES, NOTES | PSY, 0n, NOTES]) {
        const { stamp } = await exclude(old, excluded);
        expect(await exclusions(now)).to.deep.equal([excluded, stamp]);
      }
      await expectRefused(now, { categories: NOTES }, "ExcludedFromBreakGlass", now.signers.patient.address, NOTES);
      const at = await broken(now, { categories: LABS | NOTES });
      expect(await stored(now)).to.equal(opened(at, LABS));
    });

    it("is heeded in decisions about what is open here", async () => {
      const { old, now } = await load();
      await broken(now, { categories: LABS | NOTES });
      expect((await decide(now, { categories: NOTES })).decision).to.equal("PermitEmergency");
      await exclude(old, NOTES);
      expect((await decide(now, { categories: NOTES })).decision).not.to.match(/^Permit/);
      expect((await decide(now)).decision).to.equal("PermitEmergency");
    });

    for (const route of ROUTES) {
      it(`${route.name}: what is set here takes its place, be it nothing`, async () => {
        for (const [excluded, opening] of [
          [LABS, NOTES],
          [0n, LABS | NOTES],
        ] as const) {
          const { old, now } = await load();
          await exclude(old, NOTES);
          const { stamp } = await exclude(now, excluded, route);
          expect(await exclusions(now)).to.deep.equal([excluded, stamp]);
          await exclude(old, NOTES | PSY | LABS);
          expect(await exclusions(now)).to.deep.equal([excluded, stamp]);
          const at = await broken(now, { categories: LABS | NOTES });
          expect(await stored(now)).to.equal(opened(at, opening));
          expect((await decide(now, { categories: opening })).decision).to.equal("PermitEmergency");
        }
      });
    }
  });

  describe(`ConsentRegistrySuccessor, ${name}: break-glass`, () => {
    it("what is open in the old one permits nothing here before it is opened here", async () => {
      const { old, now } = await load();
      await broken(old);
      expect((await decide(old)).decision).to.equal("PermitEmergency");
      expect((await decide(now)).decision).to.equal("NoConsent");
      expect(await stored(now)).to.equal(0n);
      await broken(now);
      expect((await decide(now)).decision).to.equal("PermitEmergency");
    });

    it("opened here while it is open in the old one, it keeps stamp and end of that", async () => {
      const { old, now } = await load();
      const at = await broken(old);
      await broken(now, { categories: NOTES, at: at + WINDOW - 1n });
      expect(await stored(now)).to.equal(opened(at, LABS | NOTES));
      expect(await decideAt(now, at + WINDOW, { categories: NOTES })).to.equal("Expired");
    });

    it("in the second in which it ends in the old one, it begins anew here", async () => {
      const { old, now } = await load();
      const at = await broken(old);
      await broken(now, { categories: NOTES, at: at + WINDOW });
      expect(await stored(now)).to.equal(opened(at + WINDOW, NOTES));
    });

    it("opened here first, it keeps stamp and end, whatever is opened in the old one", async () => {
      const { old, now } = await load();
      const at = await broken(now);
      await broken(old, { categories: NOTES });
      await broken(now, { at: at + WINDOW - 1n });
      expect(await stored(now)).to.equal(opened(at));
    });

    it("over here and open in the old one, it keeps stamp and end of that", async () => {
      const { old, now } = await load();
      const first = await broken(now);
      const at = await broken(old, { at: first + WINDOW });
      await broken(now, { categories: NOTES, at: at + WINDOW - 1n });
      expect(await stored(now)).to.equal(opened(at, LABS | NOTES));
    });

    for (const [verb, end] of Object.entries(ENDINGS)) {
      describe(`ended in the old one by ${verb}`, () => {
        it("stays closed here as long as there, to the second", async () => {
          const { old, now } = await load();
          const at = await broken(old);
          const stamp = await end(old, at + 100n);
          await expectClosedUntil(stamp + WAIT, now, old);
        });

        it("stays closed here though it was opened here before, and is over", async () => {
          const { old, now } = await load();
          const first = await broken(now);
          const at = await broken(old, { at: first + WINDOW });
          const stamp = await end(old, at + 100n);
          await expectClosedUntil(stamp + WAIT, now, old);
        });

        for (const both of [true, false]) {
          it(`is not opened any further here, where it was opened before${both ? "" : ", alone"}`, async () => {
            const { old, now } = await load();
            const at = await broken(now);
            if (both) await broken(old);
            const stamp = await end(old, at + 100n);
            await expectClosedUntil(stamp + WAIT, now);
          });
        }

        it("stays closed as long as there though the window is shorter here", async () => {
          const { old, now } = await loadShorter();
          const at = await broken(old);
          const stamp = await end(old, at + WINDOW - 1n);
          const waitsUntil = stamp + WAIT < (at + 2n * WINDOW) * 1000n ? stamp + WAIT : (at + 2n * WINDOW) * 1000n;
          const until = verb.startsWith("revokeAll") ? waitsUntil : stamp + WAIT;
          await expectRefused(now, { at: secondOf(until) - 2n }, "EndedByPatient", until);
          await expectRefused(old, { at: secondOf(until) - 1n }, "EndedByPatient", until);
          await broken(now, { at: secondOf(until) });
        });
      });

      describe(`ended here by ${verb}`, () => {
        it("stays closed, whatever is opened in the old one, and then keeps the end of that", async () => {
          const { old, now } = await load();
          const at = await broken(now);
          const until = (await end(now, at + 100n)) + WAIT;
          await broken(old, { at: at + 200n });
          await expectRefused(now, { at: secondOf(until) - 1n }, "EndedByPatient", until);
          await broken(now, { at: secondOf(until) });
          expect(await stored(now)).to.equal(opened(at + 200n));
          expect((await decide(now)).decision).to.equal("PermitEmergency");
        });

        it("stays closed where it was opened in the old one alone", async () => {
          const { old, now } = await load();
          const at = await broken(old);
          const stamp = await end(now, at + 100n);
          await expectClosedUntil(stamp + WAIT, now);
          expect((await decide(now)).decision).to.equal("PermitEmergency");
        });

        it("stays closed for the window of the old one, where it is open, though it is shorter here", async () => {
          const { old, now } = await loadShorter();
          const at = await broken(old);
          const until = (await end(now, at + 100n)) + WAIT;
          await expectRefused(now, { at: secondOf(until) - 1n }, "EndedByPatient", until);
          await broken(now, { at: secondOf(until) });
        });
      });
    }

    it("ended in both, it waits for the later", async () => {
      for (const [first, second] of [
        ["old", "now"],
        ["now", "old"],
      ] as const) {
        const line = await load();
        const at = await broken(line.old);
        await broken(line.now);
        await ENDINGS["revoke"]!(line[first], at + 100n);
        const stamp = await ENDINGS["revoke"]!(line[second], at + 200n);
        await expectClosedUntil(stamp + WAIT, line.now);
      }
    });

    it("what is open in the old one for longer than the window here keeps its end", async () => {
      const { old, now } = await loadShorter();
      const at = await broken(old);
      await broken(now, { at: at + WINDOW - 1n });
      expect(await stored(now)).to.equal(opened(at));
    });

    it("is counted in each registry for itself", async () => {
      const { old, now } = await load();
      await broken(old);
      expect(await now.consents.emergenciesLeft(now.signers.clinic)).to.equal(BURST);
      await broken(now);
      expect(await now.consents.emergenciesLeft(now.signers.clinic)).to.equal(BURST - 1n);
      expect(await old.consents.emergenciesLeft(now.signers.clinic)).to.equal(BURST - 1n);
    });

    it("says nothing about other patients, nor other providers", async () => {
      const { old, now } = await load();
      const at = await broken(old);
      await ENDINGS["revoke"]!(old, at + 100n);
      const { hospital, otherPatient } = now.signers;
      const other = await broken(now, { provider: hospital });
      expect(await stored(now, hospital)).to.equal(opened(other));
      await broken(now, { patient: otherPatient });
    });
  });
}
