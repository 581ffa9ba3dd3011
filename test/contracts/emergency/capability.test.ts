import { expect } from "chai";
import { time } from "../chain.js";
import { ALL_CATEGORIES, undefinedBits } from "../codes.js";
import { nextBlockAt } from "../control/routes.js";
import { entry, YEAR } from "../fixtures.js";
import { Ability, ANY_PROVIDER, NOBODY } from "../words.js";
import { breakGlass, broken, decide, expectRefused, LABS, load, NOTES, opened, REASON, stored } from "./setup.js";

describe("Break-glass: who may", () => {
  it("a provider with the capability, by its own key", async () => {
    const world = await load();
    const { consents, signers } = world;
    const { at, sending } = await breakGlass(world);
    await expect(sending)
      .to.emit(consents, "GlassBroken")
      .withArgs(signers.patient, signers.clinic, opened(at), REASON, signers.clinic);
    expect((await (await sending).wait())!.logs).to.have.length(1);
    expect(await stored(world)).to.equal(opened(at));
    expect((await decide(world)).decision).to.equal("PermitEmergency");
  });

  it("its member with that ability, in its name", async () => {
    const world = await load();
    const { consents, signers } = world;
    const { at, sending } = await breakGlass(world, { by: signers.member });
    await expect(sending)
      .to.emit(consents, "GlassBroken")
      .withArgs(signers.patient, signers.clinic, opened(at), REASON, signers.member);
    expect((await decide(world)).decision).to.equal("PermitEmergency");
    expect((await decide(world, { grantee: signers.member.address })).decision).to.equal("NoConsent");
  });

  it("not its member without that ability, nor a stranger, another provider, the patient, or who holds an office", async () => {
    const world = await load();
    const { otherMember, stranger, hospital, patient, accreditor, consortium, deployer } = world.signers;
    for (const by of [otherMember, stranger, hospital, patient, accreditor, consortium, deployer]) {
      await expectRefused(world, { by }, "NotEmpoweredFor", by, world.signers.clinic, Ability.EMERGENCY);
    }
  });

  it("not a member for another provider, or for itself", async () => {
    const world = await load();
    const { member, hospital } = world.signers;
    for (const provider of [hospital, member]) {
      await expectRefused(world, { by: member, provider }, "NotEmpoweredFor", member, provider, Ability.EMERGENCY);
    }
  });

  it("not a provider without the capability, nor its member with the ability", async () => {
    const world = await load();
    const { lab, stranger } = world.signers;
    const until = BigInt(await time.latest()) + YEAR;
    await world.providers.connect(lab).setMember(lab, stranger, Ability.EMERGENCY, until);
    for (const by of [lab, stranger]) {
      await expectRefused(world, { by, provider: lab }, "NotEmpoweredFor", by, lab, Ability.EMERGENCY);
    }
  });

  it("nobody in the name of ANY_PROVIDER, of the zero address, or of who is not listed", async () => {
    const world = await load();
    const { clinic, stranger } = world.signers;
    for (const provider of [ANY_PROVIDER, NOBODY, stranger]) {
      await expectRefused(world, { by: clinic, provider }, "NotEmpoweredFor", clinic, provider, Ability.EMERGENCY);
    }
    await expectRefused(
      world,
      { by: stranger, provider: stranger },
      "NotEmpoweredFor",
      stranger,
      stranger,
      Ability.EMERGENCY,
    );
  });

  it("from when the consortium gives the capability to when it takes it away, in the same block", async () => {
    const world = await load();
    const { consortium, lab } = world.signers;
    await world.providers.connect(consortium).setEmergency(lab, true);
    await broken(world, { provider: lab });
    await world.providers.connect(consortium).setEmergency(lab, false);
    await expectRefused(world, { provider: lab }, "NotEmpoweredFor", lab, lab, Ability.EMERGENCY);
  });

  it("what is open closes at once when the capability is taken away, and is open again within its time if given back", async () => {
    const world = await load();
    const { providers, signers } = world;
    const { consortium, clinic } = signers;
    const at = await broken(world);
    await providers.connect(consortium).setEmergency(clinic, false);
    expect((await decide(world)).decision).to.equal("NoConsent");
    expect(await stored(world)).to.equal(opened(at));
    await providers.connect(consortium).setEmergency(clinic, true);
    expect((await decide(world)).decision).to.equal("PermitEmergency");
  });

  for (const verb of ["suspend", "revoke"] as const) {
    it(`not after the accreditor's ${verb}; and what is open closes at once`, async () => {
      const world = await load();
      const { accreditor, clinic, member } = world.signers;
      await broken(world);
      await world.providers.connect(accreditor)[verb](clinic);
      expect((await decide(world)).decision).to.equal("GranteeNotActive");
      for (const by of [clinic, member]) {
        await expectRefused(world, { by }, "NotEmpoweredFor", by, clinic, Ability.EMERGENCY);
      }
    });
  }

  it("not from the second on in which the accreditation ends; and what is open closes then", async () => {
    const world = await load();
    const { accreditor, consortium, stranger } = world.signers;
    const expiresAt = (await nextBlockAt()) + 1000n;
    await world.providers.connect(accreditor).register({ ...(await entry(stranger)), expiresAt });
    await world.providers.connect(consortium).setEmergency(stranger, true);
    await broken(world, { provider: stranger, at: expiresAt - 1n });
    expect((await decide(world, { grantee: stranger.address })).decision).to.equal("PermitEmergency");
    await expectRefused(
      world,
      { provider: stranger, at: expiresAt },
      "NotEmpoweredFor",
      stranger,
      stranger,
      Ability.EMERGENCY,
    );
    await time.increaseTo(expiresAt);
    expect((await decide(world, { grantee: stranger.address })).decision).to.equal("GranteeNotActive");
  });

  it("not by its own key while that is off, but by its member", async () => {
    const world = await load();
    const { clinic, member, stranger } = world.signers;
    const until = BigInt(await time.latest()) + YEAR;
    await world.providers.connect(clinic).setMember(clinic, stranger, Ability.MANAGE, until);
    await world.providers.connect(stranger).setOwnKey(clinic, true);
    await expectRefused(world, {}, "NotEmpoweredFor", clinic, clinic, Ability.EMERGENCY);
    await broken(world, { by: member });
    expect((await decide(world)).decision).to.equal("PermitEmergency");
  });

  it("not by a member from the second on in which its membership ends, or once it is taken away", async () => {
    const world = await load();
    const { clinic, stranger } = world.signers;
    const until = (await nextBlockAt()) + 100n;
    await world.providers.connect(clinic).setMember(clinic, stranger, Ability.EMERGENCY, until);
    await broken(world, { by: stranger, at: until - 1n });
    await expectRefused(world, { by: stranger, at: until }, "NotEmpoweredFor", stranger, clinic, Ability.EMERGENCY);
    await world.providers.connect(clinic).setMember(clinic, stranger, Ability.EMERGENCY, until + 1000n);
    await broken(world, { by: stranger });
    await world.providers.connect(clinic).setMember(clinic, stranger, 0, 0);
    await expectRefused(world, { by: stranger }, "NotEmpoweredFor", stranger, clinic, Ability.EMERGENCY);
  });

  it("for categories that are defined, at least one", async () => {
    const world = await load();
    for (const categories of [0n, ...undefinedBits(ALL_CATEGORIES, 64).flatMap((bit) => [bit, bit | LABS])]) {
      await expectRefused(world, { categories }, "InvalidCategories", categories);
    }
    const at = await broken(world, { categories: ALL_CATEGORIES });
    expect(await stored(world)).to.equal(opened(at, ALL_CATEGORIES));
  });

  it("each for itself: what one opened is closed to the other, and to another patient's data", async () => {
    const world = await load();
    const { hospital, otherPatient } = world.signers;
    await broken(world);
    expect((await decide(world, { grantee: hospital.address })).decision).to.equal("NoConsent");
    expect((await decide(world, { patient: otherPatient.address })).decision).to.equal("NoConsent");
    expect((await decide(world, { categories: NOTES })).decision).to.equal("CategoryNotCovered");
    await broken(world, { provider: hospital, categories: NOTES });
    expect((await decide(world, { grantee: hospital.address })).decision).to.equal("CategoryNotCovered");
    expect((await decide(world, { categories: NOTES })).decision).to.equal("CategoryNotCovered");
  });
});
