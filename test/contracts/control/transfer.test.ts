import { expect } from "chai";
import { inOneBlock, GAS, stampOf } from "../chain.js";
import { GENERAL, NOBODY, pack } from "../words.js";
import { deliver, direct, done, nextBlockAt, ROUTES } from "./routes.js";
import { load, type World } from "./setup.js";
import { accepted, DAY, granting, stated, transferred, WEEK } from "./stated.js";
import { voiceFor } from "./signing.js";

describe("PatientControl: transfer of control", () => {
  it("an address controls itself until control changes", async () => {
    const { consents, patient, heir } = await load();
    expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
    expect(await consents.controlSinceOf(patient.account)).to.equal(0n);
    expect(await consents.speaksFor(patient.account, patient.account)).to.equal(true);
    expect(await consents.speaksFor(patient.account, heir.account)).to.equal(false);
    expect(await consents.speaksFor(heir.account, patient.account)).to.equal(false);
  });

  for (const route of ROUTES) {
    describe(route.name, () => {
      it("puts the one who agreed in control, at once and alone", async () => {
        const world = await load();
        const { consents, patient, heir } = world;
        const { sending, at } = await route.transfer(world, patient, patient.account, heir);
        await expect(sending)
          .to.emit(consents, "ControlTransferred")
          .withArgs(patient.account, heir.account, stampOf(at), patient.account);
        expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
        expect(await consents.controlSinceOf(patient.account)).to.equal(stampOf(at));
        expect(await consents.speaksFor(patient.account, heir.account)).to.equal(true);
        expect(await consents.speaksFor(patient.account, patient.account)).to.equal(false);
      });

      it("refuses the zero address and who controls already", async () => {
        const world = await load();
        const { consents, patient, heir } = world;
        const nobody = voiceFor(NOBODY, heir);
        for (const to of [nobody, patient]) {
          const { sending } = await route.transfer(world, patient, patient.account, to);
          await expect(sending)
            .to.be.revertedWithCustomError(consents, "InvalidController")
            .withArgs(patient.account, to.account);
        }
        await done(route.transfer(world, patient, patient.account, heir));
        const { sending } = await route.transfer(world, heir, patient.account, heir);
        await expect(sending)
          .to.be.revertedWithCustomError(consents, "InvalidController")
          .withArgs(patient.account, heir.account);
      });

      it("is nobody else's to do: not a stranger's, a representative's, the new controller's or the old one's", async () => {
        const world = await load();
        const { consents, patient, heir, spouse, friend, stranger } = world;
        const until = (await nextBlockAt()) + WEEK;
        await done(direct.say(world, patient, "appointRepresentative", [patient.account, spouse.account, 0n, until]));
        const tries = [stranger, spouse, heir];
        for (const by of tries) {
          const { sending } = await route.transfer(world, by, patient.account, heir);
          await expect(sending)
            .to.be.revertedWithCustomError(consents, "NotControllerOf")
            .withArgs(patient.account, by.account);
        }
        await done(route.transfer(world, patient, patient.account, heir));
        const { sending } = await route.transfer(world, patient, patient.account, friend);
        await expect(sending)
          .to.be.revertedWithCustomError(consents, "NotControllerOf")
          .withArgs(patient.account, patient.account);
      });

      it("needs an acceptance by the new controller itself", async () => {
        const world = await load();
        const { consents, patient, heir, friend } = world;
        const { sending } = await route.transfer(world, patient, patient.account, voiceFor(heir.account, friend));
        await expect(sending).to.be.revertedWithCustomError(consents, "InvalidSignature").withArgs(heir.account);
      });

      it("can go on to a third key and back, each time after a new agreement", async () => {
        const world = await load();
        const { consents, patient, heir, friend } = world;
        await done(route.transfer(world, patient, patient.account, heir));
        await done(route.transfer(world, heir, patient.account, friend));
        const { at } = await done(route.transfer(world, friend, patient.account, patient));
        expect(await consents.controllerOf(patient.account)).to.equal(patient.account);
        expect(await consents.controlSinceOf(patient.account)).to.equal(stampOf(at));
        expect(await consents.speaksFor(patient.account, patient.account)).to.equal(true);
        expect(await consents.speaksFor(patient.account, heir.account)).to.equal(false);
      });

      it("leaves what was granted, revoked and excluded as it is", async () => {
        const world = await load();
        const { consents, patient, heir, grantee } = world;
        const { stamp } = await done(direct.say(world, patient, "grant", granting(patient.account, grantee, GENERAL)));
        await done(direct.say(world, patient, "setExclusions", [patient.account, 3n]));
        await done(direct.say(world, patient, "revokeAll", [patient.account]));
        const before = await state(world);
        await done(route.transfer(world, patient, patient.account, heir));
        expect(await state(world)).to.deep.equal(before);
        expect((await consents.termsOf(patient.account, grantee, GENERAL)) >> 200n).to.equal(stamp);
      });

      it("of one patient means no other, not even who controls the same way", async () => {
        const world = await load();
        const { consents, patient, otherPatient, heir } = world;
        await done(route.transfer(world, patient, patient.account, heir));
        expect(await consents.controllerOf(otherPatient.account)).to.equal(otherPatient.account);
        const { sending } = await route.transfer(world, patient, otherPatient.account, heir);
        await expect(sending)
          .to.be.revertedWithCustomError(consents, "NotControllerOf")
          .withArgs(otherPatient.account, patient.account);
      });

      it("of a controller's own identity does not move whom that one controls", async () => {
        const world = await load();
        const { consents, patient, heir, friend } = world;
        await done(route.transfer(world, patient, patient.account, heir));
        await done(route.transfer(world, heir, heir.account, friend));
        expect(await consents.controllerOf(heir.account)).to.equal(friend.account);
        expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
        expect(await consents.speaksFor(patient.account, friend.account)).to.equal(false);
      });
    });
  }

  describe("the acceptance", () => {
    async function transferWith(
      world: World,
      changes: Partial<{ issuedAt: bigint; deadline: bigint; patient: string }>,
    ) {
      const { consents, patient, heir } = world;
      const at = await nextBlockAt();
      const { issuedAt = at * 1000n, deadline = issuedAt / 1000n + DAY, patient: whose = patient.account } = changes;
      const { acceptance } = accepted(world, heir, whose, issuedAt, deadline);
      return consents.connect(patient.caller).transferControl(patient.account, heir.account, deadline, acceptance);
    }

    it("can be from the last millisecond but one of the block's second, no later", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const at = await nextBlockAt();
      await expect(transferWith(world, { issuedAt: stampOf(at) }))
        .to.be.revertedWithCustomError(consents, "TooSoon")
        .withArgs(stampOf(at), stampOf(at) - 1n);
      await transferWith(world, { issuedAt: stampOf(at) - 1n });
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("can be delivered in the second of its deadline, no later", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const at = await nextBlockAt();
      await expect(transferWith(world, { issuedAt: at * 1000n, deadline: at - 1n }))
        .to.be.revertedWithCustomError(consents, "DeadlinePassed")
        .withArgs(at - 1n);
      await transferWith(world, { issuedAt: at * 1000n, deadline: at });
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("has a deadline of seven days after its stamp at most, to the millisecond", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const at = await nextBlockAt();
      const deadline = at + WEEK;
      await expect(transferWith(world, { issuedAt: at * 1000n - 1n, deadline }))
        .to.be.revertedWithCustomError(consents, "DeadlineTooFar")
        .withArgs(at * 1000n - 1n, deadline);
      await transferWith(world, { issuedAt: at * 1000n, deadline });
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("is of somebody else than the new controller: refused", async () => {
      const world = await load();
      const { consents, patient, heir, friend } = world;
      const { acceptance, deadline } = accepted(world, heir, patient.account, (await nextBlockAt()) * 1000n);
      await expect(
        consents.connect(patient.caller).transferControl(patient.account, friend.account, deadline, acceptance),
      )
        .to.be.revertedWithCustomError(consents, "NotAcceptedBy")
        .withArgs(patient.account, friend.account);
    });

    it("is for another patient, or with another deadline: refused", async () => {
      const world = await load();
      const { consents, patient, otherPatient, heir } = world;
      await expect(transferWith(world, { patient: otherPatient.account }))
        .to.be.revertedWithCustomError(consents, "InvalidSignature")
        .withArgs(heir.account);
      const { acceptance, deadline } = accepted(world, heir, patient.account, (await nextBlockAt()) * 1000n);
      for (const other of [deadline - 1n, deadline - DAY]) {
        await expect(consents.connect(patient.caller).transferControl(patient.account, heir.account, other, acceptance))
          .to.be.revertedWithCustomError(consents, "InvalidSignature")
          .withArgs(heir.account);
      }
    });

    it("from before the last change of control is void: nobody is taken back by an old agreement", async () => {
      const world = await load();
      const { consents, patient, heir, friend } = world;
      const { acceptance, deadline } = accepted(world, heir, patient.account, (await nextBlockAt()) * 1000n);
      await consents.connect(patient.caller).transferControl(patient.account, heir.account, deadline, acceptance);
      const { at } = await done(direct.transfer(world, heir, patient.account, friend));
      await expect(consents.connect(friend.caller).transferControl(patient.account, heir.account, deadline, acceptance))
        .to.be.revertedWithCustomError(consents, "StatementVoid")
        .withArgs(acceptance.issuedAt, stampOf(at));
    });

    it("must be newer than the last change by a millisecond at least", async () => {
      const world = await load();
      const { consents, patient, heir, friend } = world;
      const { at } = await done(direct.transfer(world, patient, patient.account, friend));
      const send = (issuedAt: bigint) => {
        const { acceptance, deadline } = accepted(world, heir, patient.account, issuedAt);
        return consents.connect(friend.caller).transferControl(patient.account, heir.account, deadline, acceptance);
      };
      await expect(send(stampOf(at)))
        .to.be.revertedWithCustomError(consents, "StatementVoid")
        .withArgs(stampOf(at), stampOf(at));
      await send(stampOf(at) + 1n);
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });
  });

  describe("the signatures of a signed transfer", () => {
    it("do not work again, neither together nor one of them", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const first = transferred(world, patient, patient.account, heir, (await nextBlockAt()) * 1000n);
      await deliver(world, first);
      const since = await consents.controlSinceOf(patient.account);
      await expect(deliver(world, first))
        .to.be.revertedWithCustomError(consents, "StatementVoid")
        .withArgs(first.signed.issuedAt, since);
      await done(direct.transfer(world, heir, patient.account, patient));
      const sinceBack = await consents.controlSinceOf(patient.account);
      await expect(deliver(world, first))
        .to.be.revertedWithCustomError(consents, "StatementVoid")
        .withArgs(first.signed.issuedAt, sinceBack);
    });

    it("may be of different times under one deadline", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const at = await nextBlockAt();
      const deadline = at + DAY;
      const { acceptance } = accepted(world, heir, patient.account, (at - 3n * DAY) * 1000n, deadline);
      const args = [patient.account, heir.account];
      const issuedAt = at * 1000n;
      await deliver(world, stated(world, patient, "transferControl", args, { issuedAt, deadline }, acceptance));
      expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
    });

    it("cannot take each other's place", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      const issuedAt = (await nextBlockAt()) * 1000n;
      const { args, signed, deadline } = transferred(world, patient, patient.account, heir, issuedAt);
      const [acceptance] = args.slice(-2) as [typeof signed];
      const transfer = consents.connect(world.relayer).transferControlBySig;
      await expect(transfer(patient.account, heir.account, deadline, signed, signed))
        .to.be.revertedWithCustomError(consents, "NotAcceptedBy")
        .withArgs(patient.account, heir.account);
      await expect(transfer(patient.account, heir.account, deadline, acceptance, acceptance))
        .to.be.revertedWithCustomError(consents, "NotControllerOf")
        .withArgs(patient.account, heir.account);
      const swapped = { ...signed, signature: acceptance.signature };
      await expect(transfer(patient.account, heir.account, deadline, acceptance, swapped))
        .to.be.revertedWithCustomError(consents, "InvalidSignature")
        .withArgs(patient.account);
      const swappedBack = { ...acceptance, signature: signed.signature };
      await expect(transfer(patient.account, heir.account, deadline, swappedBack, signed))
        .to.be.revertedWithCustomError(consents, "InvalidSignature")
        .withArgs(heir.account);
    });
  });

  it("control passes once in a block at most: a second agreement is not from before, or from the future", async () => {
    const world = await load();
    const { consents, patient, heir, friend } = world;
    const at = await nextBlockAt();
    const first = accepted(world, heir, patient.account, at * 1000n);
    const second = accepted(world, friend, patient.account, stampOf(at) - 1n);
    const receipts = await inOneBlock(() => [
      consents
        .connect(patient.caller)
        .transferControl(patient.account, heir.account, first.deadline, first.acceptance, GAS),
      consents
        .connect(heir.caller)
        .transferControl(patient.account, friend.account, second.deadline, second.acceptance, GAS),
    ]);
    expect(receipts.map(({ status }) => status)).to.deep.equal([1, 0]);
    expect(await consents.controllerOf(patient.account)).to.equal(heir.account);
  });

  describe("the key that lost control", () => {
    it("can neither grant nor revoke, directly or by a signature of before or after", async () => {
      const world = await load();
      const { consents, patient, heir, grantee } = world;
      const args = granting(patient.account, grantee, GENERAL);
      const before = { issuedAt: (await nextBlockAt()) * 1000n };
      const revocation = [patient.account, [{ grantee, scope: GENERAL }]];
      const all = [patient.account];
      const old = [
        stated(world, patient, "grant", args, before),
        stated(world, patient, "revoke", revocation, before),
        stated(world, patient, "revokeAll", all, before),
      ];
      const { at } = await done(direct.transfer(world, patient, patient.account, heir));
      for (const delivery of old) {
        await expect(deliver(world, delivery))
          .to.be.revertedWithCustomError(consents, "StatementVoid")
          .withArgs(before.issuedAt, stampOf(at));
      }
      for (const route of ROUTES) {
        for (const [verb, said] of [
          ["grant", args],
          ["revoke", revocation],
          ["revokeAll", all],
        ] as const) {
          const { sending } = await route.say(world, patient, verb, said);
          await expect(sending)
            .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
            .withArgs(patient.account, patient.account);
        }
      }
      expect(await consents.termsOf(patient.account, grantee, GENERAL)).to.equal(0n);
    });

    it("speaks again if control comes back, but nothing that it signed before does", async () => {
      const world = await load();
      const { consents, patient, heir, grantee } = world;
      const args = granting(patient.account, grantee, GENERAL);
      const first = stated(world, patient, "grant", args, { issuedAt: (await nextBlockAt()) * 1000n });
      await done(direct.transfer(world, patient, patient.account, heir));
      const between = stated(world, patient, "grant", args, { issuedAt: (await nextBlockAt()) * 1000n });
      const { at } = await done(direct.transfer(world, heir, patient.account, patient));
      for (const delivery of [first, between]) {
        await expect(deliver(world, delivery))
          .to.be.revertedWithCustomError(consents, "StatementVoid")
          .withArgs(delivery.signed.issuedAt, stampOf(at));
      }
      const { stamp } = await done(ROUTES[1].say(world, patient, "grant", args));
      const terms = pack({ purposes: 0x3fn, issuedAt: stamp });
      expect((await consents.termsOf(patient.account, grantee, GENERAL)) >> 200n).to.equal(terms >> 200n);
    });

    it("cannot be a grantee: the patient's own address is nobody's word but the controller's", async () => {
      const world = await load();
      const { consents, patient, heir } = world;
      await done(direct.transfer(world, patient, patient.account, heir));
      const { sending } = await direct.say(world, heir, "grant", granting(patient.account, patient.account, GENERAL));
      await expect(sending)
        .to.be.revertedWithCustomError(consents, "InvalidGrantee")
        .withArgs(patient.account, patient.account);
    });
  });

  it("the new controller's direct words are stamped as of now and win over all that the old one said", async () => {
    const world = await load();
    const { consents, patient, heir, grantee } = world;
    await done(direct.say(world, patient, "grant", granting(patient.account, grantee, GENERAL)));
    const { at } = await done(direct.transfer(world, patient, patient.account, heir));
    const issuedAt = stampOf(at) + 1n;
    const revocation = [patient.account, [{ grantee, scope: GENERAL }]];
    await nextBlockAt();
    await deliver(world, stated(world, heir, "revoke", revocation, { issuedAt }));
    expect(await consents.termsOf(patient.account, grantee, GENERAL)).to.equal(issuedAt << 200n);
  });

  async function state({ consents, patient, grantee }: World) {
    return {
      terms: await consents.termsOf(patient.account, grantee, GENERAL),
      voidBefore: await consents.voidBeforeOf(patient.account),
      exclusions: [...(await consents.exclusionsOf(patient.account))],
    };
  }
});
