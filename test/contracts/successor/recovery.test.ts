import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { GAS } from "../chain.js";
import { direct, done, nextBlockAt, ROUTES } from "../control/routes.js";
import { guardianship, named, recovery, start } from "../control/recovery.js";
import { commitmentOf, expectError, guardiansOf, type Person, type World } from "../control/setup.js";
import { DAY } from "../control/stated.js";
import { type Line, LINES } from "./setup.js";

const DELAY = 3n * DAY;

for (const { name, load } of LINES) {
  describe(`ConsentRegistrySuccessor, ${name}: guardians and recovery`, () => {
    async function guarded(): Promise<Line<World>> {
      const line = await load();
      await named(line.old, DELAY);
      return line;
    }

    it("the old guardians recover here, after the delay of the old one", async () => {
      const { old, now } = await guarded();
      const { patient, heir, stranger } = now;
      const { at, sending } = await start(now);
      await expect(sending)
        .to.emit(now.consents, "RecoveryStarted")
        .withArgs(patient.account, heir.account, at + DELAY, at * 1000n, now.relayer);
      const complete = () => now.consents.connect(stranger.caller).completeRecovery(patient.account, GAS);
      await nextBlockAt(at + DELAY - 1n);
      await expectError(now, complete(), "RecoveryNotReady", patient.account, at + DELAY);
      await nextBlockAt(at + DELAY);
      await complete();
      expect(await now.consents.controllerOf(patient.account)).to.equal(heir.account);
      expect(await old.consents.controllerOf(patient.account)).to.equal(patient.account);
    });

    it("approvals count in the registry that they were signed for, and in no other", async () => {
      const { old, now } = await guarded();
      const [first] = now.guardians;
      for (const [here, there] of [
        [now, old],
        [old, now],
      ] as const) {
        const { sending } = await start(here, { place: there.place });
        await expectError(here, sending, "InvalidSignature", first.account);
      }
    });

    it("approvals that were cancelled in the old one are void here, to the millisecond", async () => {
      const { old, now } = await guarded();
      const { patient } = now;
      const { stamp } = await done(direct.say(old, patient, "cancelRecovery", [patient.account]));
      await nextBlockAt();
      const { sending } = await start(now, { issuedAt: stamp });
      await expectError(now, sending, "ApprovalsCancelled", stamp, stamp);
      await (
        await start(now, { issuedAt: stamp + 1n })
      ).sending;
    });

    it("approvals from before control changed in the old one are void here, to the millisecond", async () => {
      const { old, now } = await guarded();
      const { patient, spouse } = now;
      const { at } = await done(direct.transfer(old, patient, patient.account, spouse));
      const since = at * 1000n + 999n;
      await nextBlockAt();
      const { sending } = await start(now, { issuedAt: since });
      await expectError(now, sending, "StatementVoid", since, since);
      await (
        await start(now, { issuedAt: since + 1n })
      ).sending;
    });

    for (const route of ROUTES) {
      it(`${route.name}: to replace the guardians of the old one takes their delay`, async () => {
        const { now } = await guarded();
        const { patient, thief } = now;
        const mine = guardiansOf([thief], { threshold: 1n });
        const commitment = commitmentOf(patient.account, mine);
        const { sending, at, stamp } = await route.say(now, patient, "setGuardians", [
          patient.account,
          commitment,
          DAY,
        ]);
        await expect(sending)
          .to.emit(now.consents, "GuardiansChanged")
          .withArgs(patient.account, commitment, DAY, at + DELAY, stamp, patient.account);
        const agreed = { guardians: mine, by: [thief], controller: thief.account };
        const early = await start(now, { at: at + DELAY - 1n, ...agreed });
        await expectError(now, early.sending, "WrongGuardians", patient.account, commitment);
        await (
          await start(now, { at: at + DELAY, ...agreed })
        ).sending;
      });
    }

    it("who was to take office in the old one takes it here, in the same second", async () => {
      const { old, now } = await guarded();
      const { patient, friend } = now;
      const theirs = guardiansOf([friend], { threshold: 1n });
      const commitment = commitmentOf(patient.account, theirs);
      const { at } = await done(direct.say(old, patient, "setGuardians", [patient.account, commitment, DAY]));
      const agreed = { guardians: theirs, by: [friend] };
      const early = await start(now, { at: at + DELAY - 1n, ...agreed });
      await expectError(now, early.sending, "WrongGuardians", patient.account, commitment);
      const { at: started, sending } = await start(now, { at: at + DELAY, ...agreed });
      await sending;
      expect((await recovery(now)).readyAt).to.equal(started + DAY);
    });

    it("a recovery here ends the replacement that was pending in the old one, here alone", async () => {
      const { old, now } = await guarded();
      const { patient } = now;
      await done(direct.say(old, patient, "setGuardians", [patient.account, id("others"), DAY]));
      await (
        await start(now)
      ).sending;
      expect(await guardianship(now)).to.deep.include({ next: ZeroHash, nextDelay: 0n, nextAt: 0n });
      expect(await guardianship(old)).to.deep.include({ next: id("others"), nextDelay: DAY });
    });
  });

  describe(`ConsentRegistrySuccessor, ${name}: a thief of the key that has control in the old one`, () => {
    /** What becomes of a call: "done", or the error. */
    async function outcomeOf(sending: Promise<unknown>): Promise<string> {
      try {
        await sending;
        return "done";
      } catch (error) {
        return /custom error '(\w+)\(/.exec((error as Error).message)?.[1] ?? String(error);
      }
    }

    /** The thief does first whatever it can, then the guardians win; told step by step. */
    async function story(world: World, first: "cancelRecovery" | "setGuardians"): Promise<string[]> {
      const { consents, patient, heir, thief, relayer } = world;
      const mine = guardiansOf([thief], { threshold: 1n });
      const commitment = commitmentOf(patient.account, mine);
      const told: string[] = [];
      const tell = async ({ sending }: { sending: Promise<unknown> }) => told.push(await outcomeOf(sending));
      const stolen = { guardians: mine, by: [thief], controller: thief.account };
      const name = (by: Person) => direct.say(world, by, "setGuardians", [patient.account, commitment, DAY]);
      const complete = () => ({ sending: consents.connect(relayer).completeRecovery(patient.account, GAS) });
      if (first === "cancelRecovery") await tell(await direct.say(world, patient, first, [patient.account]));
      await tell(await name(patient));
      const { nextAt } = await guardianship(world);
      await tell(await start(world, { at: nextAt - 10n, ...stolen }));
      await tell(await start(world, { at: nextAt - 5n }));
      await tell(await name(patient));
      await tell(await start(world, { at: nextAt + 1n, ...stolen }));
      await tell(await direct.say(world, patient, "cancelRecovery", [patient.account]));
      await tell(await start(world, stolen));
      await tell(await direct.transfer(world, patient, patient.account, thief));
      await tell(await start(world));
      const { readyAt } = await recovery(world);
      for (const at of [readyAt - 1n, readyAt]) {
        await nextBlockAt(at);
        await tell(complete());
      }
      told.push((await consents.controllerOf(patient.account)) === heir.account ? "the heir" : "the thief");
      for (const by of [patient, thief]) await tell(await name(by));
      const { commitment: office, next } = await guardianship(world);
      return [...told, office === commitment || next === commitment ? "the thief's" : "the patient's"];
    }

    const EXPECTED = [
      ...["done", "WrongGuardians", "done", "RecoveryUnderWay", "RecoveryUnderWay", "done", "WrongGuardians", "done"],
      ...["done", "RecoveryNotReady", "done", "the heir", "NotControllerOf", "NotControllerOf", "the patient's"],
    ];

    for (const first of ["setGuardians", "cancelRecovery"] as const) {
      it(`which settles by ${first} gets no further than there`, async () => {
        const { old, now } = await load();
        await named(old, DELAY);
        const here = await story(now, first);
        expect(here).to.deep.equal([...(first === "cancelRecovery" ? ["done"] : []), ...EXPECTED]);
        expect(await story(old, first)).to.deep.equal(here);
      });
    }
  });
}
