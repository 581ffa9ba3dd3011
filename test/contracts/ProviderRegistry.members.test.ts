import { expect } from "chai";
import { GAS, nextTime, time } from "./chain.js";
import { entry, fixtures, YEAR } from "./fixtures.js";
import { Ability, NOBODY } from "./words.js";

const { READ, CONTRIBUTE, EMERGENCY, MANAGE } = Ability;
const ALL = 31;

const inAYear = async () => BigInt(await time.latest()) + YEAR;

describe("ProviderRegistry: members", () => {
  describe("setMember", () => {
    it("lists, changes and removes a member", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic, member } = signers;
      const until = await inAYear();
      const held = async () => [...(await providers.membershipOf(clinic, member))];
      const directory = providers.connect(clinic);
      await expect(directory.setMember(clinic, member, READ, until))
        .to.emit(providers, "MemberChanged")
        .withArgs(clinic, member, READ, until, clinic);
      expect(await held()).to.deep.equal([BigInt(READ), until]);
      await expect(directory.setMember(clinic, member, ALL, until)).to.emit(providers, "MemberChanged");
      await expect(directory.setMember(clinic, member, ALL, until - 1n)).to.emit(providers, "MemberChanged");
      expect(await held()).to.deep.equal([BigInt(ALL), until - 1n]);
      await expect(directory.setMember(clinic, member, 0, until))
        .to.emit(providers, "MemberChanged")
        .withArgs(clinic, member, 0, 0, clinic);
      expect(await held()).to.deep.equal([0n, 0n]);
    });

    it("emits nothing where it changes nothing", async () => {
      const { providers, signers } = await fixtures.staffed();
      const { clinic, member, stranger } = signers;
      const directory = providers.connect(clinic);
      const { abilities, until } = await providers.membershipOf(clinic, member);
      await expect(directory.setMember(clinic, member, abilities, until)).not.to.emit(providers, "MemberChanged");
      await expect(directory.setMember(clinic, stranger, 0, until)).not.to.emit(providers, "MemberChanged");
    });

    it("refuses zero and the organization itself", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic } = signers;
      for (const nobody of [NOBODY, clinic.address]) {
        await expect(providers.connect(clinic).setMember(clinic, nobody, READ, await inAYear()))
          .to.be.revertedWithCustomError(providers, "InvalidMember")
          .withArgs(clinic, nobody);
      }
    });

    it("refuses every undefined ability", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic, member } = signers;
      for (const bits of [32, 64, 128, 255]) {
        await expect(providers.connect(clinic).setMember(clinic, member, bits, await inAYear()))
          .to.be.revertedWithCustomError(providers, "InvalidAbilities")
          .withArgs(bits);
      }
    });

    for (const seconds of [-1n, 0n]) {
      it(`refuses an end ${seconds} s from now, but for a removal`, async () => {
        const { providers, signers } = await fixtures.staffed();
        const { clinic, member } = signers;
        const until = (await nextTime()) + seconds;
        await expect(providers.connect(clinic).setMember(clinic, member, READ, until, GAS))
          .to.be.revertedWithCustomError(providers, "InvalidExpiry")
          .withArgs(until);
        await expect(providers.connect(clinic).setMember(clinic, member, 0, until)).to.emit(providers, "MemberChanged");
      });
    }
  });

  describe("actsFor", () => {
    for (const held of Object.values(Ability)) {
      it(`a member with ability ${held} has that one alone`, async () => {
        const { providers, signers } = await fixtures.listed();
        const { clinic, hospital, member } = signers;
        await providers.connect(clinic).setMember(clinic, member, held, await inAYear());
        for (const asked of Object.values(Ability)) {
          expect(await providers.actsFor(member, clinic, asked)).to.equal(asked === held);
          expect(await providers.actsFor(member, hospital, asked)).to.equal(false);
          expect(await providers.actsFor(clinic, member, asked)).to.equal(false);
        }
      });
    }

    for (const ability of Object.values(Ability)) {
      it(`a membership with ability ${ability} lasts until the second before its end`, async () => {
        const { providers, signers } = await fixtures.listed();
        const { clinic, member } = signers;
        const until = BigInt(await time.latest()) + 1000n;
        await providers.connect(signers.consortium).setEmergency(clinic, true);
        await providers.connect(clinic).setMember(clinic, member, ability, until);
        const may = async () => [
          await providers.actsFor(member, clinic, ability),
          await providers.empowers(clinic, member, ability),
        ];
        const isCapability = ability === CONTRIBUTE || ability === EMERGENCY;
        await time.increaseTo(until - 1n);
        expect(await may()).to.deep.equal([true, isCapability]);
        await time.increaseTo(until);
        expect(await may()).to.deep.equal([false, false]);
      });
    }

    it("everybody acts for themselves, listed, suspended or unknown", async () => {
      const { providers, signers } = await fixtures.listed();
      await providers.connect(signers.accreditor).suspend(signers.clinic);
      for (const self of [signers.clinic, signers.hospital, signers.stranger]) {
        for (const ability of Object.values(Ability)) {
          expect(await providers.actsFor(self, self, ability)).to.equal(true);
        }
      }
    });

    it("a member that is itself listed acts only while it is active", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, consortium, clinic, researcher } = signers;
      const end = BigInt(await time.latest()) + 1000n;
      await providers.connect(accreditor).renew(researcher, end);
      await providers.connect(clinic).setMember(clinic, researcher, READ, end + YEAR);
      const acts = () => providers.actsFor(researcher, clinic, READ);
      expect(await acts()).to.equal(true);
      await providers.connect(accreditor).suspend(researcher);
      expect(await acts()).to.equal(false);
      await providers.connect(consortium).reinstate(researcher);
      await time.increaseTo(end - 1n);
      expect(await acts()).to.equal(true);
      await time.increaseTo(end);
      expect(await acts()).to.equal(false);
    });
  });

  describe("setEntry", () => {
    for (const role of ["accreditor", "clinic", "member"] as const) {
      it(`replaces name and endpoint, by the ${role}`, async () => {
        const { providers, signers } = await fixtures.listed();
        const { clinic, member } = signers;
        await providers.connect(clinic).setMember(clinic, member, MANAGE, await inAYear());
        await expect(providers.connect(signers[role]).setEntry(clinic, "New", ""))
          .to.emit(providers, "EntryChanged")
          .withArgs(clinic, "New", "");
        expect([...(await providers.entryOf(clinic))]).to.deep.equal(["New", ""]);
      });
    }

    it("emits nothing where it changes nothing, but for each half that it changes", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic } = signers;
      const { name, endpoint } = await entry(clinic);
      const directory = providers.connect(clinic);
      await expect(directory.setEntry(clinic, name, endpoint)).not.to.emit(providers, "EntryChanged");
      for (const entry of [
        ["New", endpoint],
        ["New", "https://new"],
        ["", ""],
      ] as const) {
        await expect(directory.setEntry(clinic, ...entry))
          .to.emit(providers, "EntryChanged")
          .withArgs(clinic, ...entry);
        expect([...(await providers.entryOf(clinic))]).to.deep.equal(entry);
        await expect(directory.setEntry(clinic, ...entry)).not.to.emit(providers, "EntryChanged");
      }
    });
  });

  describe("empowers", () => {
    it("takes the capability, an active standing, and somebody who may", async () => {
      const { providers, signers } = await fixtures.staffed();
      const { accreditor, consortium, clinic, lab, member, otherMember, stranger } = signers;
      const contribute = (by: typeof member, organization = clinic) => providers.empowers(organization, by, CONTRIBUTE);
      expect(await contribute(clinic)).to.equal(true);
      expect(await contribute(otherMember)).to.equal(true);
      expect(await contribute(member)).to.equal(false);
      expect(await contribute(stranger)).to.equal(false);
      expect(await contribute(stranger, stranger)).to.equal(false);
      expect(await contribute(lab, lab)).to.equal(false);
      expect(await providers.empowers(clinic, clinic, EMERGENCY)).to.equal(false);
      await providers.connect(consortium).setEmergency(clinic, true);
      expect(await providers.empowers(clinic, clinic, EMERGENCY)).to.equal(true);
      await providers.connect(accreditor).setCapabilities(clinic, 0);
      expect(await contribute(clinic)).to.equal(false);
    });

    it("ends with the accreditation, and with a suspension", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, consortium, clinic } = signers;
      const end = BigInt(await time.latest()) + 1000n;
      const contributes = () => providers.empowers(clinic, clinic, CONTRIBUTE);
      await providers.connect(accreditor).renew(clinic, end);
      await providers.connect(accreditor).suspend(clinic);
      expect(await contributes()).to.equal(false);
      await providers.connect(consortium).reinstate(clinic);
      await time.increaseTo(end - 1n);
      expect(await contributes()).to.equal(true);
      await time.increaseTo(end);
      expect(await contributes()).to.equal(false);
    });
  });
});
