import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { id, ZeroHash } from "ethers";
import { stampOf } from "../chain.js";
import { deliver, direct, done, nextBlockAt, ROUTES } from "../control/routes.js";
import { guardianship, NO_RECOVERY, recovery, start } from "../control/recovery.js";
import { commitmentOf, expectError, guardiansOf, type Person, waitUntil, type World } from "../control/setup.js";
import { DAY, stated } from "../control/stated.js";
import { type Line, LINES, words } from "./setup.js";

type Sending = Promise<ContractTransactionResponse>;

/** Everything that settles, said by the controller or, of a recovery, by its guardians. */
const SETTLERS: Record<string, (now: World, by: Person) => Promise<{ sending: Sending }>> = {
  startRecovery: (now) => start(now, { controller: now.spouse.account }),
  ...Object.fromEntries(
    ROUTES.flatMap((route) => [
      [
        `setGuardians ${route.name}`,
        (now: World, by: Person) => route.say(now, by, "setGuardians", [now.patient.account, id("others"), 2n * DAY]),
      ],
      [
        `cancelRecovery ${route.name}`,
        (now: World, by: Person) => route.say(now, by, "cancelRecovery", [now.patient.account]),
      ],
      [
        `transferControl ${route.name}`,
        (now: World, by: Person) => route.transfer(now, by, now.patient.account, now.friend),
      ],
    ]),
  ),
};

/** What is told of who has control, and who can recover it. */
async function control(world: World) {
  const { consents, patient } = world;
  return {
    controller: await consents.controllerOf(patient.account),
    since: await consents.controlSinceOf(patient.account),
    guardians: await guardianship(world),
    recovery: await recovery(world),
  };
}

/** Names these in the old one, by the heir. */
function naming({ old }: Line<World>, commitment: string, delay = DAY) {
  return done(direct.say(old, old.heir, "setGuardians", [old.patient.account, commitment, delay]));
}

const OTHERS = id("the heir's");

/** In the old one the heir has control, a recovery was cancelled, and a replacement of the guardians is pending. */
async function storied(loading: () => Promise<Line<World>>) {
  const line = await loading();
  const { old } = line;
  const { at: since } = await done(direct.transfer(old, old.patient, old.patient.account, old.heir));
  await naming(line, commitmentOf(old.patient.account, guardiansOf(old.guardians)), 3n * DAY);
  await done(direct.say(old, old.heir, "cancelRecovery", [old.patient.account]));
  await naming(line, OTHERS);
  return { ...line, since: stampOf(since) };
}

/** What could be changed in the old one: control, guardians, recovery; the heir had it until now. */
async function moveOn(line: Line<World>) {
  const { old } = line;
  await naming(line, id("latest"));
  await done(direct.say(old, old.heir, "cancelRecovery", [old.patient.account]));
  await (
    await start(old, { controller: old.friend.account })
  ).sending;
}

for (const { name, load } of LINES) {
  describe(`ConsentRegistrySuccessor, ${name}: settling who has control`, () => {
    it("takes over the controller, since when, and all of the guardianship", async () => {
      const line = await storied(load);
      const { old, now, successor, since } = line;
      const taken = await control(old);
      for (const field of ["commitment", "next", "delay", "nextDelay", "nextAt", "issuedAt", "cancelledAt"] as const) {
        expect(taken.guardians[field], field).not.to.equal(typeof taken.guardians[field] === "string" ? ZeroHash : 0n);
      }
      expect(await control(now)).to.deep.equal(taken);
      // A withdrawal that is older than the last one settles and changes nothing else.
      const { cancelledAt } = taken.guardians;
      const { patient, heir } = now;
      await nextBlockAt();
      const sending = deliver(now, stated(now, heir, "cancelRecovery", [patient.account], { issuedAt: cancelledAt }));
      await expect(sending).to.emit(now.consents, "ControlSettled").withArgs(patient.account, heir.account, since);
      expect((await (await sending).wait())?.logs).to.have.length(1);
      expect(await successor.isSettled(patient.account)).to.equal(true);
      expect(await control(now)).to.deep.equal(taken);
      await moveOn(line);
      expect(await control(now)).to.deep.equal(taken);
    });

    it("is one patient's: of another nothing is settled", async () => {
      const { now, successor } = await load();
      const { patient, otherPatient } = now;
      await done(direct.say(now, patient, "cancelRecovery", [patient.account]));
      expect(await successor.isSettled(patient.account)).to.equal(true);
      expect(await successor.isSettled(otherPatient.account)).to.equal(false);
    });

    for (const [verb, settle] of Object.entries(SETTLERS)) {
      it(`${verb}: once, and what happens in the old one afterwards changes nothing here`, async () => {
        const line = await storied(load);
        const { old, now, successor, since } = line;
        const { patient, heir } = now;
        const { sending } = await settle(now, heir);
        await expect(sending).to.emit(now.consents, "ControlSettled").withArgs(patient.account, heir.account, since);
        expect((await (await sending).wait())?.logs).to.have.length(2);
        expect(await successor.isSettled(patient.account)).to.equal(true);
        const settled = await control(now);
        await moveOn(line);
        expect(await control(now)).to.deep.equal(settled);
        await waitUntil((await old.consents.recoveryOf(patient.account)).readyAt);
        await old.consents.connect(old.relayer).completeRecovery(patient.account);
        expect(await old.consents.controllerOf(patient.account)).to.equal(old.friend.account);
        expect(await control(now)).to.deep.equal(settled);
        const holder = verb.startsWith("transferControl") ? now.friend : heir;
        const again = await direct.say(now, holder, "cancelRecovery", [patient.account]);
        await expect(again.sending)
          .to.emit(now.consents, "RecoveryCancelled")
          .and.not.to.emit(now.consents, "ControlSettled");
      });

      it(`${verb}: not while a recovery is under way in the old one, though its time has come`, async () => {
        const line = await storied(load);
        const { old, now, successor } = line;
        const { patient, heir } = now;
        await (
          await start(old, { controller: old.friend.account })
        ).sending;
        const { readyAt } = await recovery(old);
        for (const at of [undefined, readyAt]) {
          if (at) await waitUntil(at);
          const { sending } = await settle(now, heir);
          await expectError(now, sending, "RecoveryUnderWay", patient.account);
          expect(await successor.isSettled(patient.account)).to.equal(false);
        }
        await done(direct.say(old, heir, "cancelRecovery", [patient.account]));
        await (
          await settle(now, heir)
        ).sending;
        expect(await successor.isSettled(patient.account)).to.equal(true);
      });
    }

    it("nothing else settles: what happens in the old one still counts", async () => {
      for (const route of ROUTES) {
        const line = await storied(load);
        const { old, now, successor } = line;
        const { patient, heir } = now;
        for (const [verb, args] of words(now)) await done(route.say(now, heir, verb, args));
        expect(await successor.isSettled(patient.account)).to.equal(false);
        expect(await now.consents.queryFilter(successor.filters.ControlSettled())).to.deep.equal([]);
        await moveOn(line);
        expect(await control(now)).to.deep.equal(await control(old));
        await waitUntil((await recovery(old)).readyAt);
        await old.consents.connect(old.relayer).completeRecovery(patient.account);
        expect(await now.consents.controllerOf(patient.account)).to.equal(old.friend.account);
        expect(await control(now)).to.deep.equal(await control(old));
      }
    });

    it("while a recovery is under way in the old one, it is told here, and everything else is heard", async () => {
      for (const route of ROUTES) {
        const { old, now } = await storied(load);
        const { patient, heir } = now;
        await (
          await start(old, { controller: old.friend.account })
        ).sending;
        expect(await recovery(now)).to.deep.equal(await recovery(old));
        for (const [verb, args] of words(now)) await done(route.say(now, heir, verb, args));
        await expectError(now, now.consents.completeRecovery(patient.account), "NoRecovery", patient.account);
      }
    });

    it("once the recovery in the old one is complete, whom it put in control settles", async () => {
      const { old, now, successor } = await storied(load);
      const { patient, heir, friend } = now;
      await (
        await start(old, { controller: friend.account })
      ).sending;
      const at = await nextBlockAt((await recovery(old)).readyAt);
      await old.consents.completeRecovery(patient.account);
      const { sending: late } = await direct.say(now, heir, "cancelRecovery", [patient.account]);
      await expectError(now, late, "NotControllerOf", patient.account, heir.account);
      const { sending } = await direct.say(now, friend, "cancelRecovery", [patient.account]);
      await expect(sending).to.emit(successor, "ControlSettled").withArgs(patient.account, friend.account, stampOf(at));
      expect(await recovery(now)).to.deep.equal(NO_RECOVERY);
    });

    it("a call that fails settles nothing", async () => {
      const { now, successor } = await storied(load);
      const { patient, stranger } = now;
      for (const route of ROUTES) {
        for (const [verb, args] of [
          ["setGuardians", [patient.account, id("mine"), DAY]],
          ["cancelRecovery", [patient.account]],
        ] as const) {
          const { sending } = await route.say(now, stranger, verb, args);
          await expectError(now, sending, "NotControllerOf", patient.account, stranger.account);
        }
      }
      const { sending } = await start(now, { controller: now.friend.account, by: [stranger, stranger] });
      await expectError(now, sending, "NotGuardian", stranger.account);
      expect(await successor.isSettled(patient.account)).to.equal(false);
    });
  });
}
