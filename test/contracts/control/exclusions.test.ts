import { expect } from "chai";
import { GAS, inOneBlock, networkHelpers, stampOf } from "../chain.js";
import { ALL_CATEGORIES, bitsOf, categories, undefinedBits } from "../codes.js";
import { deliver, direct, done, nextBlockAt, ROUTES, transferring } from "./routes.js";
import { expectError, load, type World } from "./setup.js";
import { stated } from "./stated.js";

describe("PatientControl: what break-glass never opens", () => {
  const [NOTES, PSY] = [categories("NOTES"), categories("PSY")];

  async function exclusions({ consents, patient }: World): Promise<{ excluded: bigint; issuedAt: bigint }> {
    const [excluded, issuedAt] = await consents.exclusionsOf(patient.account);
    return { excluded, issuedAt };
  }

  it("is nothing until the patient says so", async () => {
    expect(await exclusions(await load())).to.deep.equal({ excluded: 0n, issuedAt: 0n });
  });

  for (const route of ROUTES) {
    describe(route.name, () => {
      it("is replaced as a whole: more, less, all, nothing", async () => {
        const world = await load();
        const { consents, patient } = world;
        for (const excluded of [NOTES, NOTES | PSY, PSY, ALL_CATEGORIES, 0n]) {
          const { sending, stamp } = await route.say(world, patient, "setExclusions", [patient.account, excluded]);
          await expect(sending)
            .to.emit(consents, "ExclusionsChanged")
            .withArgs(patient.account, excluded, stamp, patient.account);
          expect(await exclusions(world)).to.deep.equal({ excluded, issuedAt: stamp });
        }
      });

      it("takes every category that is defined, and none that is not", async () => {
        const world = await load();
        const { patient } = world;
        for (const category of bitsOf(ALL_CATEGORIES)) {
          await done(route.say(world, patient, "setExclusions", [patient.account, category]));
        }
        for (const bit of undefinedBits(ALL_CATEGORIES, 64)) {
          const { sending } = await route.say(world, patient, "setExclusions", [patient.account, bit | NOTES]);
          await expectError(world, sending, "InvalidCategories", bit | NOTES);
        }
      });

      it("is the controller's alone", async () => {
        const world = await load();
        const { patient, heir, stranger } = world;
        const args = [patient.account, NOTES];
        const { sending } = await route.say(world, stranger, "setExclusions", args);
        await expectError(world, sending, "NotControllerOf", patient.account, stranger.account);
        await done(direct.transfer(world, patient, patient.account, heir));
        const again = await route.say(world, patient, "setExclusions", args);
        await expectError(world, again.sending, "NotControllerOf", patient.account, patient.account);
        await done(route.say(world, heir, "setExclusions", args));
        expect((await exclusions(world)).excluded).to.equal(NOTES);
      });

      it("outlives a change of control, and the next controller's word wins", async () => {
        const world = await load();
        const { patient, heir } = world;
        await done(route.say(world, patient, "setExclusions", [patient.account, NOTES | PSY]));
        await done(direct.transfer(world, patient, patient.account, heir));
        expect((await exclusions(world)).excluded).to.equal(NOTES | PSY);
        await done(route.say(world, heir, "setExclusions", [patient.account, PSY]));
        expect((await exclusions(world)).excluded).to.equal(PSY);
      });
    });
  }

  it("an older signed word, delivered late or again, is skipped without an event and without failing", async () => {
    const world = await load();
    const { consents, patient } = world;
    const issuedAt = (await nextBlockAt()) * 1000n;
    const older = stated(world, patient, "setExclusions", [patient.account, NOTES], { issuedAt });
    const newer = stated(world, patient, "setExclusions", [patient.account, PSY], { issuedAt: issuedAt + 1n });
    await deliver(world, newer);
    for (const delivery of [older, newer, older]) {
      await expect(deliver(world, delivery)).not.to.emit(consents, "ExclusionsChanged");
    }
    expect(await exclusions(world)).to.deep.equal({ excluded: PSY, issuedAt: issuedAt + 1n });
  });

  it("of two signed words of one millisecond both exclude, in either order; a subset changes nothing", async () => {
    for (const [first, second] of [
      [NOTES, PSY],
      [PSY, NOTES],
      [PSY | NOTES, NOTES],
      [0n, PSY | NOTES],
    ] as const) {
      const world = await load();
      const { consents, patient } = world;
      const issuedAt = (await nextBlockAt()) * 1000n;
      const say = (excluded: bigint) =>
        deliver(world, stated(world, patient, "setExclusions", [patient.account, excluded], { issuedAt }));
      await say(first);
      const sending = say(second);
      if ((first | second) === first) await expect(sending).not.to.emit(consents, "ExclusionsChanged");
      else
        await expect(sending)
          .to.emit(consents, "ExclusionsChanged")
          .withArgs(patient.account, PSY | NOTES, issuedAt, patient.account);
      expect(await exclusions(world)).to.deep.equal({ excluded: PSY | NOTES, issuedAt });
    }
  });

  it("a signed word of the last millisecond of a second joins what was said directly in it", async () => {
    const world = await load();
    const { patient } = world;
    const { stamp } = await done(direct.say(world, patient, "setExclusions", [patient.account, NOTES]));
    const before = stated(world, patient, "setExclusions", [patient.account, 0n], { issuedAt: stamp - 1n });
    await deliver(world, before);
    expect(await exclusions(world)).to.deep.equal({ excluded: NOTES, issuedAt: stamp });
    await deliver(world, stated(world, patient, "setExclusions", [patient.account, PSY], { issuedAt: stamp }));
    expect(await exclusions(world)).to.deep.equal({ excluded: NOTES | PSY, issuedAt: stamp });
    await deliver(world, stated(world, patient, "setExclusions", [patient.account, 0n], { issuedAt: stamp + 1n }));
    expect(await exclusions(world)).to.deep.equal({ excluded: 0n, issuedAt: stamp + 1n });
  });

  it("direct words of one block: the last is what stands, and one that changes nothing has no event", async () => {
    const world = await load();
    const { consents, patient } = world;
    const own = consents.connect(patient.caller);
    const at = await nextBlockAt();
    const receipts = await inOneBlock(() =>
      [NOTES, PSY, PSY].map((excluded) => own.setExclusions(patient.account, excluded, GAS)),
    );
    expect(receipts.map(({ logs }) => logs.length)).to.deep.equal([1, 1, 0]);
    expect(await exclusions(world)).to.deep.equal({ excluded: PSY, issuedAt: stampOf(at) });
  });

  it("what the old controller signed and nobody delivered is void, and the new one's word of that block comes after it", async () => {
    const world = await load();
    const { consents, patient, heir } = world;
    const at = await nextBlockAt();
    const old = stated(world, patient, "setExclusions", [patient.account, 0n], { issuedAt: stampOf(at) - 1n });
    const receipts = await inOneBlock(() => [
      consents.connect(patient.caller).setExclusions(patient.account, PSY, GAS),
      transferring(world, patient, patient.account, heir, at),
      consents.connect(heir.caller).setExclusions(patient.account, NOTES, GAS),
    ]);
    expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1, 1]);
    expect(await exclusions(world)).to.deep.equal({ excluded: NOTES, issuedAt: stampOf(at) + 1n });
    await networkHelpers.mine();
    await expectError(world, deliver(world, old), "StatementVoid", old.signed.issuedAt, stampOf(at));
  });
});
