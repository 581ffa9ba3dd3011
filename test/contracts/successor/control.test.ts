import { expect } from "chai";
import { id } from "ethers";
import { GAS, inOneBlock, stampOf } from "../chain.js";
import { deliver, direct, done, nextBlockAt, ROUTES, signed, transferring } from "../control/routes.js";
import { expectError, type World } from "../control/setup.js";
import { accepted, DAY, granting, stated, type VerbName } from "../control/stated.js";
import { request } from "../fixtures.js";
import { bare, GENERAL, outcome, UNTIL_REVOKED } from "../words.js";
import { LINES, words } from "./setup.js";

/** All that can be said for the patient but a transfer, what settles control last. */
function sayings(world: World): [VerbName, unknown[]][] {
  const { account } = world.patient;
  return [...words(world), ["setGuardians", [account, id("guardians"), DAY]], ["cancelRecovery", [account]]];
}

/** What a call is refused with that only a speaker, or only the controller, may make. */
function refusalOf(verb: VerbName): "NotSpeakerFor" | "NotControllerOf" {
  return ["grant", "revoke", "revokeAll"].includes(verb) ? "NotSpeakerFor" : "NotControllerOf";
}

for (const { name, load } of LINES) {
  describe(`ConsentRegistrySuccessor, ${name}: who has control`, () => {
    it("is the own address where nothing was said", async () => {
      const { now, successor } = await load();
      const { consents, patient, heir } = now;
      expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
      expect(await consents.controlSinceOf(patient.account)).to.equal(0n);
      expect(await consents.speaksFor(patient.account, patient.account)).to.equal(true);
      expect(await consents.speaksFor(patient.account, heir.account)).to.equal(false);
      expect(await successor.isSettled(patient.account)).to.equal(false);
    });

    it("is whoever was given it in the old one, as often as it is given on", async () => {
      const { old, now } = await load();
      const { patient, heir, friend } = old;
      for (const [from, to] of [
        [patient, heir],
        [heir, friend],
        [friend, patient],
      ] as const) {
        const { at } = await done(direct.transfer(old, from, patient.account, to));
        expect(await now.consents.controllerOf(patient.account)).to.equal(to.account);
        expect(await now.consents.controlSinceOf(patient.account)).to.equal(stampOf(at));
        expect(await now.consents.speaksFor(patient.account, to.account)).to.equal(true);
        expect(await now.consents.speaksFor(patient.account, from.account)).to.equal(false);
      }
    });

    it("decides which grantee is the patient itself", async () => {
      const { old, now } = await load();
      const { patient, heir } = old;
      await done(direct.transfer(old, patient, patient.account, heir));
      const ask = async (grantee: string) =>
        outcome(await now.consents.decide(request(now.suite, { patient: patient.account, grantee })));
      expect(await ask(heir.account)).to.deep.equal(bare("PermitSelf"));
      expect(await ask(patient.account)).to.deep.equal(bare("NoConsent"));
    });

    for (const route of ROUTES) {
      it(`${route.name}: a key that gave control away in the old one is nobody's, and its heir is heard`, async () => {
        const { old, now } = await load();
        const { patient, heir, friend } = old;
        await done(route.transfer(old, patient, patient.account, heir));
        for (const [verb, args] of sayings(now)) {
          const { sending } = await route.say(now, patient, verb, args);
          await expectError(now, sending, refusalOf(verb), patient.account, patient.account);
        }
        const { sending } = await route.transfer(now, patient, patient.account, friend);
        await expectError(now, sending, "NotControllerOf", patient.account, patient.account);
        for (const [verb, args] of sayings(now)) await done(route.say(now, heir, verb, args));
        await done(route.transfer(now, heir, patient.account, friend));
        expect(await now.consents.controllerOf(patient.account)).to.equal(friend.account);
      });

      it(`${route.name}: a representative who was appointed here lapses when control changes in the old one`, async () => {
        const { old, now } = await load();
        const { patient, heir, spouse, grantee } = old;
        const args = [patient.account, spouse.account, 0n, UNTIL_REVOKED];
        await done(route.say(now, patient, "appointRepresentative", args));
        await done(route.say(now, spouse, "grant", granting(patient.account, grantee, GENERAL)));
        await done(route.transfer(old, patient, patient.account, heir));
        expect(await now.consents.speaksFor(patient.account, spouse.account)).to.equal(false);
        const { sending } = await route.say(now, spouse, "grant", granting(patient.account, grantee, GENERAL));
        await expectError(now, sending, "NotSpeakerFor", patient.account, spouse.account);
      });
    }

    it("does not appoint anybody here who was appointed in the old one", async () => {
      const { old, now } = await load();
      const { patient, spouse } = old;
      await done(
        direct.say(old, patient, "appointRepresentative", [patient.account, spouse.account, 0n, UNTIL_REVOKED]),
      );
      expect(await old.consents.speaksFor(patient.account, spouse.account)).to.equal(true);
      expect(await now.consents.speaksFor(patient.account, spouse.account)).to.equal(false);
    });

    it("a change in the old one ends an appointment of the same block before it, and none after it", async () => {
      const { old, now } = await load();
      const { patient, heir, spouse, friend } = old;
      const at = await nextBlockAt();
      const appoint = (by: typeof patient, who: typeof patient) =>
        now.consents.connect(by.caller).appointRepresentative(patient.account, who.account, 0n, UNTIL_REVOKED, GAS);
      const receipts = await inOneBlock(() => [
        appoint(patient, spouse),
        transferring(old, patient, patient.account, heir, at),
        appoint(heir, friend),
      ]);
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1, 1]);
      expect(await now.consents.speaksFor(patient.account, spouse.account)).to.equal(false);
      expect(await now.consents.speaksFor(patient.account, friend.account)).to.equal(true);
      expect((await now.consents.appointmentOf(patient.account, friend.account)) >> 96n).to.equal(stampOf(at) + 1n);
    });

    it("back with its first key, voids what that signed in its first reign, to the millisecond", async () => {
      const { old, now } = await load();
      const { patient, heir } = old;
      await done(direct.transfer(old, patient, patient.account, heir));
      const { at } = await done(direct.transfer(old, heir, patient.account, patient));
      const since = stampOf(at);
      await nextBlockAt();
      for (const [verb, args] of sayings(now)) {
        const late = deliver(now, stated(now, patient, verb, args, { issuedAt: since }));
        await expectError(now, late, "StatementVoid", since, since);
      }
      for (const [verb, args] of sayings(now)) {
        await (await deliver(now, stated(now, patient, verb, args, { issuedAt: since + 1n }))).wait();
      }
    });

    it("a consent to take it is void that was signed before it changed in the old one", async () => {
      const { old, now } = await load();
      const { patient, heir, friend } = old;
      const { at } = await done(direct.transfer(old, patient, patient.account, heir));
      await nextBlockAt();
      const { acceptance, deadline } = accepted(now, friend, patient.account, stampOf(at));
      const take = (consent: typeof acceptance) =>
        now.consents.connect(heir.caller).transferControl(patient.account, friend.account, deadline, consent);
      await expectError(now, take(acceptance), "StatementVoid", stampOf(at), stampOf(at));
      await (await take(accepted(now, friend, patient.account, stampOf(at) + 1n, deadline).acceptance)).wait();
    });

    describe("of dependents", () => {
      const SALT = id("the first child");

      for (const route of ROUTES) {
        it(`${route.name}: those of the old one are controlled without a word, and not created again`, async () => {
          const { old, now, successor } = await load();
          const { patient, stranger, grantee } = old;
          const child = await old.consents.dependentOf(patient.account, SALT);
          expect(await now.consents.dependentOf(patient.account, SALT)).to.equal(child);
          await done(route.say(old, patient, "createDependent", [SALT]));
          expect(await now.consents.controllerOf(child)).to.equal(patient.account);
          expect(await successor.isSettled(child)).to.equal(false);
          const { sending } = await route.say(now, patient, "createDependent", [SALT]);
          await expectError(now, sending, "DependentExists", child);
          await done(route.say(now, patient, "grant", granting(child, grantee, GENERAL)));
          const stolen = await route.say(now, stranger, "grant", granting(child, grantee, GENERAL));
          await expectError(now, stolen.sending, "NotSpeakerFor", child, stranger.account);
        });

        it(`${route.name}: a parent does not get one back that was handed over in the old one`, async () => {
          const { old, now } = await load();
          const { patient, heir, grantee } = old;
          const child = await old.consents.dependentOf(patient.account, SALT);
          await done(route.say(old, patient, "createDependent", [SALT]));
          await done(route.transfer(old, patient, child, heir));
          const { sending } = await route.say(now, patient, "createDependent", [SALT]);
          await expectError(now, sending, "DependentExists", child);
          const spoken = await route.say(now, patient, "grant", granting(child, grantee, GENERAL));
          await expectError(now, spoken.sending, "NotSpeakerFor", child, patient.account);
          await done(route.say(now, heir, "grant", granting(child, grantee, GENERAL)));
        });

        it(`${route.name}: one that the old one does not know can be created, once, and is this one's alone`, async () => {
          const { old, now, successor } = await load();
          const { patient, heir } = old;
          const child = await old.consents.dependentOf(patient.account, SALT);
          const { sending } = await route.say(now, patient, "createDependent", [SALT]);
          await expect(sending).to.emit(now.consents, "DependentCreated").withArgs(child, patient.account, SALT);
          expect(await now.consents.controllerOf(child)).to.equal(patient.account);
          expect(await now.consents.controlSinceOf(child)).to.equal(0n);
          expect(await successor.isSettled(child)).to.equal(true);
          expect(await old.consents.controllerOf(child)).to.equal(child);
          await done(route.say(old, patient, "createDependent", [SALT]));
          await done(route.transfer(old, patient, child, heir));
          expect(await now.consents.controllerOf(child)).to.equal(patient.account);
          const again = await route.say(now, patient, "createDependent", [SALT]);
          await expectError(now, again.sending, "DependentExists", child);
        });
      }
    });

    it("what is signed for the old one counts for nothing here, nor the other way round", async () => {
      const { old, now } = await load();
      const { patient, heir } = old;
      for (const [here, there] of [
        [now, old],
        [old, now],
      ] as const) {
        for (const [verb, args] of [...sayings(here), ["createDependent", [id("a child")]] as const]) {
          const issuedAt = (await nextBlockAt()) * 1000n;
          const sending = deliver(here, stated(here, patient, verb, args, { issuedAt, place: there.place }));
          await expectError(here, sending, "InvalidSignature", patient.account);
        }
        const astray = { ...here, place: there.place };
        const { sending } = await direct.transfer(astray, patient, patient.account, heir);
        await expectError(here, sending, "InvalidSignature", heir.account);
        const both = await signed.transfer(astray, patient, patient.account, heir);
        await expectError(here, both.sending, "InvalidSignature", patient.account);
      }
    });
  });
}
