import { expect } from "chai";
import { stampOf } from "../chain.js";
import { GENERAL, NOBODY, UNTIL_REVOKED } from "../words.js";
import { deliver, direct, done, nextBlockAt, ROUTES } from "./routes.js";
import { approved, guardianship, named, NO_RECOVERY, recovery, start, startWith } from "./recovery.js";
import { expectError, load, waitUntil, type World } from "./setup.js";
import { DAY, granting, stated, WEEK } from "./stated.js";

describe("PatientControl: recovery", () => {
  async function guarded(delay = DAY): Promise<World> {
    const world = await load();
    await named(world, delay);
    return world;
  }

  async function started(delay = DAY) {
    const world = await guarded(delay);
    const { at, sending } = await start(world);
    await (await sending).wait();
    return { world, at, readyAt: at + delay, issuedAt: at * 1000n };
  }

  async function complete(world: World, at: bigint) {
    const { consents, patient, stranger } = world;
    await nextBlockAt(at);
    return consents.connect(stranger.caller).completeRecovery(patient.account);
  }

  describe("starting", () => {
    it("warns, and changes nothing yet", async () => {
      const world = await guarded(3n * DAY);
      const { consents, patient, heir, relayer } = world;
      const { at, sending } = await start(world);
      const readyAt = at + 3n * DAY;
      await expect(sending)
        .to.emit(consents, "RecoveryStarted")
        .withArgs(patient.account, heir.account, readyAt, at * 1000n, relayer);
      expect(await recovery(world)).to.deep.equal({ controller: heir.account, readyAt, issuedAt: at * 1000n });
      expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
      expect(await consents.speaksFor(patient.account, heir.account)).to.equal(false);
      expect(await consents.controlSinceOf(patient.account)).to.equal(0n);
    });

    it("takes any guardians, as many as the threshold or more", async () => {
      for (const chosen of [
        [0, 1],
        [0, 2],
        [1, 2],
        [0, 1, 2],
      ]) {
        const world = await guarded();
        const by = chosen.map((i) => world.guardians[i]!);
        await (
          await start(world, { by })
        ).sending;
        expect((await recovery(world)).controller).to.equal(world.heir.account);
      }
    });

    it("refuses the zero address and who controls already", async () => {
      const world = await guarded();
      const { patient } = world;
      for (const controller of [NOBODY, patient.account]) {
        const { sending } = await start(world, { controller });
        await expectError(world, sending, "InvalidController", patient.account, controller);
      }
    });

    it("needs approvals stamped before the end of the block's second", async () => {
      const world = await guarded();
      const at = await nextBlockAt();
      const tooSoon = await start(world, { at, issuedAt: stampOf(at) });
      await expectError(world, tooSoon.sending, "TooSoon", stampOf(at), stampOf(at) - 1n);
      await (
        await start(world, { at, issuedAt: stampOf(at) - 1n })
      ).sending;
    });

    it("needs approvals delivered in time, to the second", async () => {
      const world = await guarded();
      const at = await nextBlockAt();
      const late = await start(world, { at, deadline: at - 1n });
      await expectError(world, late.sending, "DeadlinePassed", at - 1n);
      await (
        await start(world, { at, deadline: at })
      ).sending;
    });

    it("needs approvals with a deadline of seven days after their stamp at most, to the millisecond", async () => {
      const world = await guarded();
      const at = await nextBlockAt();
      const deadline = at + WEEK;
      const far = await start(world, { at, deadline, issuedAt: at * 1000n - 1n });
      await expectError(world, far.sending, "DeadlineTooFar", at * 1000n - 1n, deadline);
      await (
        await start(world, { at, deadline })
      ).sending;
    });

    it("needs approvals of after the last change of control", async () => {
      const world = await guarded();
      const { patient, heir, friend } = world;
      const { at: changed } = await done(direct.transfer(world, patient, patient.account, friend));
      const old = await start(world, { issuedAt: stampOf(changed), deadline: changed + DAY });
      await expectError(world, old.sending, "StatementVoid", stampOf(changed), stampOf(changed));
      await (
        await start(world, { issuedAt: stampOf(changed) + 1n, deadline: changed + DAY })
      ).sending;
      expect((await recovery(world)).controller).to.equal(heir.account);
    });

    it("is not possible twice, for the same or for another", async () => {
      const { world } = await started();
      const { patient, friend } = world;
      for (const controller of [undefined, friend.account]) {
        const { sending } = await start(world, controller === undefined ? {} : { controller });
        await expectError(world, sending, "RecoveryUnderWay", patient.account);
      }
    });

    it("is of one patient: others are as they were", async () => {
      const { world } = await started();
      const { readyAt, controller } = await world.consents.recoveryOf(world.otherPatient.account);
      expect([readyAt, controller]).to.deep.equal([0n, NOBODY]);
    });
  });

  describe("completing", () => {
    it("waits for the delay, to the second; then anybody can", async () => {
      for (const delay of [DAY, 30n * DAY]) {
        const { world, readyAt } = await started(delay);
        const { consents, patient, heir, stranger } = world;
        await expectError(world, complete(world, readyAt - 1n), "RecoveryNotReady", patient.account, readyAt);
        await expect(complete(world, readyAt))
          .to.emit(consents, "RecoveryCompleted")
          .withArgs(patient.account, heir.account, stampOf(readyAt), stranger.account);
        expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
        expect(await consents.controlSinceOf(patient.account)).to.equal(stampOf(readyAt));
        expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
      }
    });

    it("can be left for long", async () => {
      const { world, readyAt } = await started();
      await complete(world, readyAt + 1000n * DAY);
      expect(await world.consents.controllerOf(world.patient.account)).to.equal(world.heir.account);
    });

    it("is nothing where nothing was started, or twice", async () => {
      const { world, readyAt } = await started();
      const { consents, patient, otherPatient, stranger } = world;
      const other = consents.connect(stranger.caller).completeRecovery(otherPatient.account);
      await expectError(world, other, "NoRecovery", otherPatient.account);
      await complete(world, readyAt);
      await expectError(world, complete(world, readyAt + 1n), "NoRecovery", patient.account);
    });

    it("leaves the old key and its representatives nothing to say, nor what they signed", async () => {
      const { world, readyAt } = await started();
      const { consents, patient, heir, spouse, grantee } = world;
      await done(
        direct.say(world, patient, "appointRepresentative", [patient.account, spouse.account, 0n, UNTIL_REVOKED]),
      );
      const issuedAt = (await nextBlockAt()) * 1000n;
      const args = granting(patient.account, grantee, GENERAL);
      const old = [patient, spouse].map((by) => stated(world, by, "grant", args, { issuedAt }));
      await complete(world, readyAt);
      for (const delivery of old) {
        await expectError(world, deliver(world, delivery), "StatementVoid", issuedAt, stampOf(readyAt));
      }
      for (const by of [patient, spouse]) {
        expect(await consents.speaksFor(patient.account, by.account)).to.equal(false);
        for (const route of ROUTES) {
          const { sending } = await route.say(world, by, "grant", args);
          await expectError(world, sending, "NotSpeakerFor", patient.account, by.account);
        }
      }
      const { stamp } = await done(direct.say(world, heir, "grant", args));
      expect((await consents.termsOf(patient.account, grantee, GENERAL)) >> 200n).to.equal(stamp);
    });

    it("keeps the guardians who did it; and they can do it again, with new approvals", async () => {
      const { world, readyAt, issuedAt } = await started();
      const { patient, friend } = world;
      const before = await guardianship(world);
      const used = approved(world, issuedAt / 1000n, { controller: friend.account, deadline: readyAt + DAY });
      await complete(world, readyAt);
      expect(await guardianship(world)).to.deep.equal(before);
      await expectError(world, startWith(world, used), "StatementVoid", issuedAt, stampOf(readyAt));
      await (
        await start(world, { controller: patient.account })
      ).sending;
      expect((await recovery(world)).controller).to.equal(patient.account);
    });

    it("ends what the ousted key arranged for after them, even where its time had come meanwhile", async () => {
      for (const wait of [0n, 20n * DAY]) {
        const world = await guarded();
        const { patient } = world;
        const { commitment } = await guardianship(world);
        await done(direct.say(world, patient, "setGuardians", [patient.account, GENERAL, 2n * DAY]));
        const { at, sending } = await start(world);
        await sending;
        await complete(world, at + DAY + wait);
        const { commitment: inOffice, delay, next, nextDelay, nextAt } = await guardianship(world);
        expect({ inOffice, delay, next, nextDelay, nextAt }).to.deep.equal({
          inOffice: commitment,
          delay: DAY,
          next: `0x${"0".repeat(64)}`,
          nextDelay: 0n,
          nextAt: 0n,
        });
      }
    });
  });

  for (const route of ROUTES) {
    describe(`cancelling ${route.name}`, () => {
      it("ends it, until the very block in which it could be completed", async () => {
        const { world, readyAt } = await started();
        const { consents, patient } = world;
        const { sending, stamp } = await route.say(world, patient, "cancelRecovery", [patient.account], readyAt);
        await expect(sending).to.emit(consents, "RecoveryCancelled").withArgs(patient.account, stamp, patient.account);
        expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
        expect((await guardianship(world)).cancelledAt).to.equal(stamp);
        await expectError(world, complete(world, readyAt + 1n), "NoRecovery", patient.account);
        expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
      });

      it("voids approvals of before, delivered or not, to the millisecond", async () => {
        const { world } = await started();
        const { patient } = world;
        const { stamp } = await done(route.say(world, patient, "cancelRecovery", [patient.account]));
        const agreement = { issuedAt: stamp, deadline: stamp / 1000n + DAY };
        const { sending } = await start(world, agreement);
        await expectError(world, sending, "ApprovalsCancelled", stamp, stamp);
        await (
          await start(world, { ...agreement, issuedAt: stamp + 1n })
        ).sending;
        expect((await recovery(world)).issuedAt).to.equal(stamp + 1n);
      });

      it("voids approvals in advance, too, where nothing was started", async () => {
        const world = await guarded();
        const { consents, patient } = world;
        const at = await nextBlockAt();
        const heldBack = approved(world, at);
        const said = await route.say(world, patient, "cancelRecovery", [patient.account], at + 1n);
        await expect(said.sending)
          .to.emit(consents, "RecoveryCancelled")
          .withArgs(patient.account, said.stamp, patient.account);
        await expectError(world, startWith(world, heldBack), "ApprovalsCancelled", at * 1000n, said.stamp);
      });

      it("is the controller's alone", async () => {
        const { world } = await started();
        const { patient, heir, stranger, guardians } = world;
        for (const by of [heir, stranger, guardians[0]]) {
          const { sending } = await route.say(world, by, "cancelRecovery", [patient.account]);
          await expectError(world, sending, "NotControllerOf", patient.account, by.account);
        }
        expect((await recovery(world)).controller).to.equal(heir.account);
      });

      it("of one patient cancels no other's", async () => {
        const { world } = await started();
        const { patient, otherPatient } = world;
        await done(route.say(world, otherPatient, "cancelRecovery", [otherPatient.account]));
        expect((await recovery(world)).controller).to.equal(world.heir.account);
        const { sending } = await route.say(world, otherPatient, "cancelRecovery", [patient.account]);
        await expectError(world, sending, "NotControllerOf", patient.account, otherPatient.account);
      });
    });
  }

  describe("a signed cancellation", () => {
    it("cancels what rests on approvals up to its own stamp, and leaves later ones alone", async () => {
      const world = await guarded();
      const { consents, patient } = world;
      const issuedAt = (await nextBlockAt()) * 1000n;
      const agreement = { issuedAt, deadline: issuedAt / 1000n + DAY };
      await (
        await start(world, agreement)
      ).sending;
      await deliver(world, stated(world, patient, "cancelRecovery", [patient.account], { issuedAt: issuedAt - 1n }));
      expect((await recovery(world)).issuedAt).to.equal(issuedAt);
      await deliver(world, stated(world, patient, "cancelRecovery", [patient.account], { issuedAt }));
      expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
      await expect(
        deliver(world, stated(world, patient, "cancelRecovery", [patient.account], { issuedAt: issuedAt - 1n })),
      ).not.to.emit(consents, "RecoveryCancelled");
      expect((await guardianship(world)).cancelledAt).to.equal(issuedAt);
    });

    it("has no deadline, but ends with the control of who signed it", async () => {
      const world = await guarded();
      const { patient, heir } = world;
      const issuedAt = (await nextBlockAt()) * 1000n;
      const cancellation = stated(world, patient, "cancelRecovery", [patient.account], { issuedAt });
      await waitUntil(issuedAt / 1000n + 365n * DAY);
      await deliver(world, cancellation);
      expect((await guardianship(world)).cancelledAt).to.equal(issuedAt);
      const { at } = await done(direct.transfer(world, patient, patient.account, heir));
      await expectError(world, deliver(world, cancellation), "StatementVoid", issuedAt, stampOf(at));
    });

    it("delivered again does not cancel the recovery that was started anew", async () => {
      const { world } = await started();
      const { consents, patient } = world;
      const issuedAt = (await nextBlockAt()) * 1000n;
      const cancellation = stated(world, patient, "cancelRecovery", [patient.account], { issuedAt });
      await deliver(world, cancellation);
      const { at, sending } = await start(world);
      await sending;
      await expect(deliver(world, cancellation)).not.to.emit(consents, "RecoveryCancelled");
      expect((await recovery(world)).issuedAt).to.equal(at * 1000n);
    });
  });
});
