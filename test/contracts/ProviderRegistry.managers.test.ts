import { expect } from "chai";
import type { Signer, Suite } from "../suite.js";
import { time } from "./chain.js";
import { fixtures, YEAR } from "./fixtures.js";
import { Ability } from "./words.js";

const { READ, CONTRIBUTE, EMERGENCY, AUDIT, MANAGE } = Ability;
const ALL = 31;

describe("ProviderRegistry: who manages", () => {
  /** The clinic with a member who manages and reads for a year, and one who may do everything for two. */
  async function managed() {
    const suite = await fixtures.listed();
    const { clinic, member, otherMember, stranger } = suite.signers;
    const until = BigInt(await time.latest()) + YEAR;
    await suite.providers.connect(clinic).setMember(clinic, member, MANAGE | READ, until);
    await suite.providers.connect(clinic).setMember(clinic, otherMember, ALL, until + YEAR);
    return {
      ...suite,
      suite,
      clinic,
      member,
      otherMember,
      stranger,
      until,
      directory: suite.providers.connect(member),
    };
  }

  describe("a member that manages", () => {
    it("lists others within its own abilities and end, in its own name", async () => {
      const { providers, clinic, member, stranger, until, directory } = await managed();
      for (const [abilities, end] of [
        [READ, until],
        [MANAGE, until - 1n],
        [MANAGE | READ, until],
      ] as const) {
        await expect(directory.setMember(clinic, stranger, abilities, end))
          .to.emit(providers, "MemberChanged")
          .withArgs(clinic, stranger, abilities, end, member);
      }
    });

    for (const abilities of [CONTRIBUTE, EMERGENCY, AUDIT, READ | CONTRIBUTE, MANAGE | AUDIT, ALL]) {
      it(`gives nobody, itself included, what it lacks: ${abilities}`, async () => {
        const { providers, clinic, member, otherMember, stranger, until, directory } = await managed();
        for (const receiver of [stranger, member, otherMember]) {
          await expect(directory.setMember(clinic, receiver, abilities, until))
            .to.be.revertedWithCustomError(providers, "BeyondOwnMembership")
            .withArgs(member, abilities, until);
        }
      });
    }

    it("gives nobody, itself included, a later end than its own", async () => {
      const { providers, clinic, member, stranger, until, directory } = await managed();
      for (const receiver of [stranger, member]) {
        for (const end of [until + 1n, (1n << 48n) - 1n]) {
          await expect(directory.setMember(clinic, receiver, READ, end))
            .to.be.revertedWithCustomError(providers, "BeyondOwnMembership")
            .withArgs(member, READ, end);
        }
      }
    });

    it("is bound by what it still has, not by what it had", async () => {
      const { providers, clinic, member, stranger, until, directory } = await managed();
      await directory.setMember(clinic, member, MANAGE, until - 1n);
      await expect(directory.setMember(clinic, member, MANAGE | READ, until - 1n))
        .to.be.revertedWithCustomError(providers, "BeyondOwnMembership")
        .withArgs(member, MANAGE | READ, until - 1n);
      await expect(directory.setMember(clinic, stranger, MANAGE, until))
        .to.be.revertedWithCustomError(providers, "BeyondOwnMembership")
        .withArgs(member, MANAGE, until);
    });

    it("removes and narrows whoever has more than itself", async () => {
      const { providers, clinic, member, otherMember, until, directory } = await managed();
      await expect(directory.setMember(clinic, otherMember, READ, until))
        .to.emit(providers, "MemberChanged")
        .withArgs(clinic, otherMember, READ, until, member);
      await providers.connect(clinic).setMember(clinic, otherMember, ALL, until + YEAR);
      await expect(directory.setMember(clinic, otherMember, 0, until + YEAR))
        .to.emit(providers, "MemberChanged")
        .withArgs(clinic, otherMember, 0, 0, member);
    });

    it("is the only one so bound: the organization's own key is not", async () => {
      const { providers, clinic, stranger, until } = await managed();
      await expect(providers.connect(clinic).setMember(clinic, stranger, ALL, until + 10n * YEAR))
        .to.emit(providers, "MemberChanged")
        .withArgs(clinic, stranger, ALL, until + 10n * YEAR, clinic);
    });

    it("manages nothing any more once its own membership has ended", async () => {
      const { providers, signers, clinic, member, stranger, until, directory } = await managed();
      await providers.connect(signers.accreditor).renew(clinic, until + YEAR);
      await time.increaseTo(until);
      await expect(directory.setMember(clinic, stranger, 0, 0))
        .to.be.revertedWithCustomError(providers, "NotActingFor")
        .withArgs(member, clinic, MANAGE);
    });
  });

  describe("only while the organization is active", () => {
    const STOPS: readonly [string, (world: Suite) => Promise<unknown>][] = [
      ["suspended", ({ providers, signers }) => providers.connect(signers.accreditor).suspend(signers.clinic)],
      ["revoked", ({ providers, signers }) => providers.connect(signers.accreditor).revoke(signers.clinic)],
      [
        "expired",
        async ({ providers, signers }) => time.increaseTo((await providers.providerOf(signers.clinic)).expiresAt),
      ],
    ];

    /** What an organization arranges for itself, and by whom. */
    const ARRANGEMENTS: Record<string, readonly [by: readonly Role[], call: (world: Suite, by: Signer) => unknown]> = {
      setMember: [
        ["clinic", "otherMember", "stranger"],
        ({ providers, signers }, by) => providers.connect(by).setMember(signers.clinic, signers.stranger, 0, 0),
      ],
      setEntry: [
        ["clinic", "otherMember", "stranger"],
        ({ providers, signers }, by) => providers.connect(by).setEntry(signers.clinic, "New", ""),
      ],
      setOwnKey: [
        ["otherMember", "stranger"],
        ({ providers, signers }, by) => providers.connect(by).setOwnKey(signers.clinic, true),
      ],
    };
    type Role = "clinic" | "otherMember" | "stranger";

    for (const [how, stop] of STOPS) {
      for (const [name, [callers, call]] of Object.entries(ARRANGEMENTS)) {
        for (const role of callers) {
          it(`${name} of one that is ${how}: refused, by the ${role}`, async () => {
            const { suite, providers, clinic } = await managed();
            await stop(suite);
            await expect(call(suite, suite.signers[role]))
              .to.be.revertedWithCustomError(providers, "ProviderNotActive")
              .withArgs(clinic);
          });
        }
      }

      it(`its accreditor describes it though it is ${how}`, async () => {
        const { suite, providers, clinic } = await managed();
        await stop(suite);
        await expect(providers.connect(suite.signers.accreditor).setEntry(clinic, "Closed", ""))
          .to.emit(providers, "EntryChanged")
          .withArgs(clinic, "Closed", "");
      });
    }

    it("again as soon as it is reinstated and renewed", async () => {
      const { providers, signers, clinic, stranger } = await managed();
      await providers.connect(signers.accreditor).suspend(clinic);
      await providers.connect(signers.consortium).reinstate(clinic);
      const until = (await providers.providerOf(clinic)).expiresAt;
      const listing = () => providers.connect(clinic).setMember(clinic, stranger, READ, until + YEAR);
      await time.increaseTo(until);
      await expect(listing()).to.be.revertedWithCustomError(providers, "ProviderNotActive").withArgs(clinic);
      await providers.connect(signers.accreditor).renew(clinic, until + YEAR);
      await expect(listing()).to.emit(providers, "MemberChanged");
    });
  });

  describe("setOwnKey", () => {
    it("a managing member switches the own key off and on", async () => {
      const { providers, clinic, member, directory } = await managed();
      await expect(directory.setOwnKey(clinic, true))
        .to.emit(providers, "OwnKeySwitched")
        .withArgs(clinic, true, member);
      expect((await providers.providerOf(clinic)).ownKeyOff).to.equal(true);
      for (const ability of Object.values(Ability)) {
        expect(await providers.actsFor(clinic, clinic, ability)).to.equal(false);
      }
      for (const arranging of [
        providers.connect(clinic).setMember(clinic, member, 0, 0),
        providers.connect(clinic).setEntry(clinic, "", ""),
      ]) {
        await expect(arranging)
          .to.be.revertedWithCustomError(providers, "NotActingFor")
          .withArgs(clinic, clinic, MANAGE);
      }
      await expect(directory.setOwnKey(clinic, false))
        .to.emit(providers, "OwnKeySwitched")
        .withArgs(clinic, false, member);
      expect(await providers.actsFor(clinic, clinic, MANAGE)).to.equal(true);
    });

    it("a key that is switched off acts for nobody, another organization that lists it included", async () => {
      const { providers, clinic, directory, signers } = await managed();
      const { hospital } = signers;
      const until = BigInt(await time.latest()) + YEAR;
      await providers.connect(hospital).setMember(hospital, clinic, READ, until);
      expect(await providers.actsFor(clinic, hospital, READ)).to.equal(true);
      await directory.setOwnKey(clinic, true);
      expect(await providers.actsFor(clinic, hospital, READ)).to.equal(false);
      await directory.setOwnKey(clinic, false);
      expect(await providers.actsFor(clinic, hospital, READ)).to.equal(true);
    });

    it("is never the own key's to call, neither off nor on, nor for whom the directory does not list", async () => {
      const { providers, clinic, stranger, directory } = await managed();
      const refused = async (by: Signer, off: boolean) =>
        expect(providers.connect(by).setOwnKey(by, off))
          .to.be.revertedWithCustomError(providers, "NotByOwnKey")
          .withArgs(by);
      for (const off of [true, false]) {
        await refused(clinic, off);
        await refused(stranger, off);
      }
      await directory.setOwnKey(clinic, true);
      for (const off of [true, false]) await refused(clinic, off);
    });

    it("emits nothing where it changes nothing", async () => {
      const { providers, clinic, directory } = await managed();
      await expect(directory.setOwnKey(clinic, false)).not.to.emit(providers, "OwnKeySwitched");
    });

    it("leaves everything else about the provider", async () => {
      const { providers, clinic, directory } = await managed();
      const before = [...(await providers.providerOf(clinic))].slice(0, 5);
      await directory.setOwnKey(clinic, true);
      expect([...(await providers.providerOf(clinic))]).to.deep.equal([...before, true]);
    });
  });

  describe("restoreOwnKey", () => {
    /** The clinic with its own key off and no member left. */
    async function lockedOut() {
      const world = await managed();
      const { clinic, member, otherMember, directory } = world;
      await directory.setOwnKey(clinic, true);
      for (const each of [otherMember, member]) await directory.setMember(clinic, each, 0, 0);
      return { ...world, restoring: () => world.providers.connect(world.signers.consortium).restoreOwnKey(clinic) };
    }

    it("gives an organization that no member can manage back to its own key", async () => {
      const { providers, signers, clinic, stranger, until, restoring } = await lockedOut();
      const before = [...(await providers.providerOf(clinic))].slice(0, 5);
      await expect(restoring()).to.emit(providers, "OwnKeySwitched").withArgs(clinic, false, signers.consortium);
      expect([...(await providers.providerOf(clinic))]).to.deep.equal([...before, false]);
      expect(await providers.actsFor(clinic, clinic, MANAGE)).to.equal(true);
      await expect(providers.connect(clinic).setMember(clinic, stranger, ALL, until)).to.emit(
        providers,
        "MemberChanged",
      );
    });

    it("restores no standing", async () => {
      const { providers, signers, clinic, restoring } = await lockedOut();
      await providers.connect(signers.accreditor).suspend(clinic);
      await expect(restoring()).to.emit(providers, "OwnKeySwitched").withArgs(clinic, false, signers.consortium);
      await expect(providers.connect(clinic).setMember(clinic, signers.stranger, 0, 0))
        .to.be.revertedWithCustomError(providers, "ProviderNotActive")
        .withArgs(clinic);
    });

    it("emits nothing where it changes nothing", async () => {
      const { providers, signers, clinic } = await managed();
      const restoring = providers.connect(signers.consortium).restoreOwnKey(clinic);
      await expect(restoring).not.to.emit(providers, "OwnKeySwitched");
    });
  });
});
