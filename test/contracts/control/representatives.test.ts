import { expect } from "chai";
import { ethers, GAS, inOneBlock, networkHelpers, stampOf } from "../chain.js";
import { GENERAL, NOBODY, UNTIL_REVOKED } from "../words.js";
import { deliver, direct, done, nextBlockAt, type Route, ROUTES, signed, transferring } from "./routes.js";
import { appointment, expectError, load, type Person, waitUntil, type World } from "./setup.js";
import { DAY, granting, stated } from "./stated.js";

describe("PatientControl: representatives", () => {
  /** For a year from the next block on. */
  async function appoint(world: World, by: Person = world.patient, who: Person = world.spouse, route: Route = direct) {
    const at = await nextBlockAt();
    const [since, until] = [at, at + 365n * DAY];
    return {
      ...(await done(
        route.say(world, by, "appointRepresentative", [world.patient.account, who.account, since, until], at),
      )),
      since,
      until,
    };
  }

  function word(world: World, verb: "grant" | "revoke" | "revokeAll") {
    const { patient, grantee } = world;
    if (verb === "grant") return granting(patient.account, grantee, GENERAL);
    return verb === "revoke" ? [patient.account, [{ grantee, scope: GENERAL }]] : [patient.account];
  }

  for (const route of ROUTES) {
    describe(route.name, () => {
      it("appoints from one second to another", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        const at = await nextBlockAt();
        const [since, until] = [at + 100n, at + 200n];
        const said = await route.say(world, patient, "appointRepresentative", [
          patient.account,
          spouse.account,
          since,
          until,
        ]);
        const stored = appointment(since, until, said.stamp);
        await expect(said.sending)
          .to.emit(consents, "RepresentativeChanged")
          .withArgs(patient.account, spouse.account, stored, patient.account);
        expect(await consents.appointmentOf(patient.account, spouse.account)).to.equal(stored);
        for (const [second, speaks] of [
          [since - 1n, false],
          [since, true],
          [until - 1n, true],
          [until, false],
        ] as const) {
          await waitUntil(second);
          expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(speaks);
        }
        expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
      });

      it("appoints at once and for ever", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        const args = [patient.account, spouse.account, 0n, UNTIL_REVOKED];
        await done(route.say(world, patient, "appointRepresentative", args));
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(true);
      });

      it("refuses the zero address, and a period that ends before or when it starts", async () => {
        const world = await load();
        const { patient, spouse } = world;
        const say = (who: string, since: bigint, until: bigint) =>
          route.say(world, patient, "appointRepresentative", [patient.account, who, since, until]);
        const { sending } = await say(NOBODY, 0n, UNTIL_REVOKED);
        await expectError(world, sending, "InvalidRepresentative", patient.account, NOBODY);
        for (const [since, until] of [
          [0n, 0n],
          [7n, 7n],
          [8n, 7n],
        ] as const) {
          const { sending } = await say(spouse.account, since, until);
          await expectError(world, sending, "InvalidPeriod", since, until);
        }
        await done(say(spouse.account, 6n, 7n));
      });

      it("replaces an appointment, to a longer or a shorter one", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        for (const until of [UNTIL_REVOKED, 1n, UNTIL_REVOKED - 1n]) {
          const args = [patient.account, spouse.account, 0n, until];
          const { stamp } = await done(route.say(world, patient, "appointRepresentative", args));
          expect(await consents.appointmentOf(patient.account, spouse.account)).to.equal(appointment(0n, until, stamp));
          expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(until !== 1n);
        }
      });

      it("dismisses, at once", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        await appoint(world);
        const said = await route.say(world, patient, "dismissRepresentative", [patient.account, spouse.account]);
        const stored = appointment(0n, 0n, said.stamp);
        await expect(said.sending)
          .to.emit(consents, "RepresentativeChanged")
          .withArgs(patient.account, spouse.account, stored, patient.account);
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(false);
        expect(await consents.appointmentOf(patient.account, spouse.account)).to.equal(stored);
      });

      it("dismisses who was never appointed, so that what was signed before stays without effect", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        const args = [patient.account, spouse.account, 0n, UNTIL_REVOKED];
        const issuedAt = (await nextBlockAt()) * 1000n;
        const heldBack = stated(world, patient, "appointRepresentative", args, { issuedAt });
        await networkHelpers.mine();
        await done(route.say(world, patient, "dismissRepresentative", args.slice(0, 2)));
        await expect(deliver(world, heldBack)).not.to.emit(consents, "RepresentativeChanged");
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(false);
      });

      it("is the controller's alone, also the dismissal", async () => {
        const world = await load();
        const { consents, patient, spouse, friend, stranger, heir } = world;
        await appoint(world);
        const both = [
          ["appointRepresentative", [patient.account, friend.account, 0n, UNTIL_REVOKED]],
          ["dismissRepresentative", [patient.account, spouse.account]],
        ] as const;
        for (const by of [spouse, friend, stranger]) {
          for (const [verb, args] of both) {
            const { sending } = await route.say(world, by, verb, args);
            await expectError(world, sending, "NotControllerOf", patient.account, by.account);
          }
        }
        await done(direct.transfer(world, patient, patient.account, heir));
        for (const [verb, args] of both) {
          const { sending } = await route.say(world, patient, verb, args);
          await expectError(world, sending, "NotControllerOf", patient.account, patient.account);
          await done(route.say(world, heir, verb, args));
        }
        expect(await consents.speaksFor(patient.account, friend.account)).to.equal(true);
      });

      it("lets a representative grant and revoke, in its own name", async () => {
        const world = await load();
        const { consents, patient, spouse, grantee } = world;
        await appoint(world);
        const granted = await route.say(world, spouse, "grant", word(world, "grant"));
        await expect(granted.sending).to.emit(consents, "ConsentGranted");
        expect((await consents.termsOf(patient.account, grantee, GENERAL)) >> 200n).to.equal(granted.stamp);
        const revoked = await route.say(world, spouse, "revoke", word(world, "revoke"));
        await expect(revoked.sending)
          .to.emit(consents, "ConsentRevoked")
          .withArgs(patient.account, grantee, GENERAL, revoked.stamp, spouse.account);
        const all = await route.say(world, spouse, "revokeAll", word(world, "revokeAll"));
        await expect(all.sending).to.emit(consents, "AllRevoked").withArgs(patient.account, all.stamp, spouse.account);
      });

      it("lets it touch nothing else: not control, exclusions, guardians, appointments or a recovery", async () => {
        const world = await load();
        const { patient, spouse } = world;
        await appoint(world);
        const commitment = ethers.id("whoever");
        for (const [verb, args] of [
          ["appointRepresentative", [patient.account, spouse.account, 0n, UNTIL_REVOKED]],
          ["dismissRepresentative", [patient.account, spouse.account]],
          ["setExclusions", [patient.account, 0n]],
          ["setGuardians", [patient.account, commitment, DAY]],
          ["cancelRecovery", [patient.account]],
        ] as const) {
          const { sending } = await route.say(world, spouse, verb, args);
          await expectError(world, sending, "NotControllerOf", patient.account, spouse.account);
        }
        const { sending } = await route.transfer(world, spouse, patient.account, spouse);
        await expectError(world, sending, "NotControllerOf", patient.account, spouse.account);
      });

      it("lets nobody speak before the start, from the end on, or after a dismissal; a withdrawal neither", async () => {
        const world = await load();
        const { patient, spouse } = world;
        const at = await nextBlockAt();
        const [since, until] = [at + 100n, at + 200n];
        await done(
          direct.say(world, patient, "appointRepresentative", [patient.account, spouse.account, since, until], at),
        );
        const verbs = ["grant", "revoke", "revokeAll"] as const;
        const expectSilent = async (second?: bigint) => {
          for (const verb of verbs) {
            const { sending } = await route.say(world, spouse, verb, word(world, verb), second);
            await expectError(world, sending, "NotSpeakerFor", patient.account, spouse.account);
          }
        };
        await expectSilent(since - 1n);
        for (const [i, verb] of verbs.entries()) {
          await done(route.say(world, spouse, verb, word(world, verb), since + BigInt(i)));
        }
        await done(route.say(world, spouse, "revoke", word(world, "revoke"), until - 1n));
        await expectSilent(until);
        await appoint(world);
        await done(direct.say(world, patient, "dismissRepresentative", [patient.account, spouse.account]));
        await expectSilent();
      });

      it("ends with control: whoever comes next has to appoint anew", async () => {
        const world = await load();
        const { consents, patient, heir, spouse } = world;
        await appoint(world);
        const { at } = await done(route.transfer(world, patient, patient.account, heir));
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(false);
        for (const verb of ["grant", "revoke", "revokeAll"] as const) {
          const { sending } = await route.say(world, spouse, verb, word(world, verb));
          await expectError(world, sending, "NotSpeakerFor", patient.account, spouse.account);
        }
        const { stamp } = await appoint(world, heir, spouse, route);
        expect(stamp > stampOf(at)).to.equal(true);
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(true);
      });

      it("does not come back with a key that comes back", async () => {
        const world = await load();
        const { consents, patient, heir, spouse } = world;
        await appoint(world);
        await done(route.transfer(world, patient, patient.account, heir));
        await done(route.transfer(world, heir, patient.account, patient));
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(false);
      });

      it("is of one patient: not of another, nor of whom the representative controls", async () => {
        const world = await load();
        const { consents, patient, otherPatient, spouse, heir } = world;
        await appoint(world, patient, spouse, route);
        expect(await consents.speaksFor(otherPatient.account, spouse.account)).to.equal(false);
        await done(route.transfer(world, spouse, spouse.account, heir));
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(true);
        expect(await consents.speaksFor(patient.account, heir.account)).to.equal(false);
      });
    });
  }

  describe("a representative's signature", () => {
    it("must be newer than the appointment, by a millisecond at least", async () => {
      const world = await load();
      const { consents, patient, spouse } = world;
      const args = [patient.account, spouse.account, 0n, UNTIL_REVOKED];
      const { stamp } = await done(signed.say(world, patient, "appointRepresentative", args));
      for (const verb of ["grant", "revoke", "revokeAll"] as const) {
        const old = stated(world, spouse, verb, word(world, verb), { issuedAt: stamp });
        await expectError(world, deliver(world, old), "NotSpeakerFor", patient.account, spouse.account);
      }
      const next = stated(world, spouse, "revokeAll", word(world, "revokeAll"), { issuedAt: stamp + 1n });
      await expect(deliver(world, next)).to.emit(consents, "AllRevoked");
    });

    it("from before a renewal is void, as from before the first appointment", async () => {
      const world = await load();
      const { patient, spouse } = world;
      const { at } = await appoint(world);
      const between = stated(world, spouse, "grant", word(world, "grant"), { issuedAt: stampOf(at) + 1n });
      await appoint(world);
      await expectError(world, deliver(world, between), "NotSpeakerFor", patient.account, spouse.account);
    });

    it("from before the last change of control is void, even for who was appointed anew", async () => {
      const world = await load();
      const { patient, heir, spouse } = world;
      await appoint(world);
      const old = stated(world, spouse, "grant", word(world, "grant"), { issuedAt: (await nextBlockAt()) * 1000n });
      const { at } = await done(direct.transfer(world, patient, patient.account, heir));
      await appoint(world, heir);
      await expectError(world, deliver(world, old), "StatementVoid", old.signed.issuedAt, stampOf(at));
    });

    it("says nothing for another patient who appointed the same representative", async () => {
      const world = await load();
      const { patient, otherPatient, spouse, grantee } = world;
      for (const by of [patient, otherPatient]) {
        const args = [by.account, spouse.account, 0n, UNTIL_REVOKED];
        await done(direct.say(world, by, "appointRepresentative", args));
      }
      const issuedAt = (await nextBlockAt()) * 1000n;
      const said = stated(world, spouse, "revoke", word(world, "revoke"), { issuedAt });
      const elsewhere = [otherPatient.account, [{ grantee, scope: GENERAL }], said.signed];
      await expectError(world, deliver(world, { ...said, args: elsewhere }), "InvalidSignature", spouse.account);
    });

    it("stands when the representative is dismissed later, if it was delivered before", async () => {
      const world = await load();
      const { consents, patient, spouse, grantee } = world;
      await appoint(world);
      await done(signed.say(world, spouse, "grant", word(world, "grant")));
      const before = await consents.termsOf(patient.account, grantee, GENERAL);
      await done(direct.say(world, patient, "dismissRepresentative", [patient.account, spouse.account]));
      expect(await consents.termsOf(patient.account, grantee, GENERAL)).to.equal(before);
    });

    it("and the patient's are of one order: the last word wins, whoever said it", async () => {
      const world = await load();
      const { consents, patient, spouse, grantee } = world;
      const { at } = await appoint(world);
      const issuedAt = stampOf(at) + 1n;
      await nextBlockAt();
      const grantedByPatient = stated(world, patient, "grant", word(world, "grant"), { issuedAt });
      const revokedBySpouse = stated(world, spouse, "revoke", word(world, "revoke"), { issuedAt: issuedAt + 1n });
      await deliver(world, revokedBySpouse);
      await deliver(world, grantedByPatient);
      expect(await consents.termsOf(patient.account, grantee, GENERAL)).to.equal((issuedAt + 1n) << 200n);
    });
  });

  describe("one appointed by an ousted key", () => {
    it("does not speak, though its appointment is delivered after the change", async () => {
      const world = await load();
      const { patient, heir, thief, spouse } = world;
      const args = [patient.account, thief.account, 0n, UNTIL_REVOKED];
      const issuedAt = (await nextBlockAt()) * 1000n;
      const old = stated(world, patient, "appointRepresentative", args, { issuedAt });
      const { at } = await done(direct.transfer(world, patient, patient.account, heir));
      await expectError(world, deliver(world, old), "StatementVoid", issuedAt, stampOf(at));
      const { sending } = await direct.say(world, patient, "appointRepresentative", [
        patient.account,
        spouse.account,
        0n,
        UNTIL_REVOKED,
      ]);
      await expectError(world, sending, "NotControllerOf", patient.account, patient.account);
    });

    it("does not speak when it was appointed in the very block of the change, before it", async () => {
      const world = await load();
      const { consents, patient, heir, thief, spouse } = world;
      const at = await nextBlockAt();
      const receipts = await inOneBlock(() => [
        consents.connect(patient.caller).appointRepresentative(patient.account, thief.account, 0n, UNTIL_REVOKED, GAS),
        transferring(world, patient, patient.account, heir, at),
        consents.connect(heir.caller).appointRepresentative(patient.account, spouse.account, 0n, UNTIL_REVOKED, GAS),
      ]);
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1, 1]);
      expect(await consents.speaksFor(patient.account, thief.account)).to.equal(false);
      expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(true);
      expect(await consents.appointmentOf(patient.account, spouse.account)).to.equal(
        appointment(0n, UNTIL_REVOKED, stampOf(at) + 1n),
      );
    });
  });

  it("a controller may appoint itself, which changes nothing while it is in control", async () => {
    const world = await load();
    const { consents, patient, heir } = world;
    await appoint(world, patient, patient);
    await done(direct.say(world, patient, "dismissRepresentative", [patient.account, patient.account]));
    expect(await consents.speaksFor(patient.account, patient.account)).to.equal(true);
    await appoint(world, patient, patient);
    await done(direct.transfer(world, patient, patient.account, heir));
    expect(await consents.speaksFor(patient.account, patient.account)).to.equal(false);
  });
});
