import { expect } from "chai";
import { AbiCoder, dataSlice, getAddress, id, keccak256, ZeroHash } from "ethers";
import { stampOf } from "../chain.js";
import { GENERAL, NOBODY } from "../words.js";
import { deliver, direct, done, nextBlockAt, ROUTES, signed } from "./routes.js";
import { expectError, load } from "./setup.js";
import { granting, stated, WEEK } from "./stated.js";
import { voiceFor } from "./signing.js";

const SALT = id("the first child");

/** The formula of the documentation. */
function dependentOf(parent: string, salt: string): string {
  const values = [id("consentry.Dependent"), parent, salt];
  return getAddress(
    dataSlice(keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "address", "bytes32"], values)), 12),
  );
}

describe("PatientControl: dependents", () => {
  it("an address follows from parent and salt, and nobody controls it but itself before", async () => {
    const { consents, patient, otherPatient } = await load();
    for (const parent of [patient.account, otherPatient.account, NOBODY]) {
      for (const salt of [SALT, ZeroHash]) {
        expect(await consents.dependentOf(parent, salt)).to.equal(dependentOf(parent, salt));
      }
    }
    const dependent = dependentOf(patient.account, SALT);
    expect(await consents.controllerOf(dependent)).to.equal(dependent);
    expect(await consents.speaksFor(dependent, patient.account)).to.equal(false);
  });

  for (const route of ROUTES) {
    describe(route.name, () => {
      it("opens an identity that the parent controls", async () => {
        const world = await load();
        const { consents, patient, heir, grantee } = world;
        const dependent = dependentOf(patient.account, SALT);
        const { sending } = await route.say(world, patient, "createDependent", [SALT]);
        await expect(sending).to.emit(consents, "DependentCreated").withArgs(dependent, patient.account, SALT);
        expect(await consents.controllerOf(dependent)).to.equal(patient.account);
        expect(await consents.controlSinceOf(dependent)).to.equal(0n);
        expect(await consents.speaksFor(dependent, patient.account)).to.equal(true);
        expect(await consents.speaksFor(dependent, dependent)).to.equal(false);
        expect(await consents.speaksFor(dependent, heir.account)).to.equal(false);
        expect(await consents.speaksFor(patient.account, dependent)).to.equal(false);
        const { stamp } = await done(route.say(world, patient, "grant", granting(dependent, grantee, GENERAL)));
        expect((await consents.termsOf(dependent, grantee, GENERAL)) >> 200n).to.equal(stamp);
        expect(await consents.termsOf(patient.account, grantee, GENERAL)).to.equal(0n);
      });

      it("opens each once: not again, whatever was done with it since", async () => {
        const world = await load();
        const { consents, patient, heir } = world;
        const dependent = dependentOf(patient.account, SALT);
        const expectTaken = async () => {
          for (const again of ROUTES) {
            const { sending } = await again.say(world, patient, "createDependent", [SALT]);
            await expectError(world, sending, "DependentExists", dependent);
          }
        };
        await done(route.say(world, patient, "createDependent", [SALT]));
        await expectTaken();
        await done(route.transfer(world, patient, dependent, heir));
        await expectTaken();
        await done(route.transfer(world, heir, dependent, patient));
        await expectTaken();
        expect(await consents.controllerOf(dependent)).to.equal(patient.account);
      });

      it("opens several by one parent, and by two with one salt, apart from each other", async () => {
        const world = await load();
        const { consents, patient, otherPatient } = world;
        const children = [
          [patient, SALT],
          [patient, ZeroHash],
          [otherPatient, SALT],
        ] as const;
        for (const [parent, salt] of children) await done(route.say(world, parent, "createDependent", [salt]));
        const addresses = children.map(([{ account }, salt]) => dependentOf(account, salt));
        expect(new Set(addresses).size).to.equal(3);
        expect(await Promise.all(addresses.map((address) => consents.controllerOf(address)))).to.deep.equal(
          children.map(([{ account }]) => account),
        );
      });

      it("is handed over for good: the parent has no say any more", async () => {
        const world = await load();
        const { consents, patient, heir } = world;
        const dependent = dependentOf(patient.account, SALT);
        await done(route.say(world, patient, "createDependent", [SALT]));
        const old = stated(world, patient, "revokeAll", [dependent], { issuedAt: (await nextBlockAt()) * 1000n });
        const { at } = await done(route.transfer(world, patient, dependent, heir));
        expect(await consents.controllerOf(dependent)).to.equal(heir.account);
        expect(await consents.controlSinceOf(dependent)).to.equal(stampOf(at));
        const { sending } = await route.say(world, patient, "revokeAll", [dependent]);
        await expectError(world, sending, "NotSpeakerFor", dependent, patient.account);
        await expectError(world, deliver(world, old), "StatementVoid", old.signed.issuedAt, stampOf(at));
      });

      it("stays with the parent's address when the parent's own control passes on", async () => {
        const world = await load();
        const { consents, patient, heir } = world;
        const dependent = dependentOf(patient.account, SALT);
        await done(route.say(world, patient, "createDependent", [SALT]));
        await done(route.transfer(world, patient, patient.account, heir));
        expect(await consents.controllerOf(dependent)).to.equal(patient.account);
        expect(await consents.speaksFor(dependent, heir.account)).to.equal(false);
      });

      it("has representatives, exclusions and guardians of its own", async () => {
        const world = await load();
        const { consents, patient, spouse } = world;
        const dependent = dependentOf(patient.account, SALT);
        await done(route.say(world, patient, "createDependent", [SALT]));
        const until = (await nextBlockAt()) + WEEK;
        await done(route.say(world, patient, "appointRepresentative", [dependent, spouse.account, 0n, until]));
        await done(route.say(world, patient, "setExclusions", [dependent, 1n]));
        await done(route.say(world, patient, "setGuardians", [dependent, SALT, 86_400n]));
        expect(await consents.speaksFor(dependent, spouse.account)).to.equal(true);
        expect(await consents.speaksFor(patient.account, spouse.account)).to.equal(false);
        expect((await consents.exclusionsOf(patient.account)).categories).to.equal(0n);
        expect((await consents.guardiansOf(patient.account)).commitment).to.equal(ZeroHash);
      });
    });
  }

  it("nobody can open one in another parent's name", async () => {
    const world = await load();
    const { consents, patient, thief } = world;
    await done(direct.say(world, thief, "createDependent", [SALT]));
    const forged = voiceFor(patient.account, thief);
    const { sending } = await signed.say(world, forged as never, "createDependent", [SALT]);
    await expectError(world, sending, "InvalidSignature", patient.account);
    const dependent = dependentOf(patient.account, SALT);
    expect(await consents.controllerOf(dependent)).to.equal(dependent);
  });

  it("the salt is signed: not another", async () => {
    const world = await load();
    const { patient } = world;
    const issuedAt = (await nextBlockAt()) * 1000n;
    const { args, ...said } = stated(world, patient, "createDependent", [SALT], { issuedAt });
    const other = { ...said, args: [id("another child"), ...args.slice(1)] };
    await expectError(world, deliver(world, other), "InvalidSignature", patient.account);
  });

  it("a parent who lost control of its own identity still signs for its address: dependents are its own", async () => {
    const world = await load();
    const { consents, patient, heir } = world;
    const old = stated(world, patient, "createDependent", [SALT], { issuedAt: (await nextBlockAt()) * 1000n });
    await done(direct.transfer(world, patient, patient.account, heir));
    await deliver(world, old);
    expect(await consents.controllerOf(dependentOf(patient.account, SALT))).to.equal(patient.account);
  });
});
