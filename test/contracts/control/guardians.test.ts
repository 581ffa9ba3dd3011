import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { GAS, inOneBlock, stampOf } from "../chain.js";
import { deliver, direct, done, nextBlockAt, ROUTES } from "./routes.js";
import { guardianship, named, NO_RECOVERY, recovery, start } from "./recovery.js";
import { commitmentOf, eventsIn, expectError, guardiansOf, load, waitUntil, type World } from "./setup.js";
import { DAY, stated } from "./stated.js";

const [FIRST, SECOND, THIRD] = [id("the first three"), id("the next three"), id("others")];
const NO_NEXT = { next: ZeroHash, nextDelay: 0n, nextAt: 0n };
const NOTHING = { commitment: ZeroHash, delay: 0n, ...NO_NEXT, issuedAt: 0n, cancelledAt: 0n };

describe("PatientControl: guardians", () => {
  it("are nobody until the patient names them", async () => {
    const world = await load();
    expect(await guardianship(world)).to.deep.equal(NOTHING);
    expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
  });

  for (const route of ROUTES) {
    describe(route.name, () => {
      const say = (world: World, commitment: string, delay: bigint, at?: bigint) =>
        route.say(world, world.patient, "setGuardians", [world.patient.account, commitment, delay], at);

      it("the first are in office at once", async () => {
        const world = await load();
        const { consents, patient } = world;
        const { sending, at, stamp } = await say(world, FIRST, 2n * DAY);
        await expect(sending)
          .to.emit(consents, "GuardiansChanged")
          .withArgs(patient.account, FIRST, 2n * DAY, at, stamp, patient.account);
        expect(await guardianship(world)).to.deep.equal({
          ...NOTHING,
          commitment: FIRST,
          delay: 2n * DAY,
          issuedAt: stamp,
        });
      });

      it("others follow them after the delay of those in office, whatever their own is", async () => {
        const world = await load();
        const { consents, patient } = world;
        await done(say(world, FIRST, 3n * DAY));
        const { sending, at, stamp } = await say(world, SECOND, DAY);
        const nextAt = at + 3n * DAY;
        await expect(sending)
          .to.emit(consents, "GuardiansChanged")
          .withArgs(patient.account, SECOND, DAY, nextAt, stamp, patient.account);
        expect(await guardianship(world)).to.deep.equal({
          ...NOTHING,
          commitment: FIRST,
          delay: 3n * DAY,
          next: SECOND,
          nextDelay: DAY,
          nextAt,
          issuedAt: stamp,
        });
      });

      it("those who were to follow are replaced before their time, and the wait begins again", async () => {
        const world = await load();
        await done(say(world, FIRST, 3n * DAY));
        const { at: before } = await done(say(world, SECOND, DAY));
        const at = before + 3n * DAY - 1n;
        const { stamp } = await done(say(world, THIRD, 2n * DAY, at));
        expect(await guardianship(world)).to.deep.equal({
          ...NOTHING,
          commitment: FIRST,
          delay: 3n * DAY,
          next: THIRD,
          nextDelay: 2n * DAY,
          nextAt: at + 3n * DAY,
          issuedAt: stamp,
        });
      });

      it("those who follow are in office from the second of their time on: it is their delay that counts then", async () => {
        const world = await load();
        await done(say(world, FIRST, 3n * DAY));
        const { at: before } = await done(say(world, SECOND, DAY));
        const at = before + 3n * DAY;
        const { stamp } = await done(say(world, THIRD, 2n * DAY, at));
        expect(await guardianship(world)).to.deep.equal({
          ...NOTHING,
          commitment: SECOND,
          delay: DAY,
          next: THIRD,
          nextDelay: 2n * DAY,
          nextAt: at + DAY,
          issuedAt: stamp,
        });
      });

      it("to have none takes the delay, too; after that the next are in office at once", async () => {
        const world = await load();
        await done(say(world, FIRST, 3n * DAY));
        const { at: before } = await done(say(world, ZeroHash, 0n));
        expect((await guardianship(world)).nextAt).to.equal(before + 3n * DAY);
        expect((await guardianship(world)).commitment).to.equal(FIRST);
        const at = before + 3n * DAY;
        const { stamp } = await done(say(world, SECOND, DAY, at));
        expect(await guardianship(world)).to.deep.equal({
          ...NOTHING,
          commitment: SECOND,
          delay: DAY,
          issuedAt: stamp,
        });
      });

      it("to have none where there are none changes the stamp alone", async () => {
        const world = await load();
        const { stamp } = await done(say(world, ZeroHash, 0n));
        expect(await guardianship(world)).to.deep.equal({ ...NOTHING, issuedAt: stamp });
      });

      it("the delay is between one and thirty days, to the second; 0 for nobody", async () => {
        const world = await load();
        for (const delay of [0n, 1n, DAY - 1n, 30n * DAY + 1n, (1n << 32n) - 1n]) {
          const { sending } = await say(world, FIRST, delay);
          await expectError(world, sending, "InvalidDelay", delay);
        }
        for (const delay of [1n, DAY, 30n * DAY]) {
          const { sending } = await say(world, ZeroHash, delay);
          await expectError(world, sending, "InvalidDelay", delay);
        }
        await done(say(world, FIRST, DAY));
        await done(say(world, SECOND, 30n * DAY));
        expect((await guardianship(world)).nextDelay).to.equal(30n * DAY);
      });

      it("are the controller's alone to name", async () => {
        const world = await load();
        const { patient, heir, stranger } = world;
        const args = [patient.account, FIRST, DAY];
        const { sending } = await route.say(world, stranger, "setGuardians", args);
        await expectError(world, sending, "NotControllerOf", patient.account, stranger.account);
        await done(direct.transfer(world, patient, patient.account, heir));
        const again = await route.say(world, patient, "setGuardians", args);
        await expectError(world, again.sending, "NotControllerOf", patient.account, patient.account);
        await done(route.say(world, heir, "setGuardians", args));
        expect((await guardianship(world)).commitment).to.equal(FIRST);
      });

      it("cannot be replaced while they recover, but after it was cancelled", async () => {
        const world = await load();
        const { patient } = world;
        await named(world);
        const { sending: started } = await start(world);
        await (await started).wait();
        const { sending } = await say(world, SECOND, DAY);
        await expectError(world, sending, "RecoveryUnderWay", patient.account);
        const none = await say(world, ZeroHash, 0n);
        await expectError(world, none.sending, "RecoveryUnderWay", patient.account);
        await done(route.say(world, patient, "cancelRecovery", [patient.account]));
        await done(say(world, SECOND, DAY));
        expect((await guardianship(world)).next).to.equal(SECOND);
      });

      it("stay through a transfer of control; those who were to follow them never do", async () => {
        const world = await load();
        const { patient, heir } = world;
        await done(say(world, FIRST, 3n * DAY));
        await done(say(world, SECOND, DAY));
        const before = await guardianship(world);
        await done(route.transfer(world, patient, patient.account, heir));
        expect(await guardianship(world)).to.deep.equal({ ...before, ...NO_NEXT });
      });

      it("who are in office since the second of a transfer stay, too", async () => {
        for (const early of [1n, 0n]) {
          const world = await load();
          const { patient, heir } = world;
          await done(say(world, FIRST, 3n * DAY));
          const { at } = await done(say(world, SECOND, DAY));
          await done(route.transfer(world, patient, patient.account, heir, at + 3n * DAY - early));
          const [commitment, delay] = early === 1n ? [FIRST, 3n * DAY] : [SECOND, DAY];
          expect(await guardianship(world)).to.deep.include({ commitment, delay, ...NO_NEXT });
        }
      });
    });
  }

  it("an older signed word, delivered late or again, is skipped without an event and without failing", async () => {
    const world = await load();
    const { consents, patient } = world;
    const issuedAt = (await nextBlockAt()) * 1000n;
    const of = (commitment: string, stamp: bigint) =>
      stated(world, patient, "setGuardians", [patient.account, commitment, DAY], { issuedAt: stamp });
    const [older, newer] = [of(FIRST, issuedAt), of(SECOND, issuedAt + 1n)];
    await deliver(world, newer);
    const before = await guardianship(world);
    for (const delivery of [older, newer, of(THIRD, issuedAt + 1n)]) {
      await expect(deliver(world, delivery)).not.to.emit(consents, "GuardiansChanged");
    }
    expect(await guardianship(world)).to.deep.equal(before);
  });

  it("a signed word held back does not replace what was said directly after it", async () => {
    const world = await load();
    const { consents, patient } = world;
    const at = await nextBlockAt();
    const heldBack = stated(world, patient, "setGuardians", [patient.account, SECOND, DAY], {
      issuedAt: stampOf(at) - 1n,
    });
    const { stamp } = await done(direct.say(world, patient, "setGuardians", [patient.account, FIRST, DAY], at));
    await expect(deliver(world, heldBack)).not.to.emit(consents, "GuardiansChanged");
    expect(await guardianship(world)).to.deep.equal({ ...NOTHING, commitment: FIRST, delay: DAY, issuedAt: stamp });
  });

  it("direct words of one block: the first are in office, the last ones follow", async () => {
    const world = await load();
    const { consents, patient } = world;
    const own = consents.connect(patient.caller);
    const at = await nextBlockAt();
    await inOneBlock(() =>
      [FIRST, SECOND, THIRD].map((commitment) => own.setGuardians(patient.account, commitment, DAY, GAS)),
    );
    expect(await guardianship(world)).to.deep.equal({
      ...NOTHING,
      commitment: FIRST,
      delay: DAY,
      next: THIRD,
      nextDelay: DAY,
      nextAt: at + DAY,
      issuedAt: stampOf(at),
    });
  });

  for (const [which, names, events] of [
    ["the first", [FIRST, FIRST, FIRST], [1, 0, 0]],
    ["others", [FIRST, SECOND, SECOND, FIRST], [1, 1, 0, 1]],
    ["nobody, where nobody is", [ZeroHash, ZeroHash], [1, 0]],
  ] as const) {
    it(`named alike again in one block, ${which}: what changes nothing has no event`, async () => {
      const world = await load();
      const { consents, patient } = world;
      const own = consents.connect(patient.caller);
      const naming = (each: string) => own.setGuardians(patient.account, each, each === ZeroHash ? 0n : DAY, GAS);
      const receipts = await inOneBlock(() => names.map(naming));
      expect(receipts.map(({ logs }) => eventsIn(logs).length)).to.deep.equal(events);
    });
  }

  it("named alike by signature and then directly in one block: the direct word is the newer one", async () => {
    const world = await load();
    const { consents, patient, relayer } = world;
    const own = consents.connect(patient.caller);
    await own.setGuardians(patient.account, FIRST, DAY);
    const at = await nextBlockAt();
    const word = stated(world, patient, "setGuardians", [patient.account, SECOND, DAY], { issuedAt: at * 1000n });
    const receipts = await inOneBlock(() => [
      deliver({ consents, relayer }, word, GAS),
      own.setGuardians(patient.account, SECOND, DAY, GAS),
    ]);
    expect(receipts.map(({ logs }) => logs.length)).to.deep.equal([1, 1]);
    expect((await guardianship(world)).issuedAt).to.equal(stampOf(at));
  });

  describe("in office", () => {
    const before = (world: World) => guardiansOf(world.guardians, { salt: id("before") });
    const after = (world: World) => guardiansOf(world.guardians, { salt: id("after"), threshold: 1n });

    async function replaced() {
      const world = await load();
      const { patient } = world;
      await named(world, 3n * DAY, before(world));
      const next = commitmentOf(patient.account, after(world));
      const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, next, 2n * DAY]));
      return { world, nextAt: at + 3n * DAY };
    }

    it("are those before, to the last second", async () => {
      const { world, nextAt } = await replaced();
      const { patient } = world;
      const at = nextAt - 1n;
      const tooEarly = await start(world, { at, guardians: after(world) });
      const commitment = commitmentOf(patient.account, after(world));
      await expectError(world, tooEarly.sending, "WrongGuardians", patient.account, commitment);
      await (
        await start(world, { at, guardians: before(world) })
      ).sending;
      expect((await recovery(world)).readyAt).to.equal(at + 3n * DAY);
    });

    it("are those who follow from their second on, with their own delay, and those before no more", async () => {
      const { world, nextAt } = await replaced();
      const { patient } = world;
      const tooLate = await start(world, { at: nextAt, guardians: before(world) });
      const commitment = commitmentOf(patient.account, before(world));
      await expectError(world, tooLate.sending, "WrongGuardians", patient.account, commitment);
      await (
        await start(world, { at: nextAt, guardians: after(world) })
      ).sending;
      expect((await recovery(world)).readyAt).to.equal(nextAt + 2n * DAY);
      const { commitment: inOffice, delay, next, nextDelay, nextAt: pending } = await guardianship(world);
      expect({ inOffice, delay }).to.deep.equal({
        inOffice: commitmentOf(patient.account, after(world)),
        delay: 2n * DAY,
      });
      expect({ next, nextDelay, nextAt: pending }).to.deep.equal(NO_NEXT);
    });

    it("are nobody once their removal has waited, but can recover until then", async () => {
      const world = await load();
      const { patient } = world;
      const { commitment } = await named(world);
      const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, ZeroHash, 0n]));
      await waitUntil(at + DAY - 2n);
      const late = await start(world, { at: at + DAY });
      await expectError(world, late.sending, "WrongGuardians", patient.account, commitment);
      const { sending } = await start(world, { at: at + DAY - 1n });
      await sending;
      expect((await recovery(world)).readyAt).to.equal(at + DAY - 1n + DAY);
    });
  });
});
