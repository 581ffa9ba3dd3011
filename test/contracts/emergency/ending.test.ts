import { expect } from "chai";
import { GAS, inOneBlock, stampOf } from "../chain.js";
import { nextBlockAt } from "../control/routes.js";
import { stated } from "../control/stated.js";
import { EMERGENCY, GENERAL, NONE, tombstone } from "../words.js";
import {
  breakGlass,
  broken,
  decide,
  decideAt,
  type Emergencies,
  expectError,
  expectRefused,
  HOUR,
  LABS,
  load,
  NOTES,
  opened,
  REASON,
  stored,
  WINDOW,
} from "./setup.js";

/** In milliseconds. */
const WAIT = WINDOW * 1000n;

/** Every way for the patient to end it; each returns the stamp. `issuedAt` is that of a signature, if there is one. */
type Ending = (world: Emergencies, at: bigint, issuedAt?: bigint) => Promise<bigint>;

const revocation = ({ signers }: Emergencies) => [{ grantee: signers.clinic.address, scope: EMERGENCY }];

const ENDINGS: Record<string, Ending> = {
  revoke: async (world, at) => {
    await nextBlockAt(at);
    const { consents, signers } = world;
    await consents.connect(signers.patient).revoke(signers.patient, revocation(world));
    return stampOf(at);
  },
  revokeAll: async ({ consents, signers }, at) => {
    await nextBlockAt(at);
    await consents.connect(signers.patient).revokeAll(signers.patient);
    return stampOf(at);
  },
  revokeBySig: async (world, at, issuedAt = at * 1000n) => {
    await nextBlockAt(at);
    const { consents, signers, voice } = world;
    const { signed } = stated(world, voice, "revoke", [signers.patient.address, revocation(world)], { issuedAt });
    await consents.connect(signers.relayer).revokeBySig(signers.patient, revocation(world), signed);
    return issuedAt;
  },
  revokeAllBySig: async (world, at, issuedAt = at * 1000n) => {
    await nextBlockAt(at);
    const { consents, signers, voice } = world;
    const { signed } = stated(world, voice, "revokeAll", [signers.patient.address], { issuedAt });
    await consents.connect(signers.relayer).revokeAllBySig(signers.patient, signed);
    return issuedAt;
  },
};

const SIGNED = ["revokeBySig", "revokeAllBySig"] as const;

describe("Break-glass: how it goes on and ends", () => {
  describe("broken again while it is open", () => {
    it("keeps stamp and end, adds categories, and is told as a new event", async () => {
      const world = await load();
      const { consents, signers } = world;
      const at = await broken(world);
      const again = await breakGlass(world, { categories: NOTES, by: signers.member, at: at + WINDOW - 1n });
      await expect(again.sending)
        .to.emit(consents, "GlassBroken")
        .withArgs(signers.patient, signers.clinic, opened(at, LABS | NOTES), REASON, signers.member);
      expect(await stored(world)).to.equal(opened(at, LABS | NOTES));
      expect((await decide(world, { categories: LABS | NOTES })).decision).to.equal("PermitEmergency");
      expect(await decideAt(world, at + WINDOW, { categories: NOTES })).to.equal("Expired");
    });

    it("loses nothing by asking for less", async () => {
      const world = await load();
      const at = await broken(world, { categories: LABS | NOTES });
      await broken(world, { categories: LABS });
      expect(await stored(world)).to.equal(opened(at, LABS | NOTES));
    });

    it("is told again even if nothing is added: somebody broke the glass", async () => {
      const world = await load();
      const { consents, signers } = world;
      const at = await broken(world);
      await expect((await breakGlass(world)).sending)
        .to.emit(consents, "GlassBroken")
        .withArgs(signers.patient, signers.clinic, opened(at), REASON, signers.clinic);
    });

    it("cannot be prolonged by any number of repeats", async () => {
      const world = await load();
      const at = await broken(world);
      for (let hour = 1n; hour < 4n; hour++) await broken(world, { at: at + hour * HOUR });
      await broken(world, { at: at + WINDOW - 1n });
      expect(await decideAt(world, at + WINDOW)).to.equal("Expired");
    });

    it("begins anew in the second of its end, with what is asked for then alone", async () => {
      const world = await load();
      const at = await broken(world);
      await broken(world, { categories: NOTES, at: at + WINDOW });
      expect(await stored(world)).to.equal(opened(at + WINDOW, NOTES));
      expect((await decide(world)).decision).to.equal("CategoryNotCovered");
    });

    it("in one block: the same word twice", async () => {
      const world = await load();
      const { consents, signers } = world;
      const at = await nextBlockAt();
      const own = consents.connect(signers.clinic);
      const receipts = await inOneBlock(() =>
        [LABS, NOTES].map((categories) => own.breakGlass(signers.clinic, signers.patient, categories, NONE, GAS)),
      );
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1]);
      expect(await stored(world)).to.equal(opened(at, LABS | NOTES));
    });
  });

  for (const [name, end] of Object.entries(ENDINGS)) {
    describe(`ended by ${name}`, () => {
      it("is closed at once, in the very second", async () => {
        const world = await load();
        const at = await broken(world);
        expect((await decide(world)).decision).to.equal("PermitEmergency");
        await end(world, at + 100n);
        expect((await decide(world)).decision).to.equal("Revoked");
        expect((await decide(world)).scope).to.equal(EMERGENCY);
      });

      it("is closed for a full window from that stamp, to the millisecond", async () => {
        const world = await load();
        const at = await broken(world);
        const stamp = await end(world, at + HOUR);
        const waitsUntil = stamp + WAIT;
        const first = (waitsUntil + 999n) / 1000n;
        for (const second of [at + HOUR + 1n, at + WINDOW, first - 1n]) {
          await expectRefused(world, { at: second }, "EndedByPatient", waitsUntil);
        }
        expect(await broken(world, { at: first, categories: NOTES })).to.equal(first);
        expect(await stored(world)).to.equal(opened(first, NOTES));
        expect((await decide(world, { categories: NOTES })).decision).to.equal("PermitEmergency");
      });

      it("in the first second: still a full window", async () => {
        const world = await load();
        const at = await broken(world);
        const stamp = await end(world, at + 1n);
        await expectRefused(world, { at: at + WINDOW }, "EndedByPatient", stamp + WAIT);
      });

      it("in the last second: still a full window", async () => {
        const world = await load();
        const at = await broken(world);
        const stamp = await end(world, at + WINDOW - 1n);
        await expectRefused(world, { at: at + WINDOW }, "EndedByPatient", stamp + WAIT);
        await expectRefused(world, { at: stamp / 1000n + WINDOW - 1n }, "EndedByPatient", stamp + WAIT);
        await broken(world, { at: stamp / 1000n + WINDOW + 1n });
      });

      it("says nothing of other providers and other patients", async () => {
        const world = await load();
        const { hospital, otherPatient } = world.signers;
        const at = await broken(world);
        await broken(world, { patient: otherPatient });
        await end(world, at + 100n);
        expect((await decide(world, { patient: otherPatient.address })).decision).to.equal("PermitEmergency");
        await broken(world, { provider: hospital });
        expect((await decide(world, { grantee: hospital.address })).decision).to.equal("PermitEmergency");
      });

      it("a further revokeAll does not shorten the wait", async () => {
        for (const later of [HOUR, WINDOW + 60n]) {
          const world = await load();
          const at = await broken(world);
          const stamp = await end(world, at + HOUR - 60n);
          await ENDINGS["revokeAll"]!(world, at + later);
          const { sending } = await breakGlass(world, { at: at + WINDOW + 120n });
          await expect(sending).to.be.revertedWithCustomError(world.consents, "EndedByPatient");
          const before = (stamp + WAIT) / 1000n - 1n;
          const last = await breakGlass(world, { at: before });
          await expect(last.sending).to.be.revertedWithCustomError(world.consents, "EndedByPatient");
        }
      });
    });
  }

  describe("signed withdrawals", () => {
    for (const name of SIGNED) {
      const end = ENDINGS[name]!;

      it(`${name}: stamped in the first millisecond of it ends it; before does not`, async () => {
        const world = await load();
        const at = await broken(world);
        await end(world, at + 10n, at * 1000n - 1n);
        expect((await decide(world)).decision).to.equal("PermitEmergency");
        await end(world, at + 20n, at * 1000n);
        expect((await decide(world)).decision).to.equal("Revoked");
        await expectRefused(world, { at: at + WINDOW - 1n }, "EndedByPatient", at * 1000n + WAIT);
        await broken(world, { at: at + WINDOW });
      });

      it(`${name}: stamped between the first and the second break ends both`, async () => {
        const world = await load();
        const at = await broken(world);
        await broken(world, { categories: NOTES, at: at + 100n });
        const stamp = await end(world, at + 200n, (at + 50n) * 1000n);
        expect((await decide(world)).decision).to.equal("Revoked");
        await expectRefused(world, { at: at + 300n }, "EndedByPatient", stamp + WAIT);
      });

      it(`${name}: the wait is counted from the stamp, also if it is delivered late`, async () => {
        const world = await load();
        const at = await broken(world);
        const stamp = await end(world, at + WINDOW + 100n, (at + HOUR) * 1000n + 1n);
        await expectRefused(world, { at: at + HOUR + WINDOW }, "EndedByPatient", stamp + WAIT);
        await broken(world, { at: at + HOUR + WINDOW + 1n });
      });

      it(`${name}: held back until it was opened anew, it is older and does nothing`, async () => {
        const world = await load();
        const at = await broken(world);
        await broken(world, { at: at + WINDOW });
        await end(world, at + WINDOW + 10n, (at + HOUR) * 1000n);
        expect((await decide(world)).decision).to.equal("PermitEmergency");
      });
    }
  });

  it("an older signed refusal, delivered after a revokeAll, does not shorten the wait", async () => {
    const world = await load();
    const at = await broken(world);
    const stamp = await ENDINGS["revokeAll"]!(world, at + HOUR);
    await ENDINGS["revokeBySig"]!(world, at + HOUR + 10n, at * 1000n);
    const { sending } = await breakGlass(world, { at: (stamp + WAIT) / 1000n });
    await expect(sending).to.be.revertedWithCustomError(world.consents, "EndedByPatient");
  });

  describe("a refusal in advance", () => {
    for (const name of ["revoke", "revokeBySig"] as const) {
      it(`${name}: closes it for a window, to the millisecond, though it was never open`, async () => {
        const world = await load();
        const at = await nextBlockAt();
        const stamp = await ENDINGS[name]!(world, at);
        expect(await stored(world)).to.equal(tombstone(stamp));
        const first = (stamp + WAIT + 999n) / 1000n;
        await expectRefused(world, { at: at + 1n }, "EndedByPatient", stamp + WAIT);
        await expectRefused(world, { at: first - 1n }, "EndedByPatient", stamp + WAIT);
        await broken(world, { at: first });
      });

      it(`${name}: said anew it closes it for longer; what was open before it has ended`, async () => {
        const world = await load();
        const at = await broken(world);
        await ENDINGS[name]!(world, at + 10n);
        const stamp = await ENDINGS[name]!(world, at + 20n);
        await expectRefused(world, { at: at + 30n }, "EndedByPatient", stamp + WAIT);
      });
    }
  });

  describe("revokeAll while it is not open", () => {
    it("before: only the same second is too soon", async () => {
      const world = await load();
      const at = await nextBlockAt();
      const { consents, signers } = world;
      const receipts = await inOneBlock(() => [
        consents.connect(signers.patient).revokeAll(signers.patient, GAS),
        consents.connect(signers.clinic).breakGlass(signers.clinic, signers.patient, LABS, NONE, GAS),
      ]);
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 0]);
      expect(await consents.voidBeforeOf(signers.patient)).to.equal(stampOf(at));
      await broken(world, { at: at + 1n });
      expect((await decide(world)).decision).to.equal("PermitEmergency");
    });

    it("is too soon in its own second, to the millisecond; the error says from when on", async () => {
      const world = await load();
      const { consents, signers } = world;
      // A static call is made at the time of the latest block.
      const breaking = () =>
        consents.connect(signers.clinic).breakGlass.staticCall(signers.clinic, signers.patient, LABS, REASON);
      const at = await nextBlockAt();
      await ENDINGS["revokeAllBySig"]!(world, at, at * 1000n - 1n);
      await breaking();
      await ENDINGS["revokeAllBySig"]!(world, at + 1n, (at + 1n) * 1000n);
      await expectError(world, breaking(), "EndedByPatient", (at + 1n) * 1000n + 1n);
      await ENDINGS["revokeAll"]!(world, at + 2n);
      await expectError(world, breaking(), "EndedByPatient", stampOf(at + 2n) + 1n);
      await broken(world, { at: at + 3n });
    });

    it("after its end: a window from the end, as one before may have ended it", async () => {
      for (const late of [0n, 1n, 3600n]) {
        const world = await load();
        const at = await broken(world);
        const end = at + WINDOW;
        await ENDINGS["revokeAllBySig"]!(world, end + late, (end + late) * 1000n);
        await expectRefused(world, { at: end + WINDOW - 1n }, "EndedByPatient", (end + WINDOW) * 1000n);
        await broken(world, { at: end + WINDOW });
        expect((await decide(world)).decision).to.equal("PermitEmergency");
      }
    });
  });

  it("a word of the patient about the provider in general ends nothing of it", async () => {
    const world = await load();
    const { consents, signers } = world;
    await broken(world);
    await consents.connect(signers.patient).revoke(signers.patient, [{ grantee: signers.clinic, scope: GENERAL }]);
    expect((await decide(world)).decision).to.equal("PermitEmergency");
  });
});
