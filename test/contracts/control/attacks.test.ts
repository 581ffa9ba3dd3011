import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { GAS, inOneBlock, networkHelpers, stampOf } from "../chain.js";
import { GENERAL, UNTIL_REVOKED } from "../words.js";
import { deliver, direct, done, nextBlockAt, signed, transferring } from "./routes.js";
import { approved, guardianship, named, NO_RECOVERY, recovery, start, startWith } from "./recovery.js";
import { commitmentOf, expectError, guardiansOf, load, type World } from "./setup.js";
import { DAY, granting, stated, transferred } from "./stated.js";

/** Whoever has a key of the patient is the patient to the contract: the thief's calls are the patient's here. */
describe("PatientControl: attacks", () => {
  async function guarded(delay = DAY): Promise<World> {
    const world = await load();
    await named(world, delay);
    return world;
  }

  async function underWay() {
    const world = await guarded();
    const { at, sending } = await start(world);
    await (await sending).wait();
    return { world, at, readyAt: at + DAY };
  }

  const complete = ({ consents, stranger, patient }: World) =>
    consents.connect(stranger.caller).completeRecovery(patient.account, GAS);
  const cancel = ({ consents, patient }: World) =>
    consents.connect(patient.caller).cancelRecovery(patient.account, GAS);
  const outcomes = (receipts: readonly { status: number | null }[]) => receipts.map(({ status }) => status);

  describe("a thief of the patient's key, who knows that guardians exist,", () => {
    it("cannot be rid of them before their own delay is over, and they win within it", async () => {
      const world = await guarded(3n * DAY);
      const { consents, patient, heir, thief } = world;
      const mine = guardiansOf([thief], { threshold: 1n });
      const commitment = commitmentOf(patient.account, mine);
      const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, commitment, DAY]));
      const early = await start(world, { at: at + 3n * DAY - 2n, guardians: mine, by: [thief] });
      await expectError(world, early.sending, "WrongGuardians", patient.account, commitment);
      const { at: started, sending } = await start(world, { at: at + 3n * DAY - 1n });
      await sending;
      await nextBlockAt(started + 3n * DAY);
      await complete(world);
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
      const late = await start(world, { guardians: mine, by: [thief], controller: thief.account });
      await expectError(world, late.sending, "WrongGuardians", patient.account, commitment);
      await (
        await start(world, { controller: patient.account })
      ).sending;
    });

    it("gains nothing by naming others again and again: the wait begins anew each time", async () => {
      const world = await guarded();
      const { patient } = world;
      for (let i = 0; i < 5; i++) {
        const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, id(`mine ${i}`), DAY]));
        await nextBlockAt(at + DAY - 20n);
        await networkHelpers.mine();
      }
      await (
        await start(world)
      ).sending;
      expect((await recovery(world)).controller).to.equal(world.heir.account);
    });

    it("does not get guardians of its own into office by cancelling every recovery: each one ends the change", async () => {
      const world = await guarded(3n * DAY);
      const { patient, thief } = world;
      const mine = guardiansOf([thief], { threshold: 1n });
      const commitment = commitmentOf(patient.account, mine);
      const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, commitment, DAY]));
      await (
        await start(world)
      ).sending;
      expect(await guardianship(world)).to.deep.include({ next: ZeroHash, nextDelay: 0n, nextAt: 0n });
      await done(direct.say(world, patient, "cancelRecovery", [patient.account]));
      const late = await start(world, { at: at + 4n * DAY, guardians: mine, by: [thief] });
      await expectError(world, late.sending, "WrongGuardians", patient.account, commitment);
      await (
        await start(world)
      ).sending;
      expect((await recovery(world)).controller).to.equal(world.heir.account);
    });

    it("can stall them by cancelling, but never so that they cannot approve anew", async () => {
      const { world } = await underWay();
      const { patient } = world;
      for (let i = 0; i < 3; i++) {
        await done(direct.say(world, patient, "cancelRecovery", [patient.account]));
        await (
          await start(world)
        ).sending;
        expect((await recovery(world)).controller).to.equal(world.heir.account);
      }
    });

    it("does not escape by handing control to another key of theirs: the guardians stay", async () => {
      const { world } = await underWay();
      const { consents, patient, thief, heir } = world;
      await done(direct.transfer(world, patient, patient.account, thief));
      expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
      const { at, sending } = await start(world);
      await sending;
      await nextBlockAt(at + DAY);
      await complete(world);
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("leaves nothing behind: what was signed for later is void after the recovery", async () => {
      const { world, readyAt } = await underWay();
      const { patient, thief, heir, grantee } = world;
      const issuedAt = (await nextBlockAt(readyAt - 1n)) * 1000n;
      const forLater = [
        stated(world, patient, "setGuardians", [patient.account, id("mine"), DAY], { issuedAt }),
        stated(world, patient, "appointRepresentative", [patient.account, thief.account, 0n, UNTIL_REVOKED], {
          issuedAt,
        }),
        stated(world, patient, "setExclusions", [patient.account, 0n], { issuedAt }),
        stated(world, patient, "cancelRecovery", [patient.account], { issuedAt }),
        stated(world, patient, "grant", granting(patient.account, grantee, GENERAL), { issuedAt }),
        transferred(world, patient, patient.account, thief, issuedAt),
      ];
      await nextBlockAt(readyAt);
      await complete(world);
      for (const delivery of forLater) {
        await expectError(world, deliver(world, delivery), "StatementVoid", issuedAt, stampOf(readyAt));
      }
      expect(await world.consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("who found none in office has theirs at once: they can be cancelled, and replaced after their delay", async () => {
      const world = await load();
      const { consents, patient, heir, thief } = world;
      const theirs = guardiansOf([thief], { threshold: 1n });
      await named(world, DAY, theirs);
      await done(direct.transfer(world, patient, patient.account, heir));
      await (
        await start(world, { guardians: theirs, by: [thief], controller: thief.account })
      ).sending;
      await done(direct.say(world, heir, "cancelRecovery", [patient.account]));
      const own = commitmentOf(patient.account, guardiansOf(world.guardians));
      const { at } = await done(direct.say(world, heir, "setGuardians", [patient.account, own, DAY]));
      const late = await start(world, { at: at + DAY, guardians: theirs, by: [thief], controller: thief.account });
      const commitment = commitmentOf(patient.account, theirs);
      await expectError(world, late.sending, "WrongGuardians", patient.account, commitment);
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });
  });

  describe("guardians who conspire", () => {
    it("can be cancelled to the last second, and also when nobody has completed it after", async () => {
      for (const wait of [0n, 1n, 100n * DAY]) {
        const { world, readyAt } = await underWay();
        const { consents, patient } = world;
        await done(direct.say(world, patient, "cancelRecovery", [patient.account], readyAt + wait));
        await expectError(world, complete(world), "NoRecovery", patient.account);
        expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
      }
    });

    it("cannot be replaced or dismissed in secret meanwhile, but once they are cancelled", async () => {
      const { world } = await underWay();
      const { patient } = world;
      await done(direct.say(world, patient, "cancelRecovery", [patient.account]));
      const { at } = await done(direct.say(world, patient, "setGuardians", [patient.account, ZeroHash, 0n]));
      const commitment = commitmentOf(patient.account, guardiansOf(world.guardians));
      const late = await start(world, { at: at + DAY });
      await expectError(world, late.sending, "WrongGuardians", patient.account, commitment);
    });

    it("start nothing with approvals of before, after control went away and came back", async () => {
      const world = await guarded();
      const { patient, friend } = world;
      const old = approved(world, await nextBlockAt());
      await done(direct.transfer(world, patient, patient.account, friend));
      const { at } = await done(direct.transfer(world, friend, patient.account, patient));
      await expectError(world, startWith(world, old), "StatementVoid", old.args[2], stampOf(at));
    });

    it("cannot use approvals twice: neither after a cancellation, nor while it is under way, nor when done", async () => {
      const world = await guarded();
      const { patient } = world;
      const at = await nextBlockAt();
      const once = approved(world, at, { deadline: at + 6n * DAY });
      await startWith(world, once);
      await expectError(world, startWith(world, once), "RecoveryUnderWay", patient.account);
      await nextBlockAt(at + DAY);
      await complete(world);
      await expectError(world, startWith(world, once), "InvalidController", patient.account, world.heir.account);
      await done(direct.transfer(world, world.heir, patient.account, world.patient));
      const since = await world.consents.controlSinceOf(patient.account);
      await expectError(world, startWith(world, once), "StatementVoid", at * 1000n, since);
    });
  });

  describe("in one block", () => {
    it("a completion before a transfer: the old key has lost control already", async () => {
      const { world, readyAt } = await underWay();
      const { consents, patient, friend, heir } = world;
      await nextBlockAt(readyAt);
      const receipts = await inOneBlock(() => [
        complete(world),
        transferring(world, patient, patient.account, friend, readyAt),
      ]);
      expect(outcomes(receipts)).to.deep.equal([1, 0]);
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("a transfer before a completion: the recovery is cancelled", async () => {
      const { world, readyAt } = await underWay();
      const { consents, patient, friend } = world;
      await nextBlockAt(readyAt);
      const receipts = await inOneBlock(() => [
        transferring(world, patient, patient.account, friend, readyAt),
        complete(world),
      ]);
      expect(outcomes(receipts)).to.deep.equal([1, 0]);
      expect(await consents.controllerOf(patient.account)).to.equal(friend.account);
      expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
    });

    it("a cancellation and a completion: whichever comes first", async () => {
      for (const first of [cancel, complete]) {
        const { world, readyAt } = await underWay();
        const { consents, patient, heir } = world;
        const second = first === cancel ? complete : cancel;
        await nextBlockAt(readyAt);
        expect(outcomes(await inOneBlock(() => [first(world), second(world)]))).to.deep.equal([1, 0]);
        const controller = first === cancel ? patient.account : heir.account;
        expect(await consents.controllerOf(patient.account)).to.equal(controller);
      }
    });

    it("a cancellation voids what is started after it, as nobody can have approved later", async () => {
      const world = await guarded();
      const at = await nextBlockAt();
      const latest = approved(world, at, { issuedAt: stampOf(at) - 1n });
      expect(outcomes(await inOneBlock(() => [cancel(world), startWith(world, latest, GAS)]))).to.deep.equal([1, 0]);
      expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
    });

    it("a cancellation after the start ends it", async () => {
      const world = await guarded();
      const at = await nextBlockAt();
      const latest = approved(world, at, { issuedAt: stampOf(at) - 1n });
      expect(outcomes(await inOneBlock(() => [startWith(world, latest, GAS), cancel(world)]))).to.deep.equal([1, 1]);
      expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
    });

    it("a transfer and a start: approvals of before are void, and a recovery started before it is cancelled", async () => {
      for (const startsFirst of [true, false]) {
        const world = await guarded();
        const { consents, patient, friend } = world;
        const at = await nextBlockAt();
        const latest = approved(world, at, { issuedAt: stampOf(at) - 1n });
        const receipts = await inOneBlock(() => {
          const calls = [
            () => startWith(world, latest, GAS),
            () => transferring(world, patient, patient.account, friend, at),
          ];
          return (startsFirst ? calls : calls.toReversed()).map((call) => call());
        });
        expect(outcomes(receipts)).to.deep.equal(startsFirst ? [1, 1] : [1, 0]);
        expect(await recovery(world)).to.deep.equal(NO_RECOVERY);
        expect(await consents.controllerOf(patient.account)).to.equal(friend.account);
      }
    });

    it("a cancellation and new guardians: the thief or the patient can do both, and the old ones stay their time", async () => {
      const { world, at } = await underWay();
      const { consents, patient } = world;
      const before = await guardianship(world);
      const second = await nextBlockAt(at + 100n);
      const own = consents.connect(patient.caller);
      const receipts = await inOneBlock(() => [cancel(world), own.setGuardians(patient.account, id("mine"), DAY, GAS)]);
      expect(outcomes(receipts)).to.deep.equal([1, 1]);
      expect(await guardianship(world)).to.deep.equal({
        ...before,
        next: id("mine"),
        nextDelay: DAY,
        nextAt: second + DAY,
        issuedAt: stampOf(second),
        cancelledAt: stampOf(second),
      });
    });
  });

  describe("a representative", () => {
    it("of the past is not heard, though it signed in its time: not even to withdraw", async () => {
      const world = await load();
      const { patient, spouse, grantee } = world;
      const at = await nextBlockAt();
      const until = at + 100n;
      await done(direct.say(world, patient, "appointRepresentative", [patient.account, spouse.account, 0n, until], at));
      const issuedAt = (at + 50n) * 1000n;
      const revocations = [{ grantee, scope: GENERAL }];
      const inTime = stated(world, spouse, "revoke", [patient.account, revocations], { issuedAt });
      await nextBlockAt(until);
      await expectError(world, deliver(world, inTime), "NotSpeakerFor", patient.account, spouse.account);
    });

    it("who is a guardian, too, has no more to say in either part", async () => {
      const world = await guarded();
      const { patient, guardians } = world;
      const [first] = guardians;
      const args = [patient.account, first.account, 0n, UNTIL_REVOKED];
      await done(direct.say(world, patient, "appointRepresentative", args));
      const { sending } = await start(world, { by: [first] });
      await expectError(world, sending, "TooFewApprovals", 1n, 2n);
      const cancelling = await signed.say(world, first, "cancelRecovery", [patient.account]);
      await expectError(world, cancelling.sending, "NotControllerOf", patient.account, first.account);
    });

    it("that the old key becomes may speak, but never take control again", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      await done(direct.transfer(world, patient, patient.account, heir));
      const args = [patient.account, patient.account, 0n, UNTIL_REVOKED];
      await done(direct.say(world, heir, "appointRepresentative", args));
      expect(await consents.speaksFor(patient.account, patient.account)).to.equal(true);
      const { sending } = await direct.transfer(world, patient, patient.account, patient);
      await expectError(world, sending, "NotControllerOf", patient.account, patient.account);
    });
  });

  it("who delivers a signed statement is nobody to the contract: events name who spoke", async () => {
    const world = await load();
    const { consents, patient, relayer, heir } = world;
    const at = await nextBlockAt();
    await expect(deliver(world, transferred(world, patient, patient.account, heir, at * 1000n)))
      .to.emit(consents, "ControlTransferred")
      .withArgs(patient.account, heir.account, stampOf(at), patient.account);
    expect(await consents.speaksFor(patient.account, relayer)).to.equal(false);
  });
});
