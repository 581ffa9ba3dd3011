import { expect } from "chai";
import { id } from "ethers";
import type { Suite } from "../suite.js";
import { GAS, nextTime, time } from "./chain.js";
import { entry, fixtures, list } from "./fixtures.js";
import { Ability, Kind, NONE, Profile, Standing } from "./words.js";

const { CONTRIBUTE, EMERGENCY } = Ability;

/** Each function that changes an entry, called by whoever may, on whom the directory does not know. */
const ON_UNKNOWN: readonly [string, (suite: Suite) => Promise<unknown>][] = [
  ["reinstate", ({ providers, signers }) => providers.connect(signers.consortium).reinstate(signers.stranger)],
  [
    "setEmergency",
    ({ providers, signers }) => providers.connect(signers.consortium).setEmergency(signers.stranger, true),
  ],
  ["restoreOwnKey", ({ providers, signers }) => providers.connect(signers.consortium).restoreOwnKey(signers.stranger)],
  ["renew", ({ providers, signers }) => providers.connect(signers.accreditor).renew(signers.stranger, 1)],
  ["suspend", ({ providers, signers }) => providers.connect(signers.accreditor).suspend(signers.stranger)],
  ["revoke", ({ providers, signers }) => providers.connect(signers.accreditor).revoke(signers.stranger)],
  [
    "setCapabilities",
    ({ providers, signers }) => providers.connect(signers.accreditor).setCapabilities(signers.stranger, 0),
  ],
  [
    "publishCredential",
    ({ providers, signers }) => providers.connect(signers.accreditor).publishCredential(signers.stranger, NONE),
  ],
  [
    "setIdentifier",
    ({ providers, signers }) => providers.connect(signers.accreditor).setIdentifier(signers.stranger, id("a number")),
  ],
  ["setEntry", ({ providers, signers }) => providers.connect(signers.stranger).setEntry(signers.stranger, "", "")],
  [
    "publishEncryptionKey",
    ({ providers, signers }) => providers.connect(signers.stranger).publishEncryptionKey(signers.stranger, NONE),
  ],
  [
    "setMember",
    ({ providers, signers }) => providers.connect(signers.stranger).setMember(signers.stranger, signers.member, 0, 0),
  ],
  ["setOwnKey", ({ providers, signers }) => providers.connect(signers.member).setOwnKey(signers.stranger, true)],
];

describe("ProviderRegistry: standing", () => {
  for (const [name, call] of ON_UNKNOWN) {
    it(`refuses ${name} of whom it does not list`, async () => {
      const suite = await fixtures.listed();
      await expect(call(suite))
        .to.be.revertedWithCustomError(suite.providers, "ProviderUnknown")
        .withArgs(suite.signers.stranger);
    });
  }

  it("knows nothing of an address that it does not list", async () => {
    const { providers, signers } = await fixtures.listed();
    expect([...(await providers.providerOf(signers.stranger))].map(Number)).to.deep.equal([0, 0, 0, 0, 0, 0]);
    expect([...(await providers.entryOf(signers.stranger))]).to.deep.equal(["", ""]);
    expect(await providers.profileOf(signers.stranger)).to.equal(Profile.Unlisted);
  });

  describe("the end of the accreditation", () => {
    for (const [kind, active] of [
      [Kind.Practitioner, Profile.ActiveCaregiver],
      [Kind.Researcher, Profile.Active],
    ] as const) {
      it(`a ${Kind[kind]} is active until the second before`, async () => {
        const suite = await fixtures.accredited();
        const { providers, signers } = suite;
        const end = BigInt(await time.latest()) + 1000n;
        await list(suite, signers.accreditor, signers.stranger, { kind, expiresAt: end });
        await time.increaseTo(end - 1n);
        expect(await providers.profileOf(signers.stranger)).to.equal(active);
        await time.increaseTo(end);
        expect(await providers.profileOf(signers.stranger)).to.equal(Profile.Inactive);
      });
    }

    it("renew moves it, forwards and backwards, even after it has passed", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, clinic } = signers;
      const end = BigInt(await time.latest()) + 1000n;
      await expect(providers.connect(accreditor).renew(clinic, end))
        .to.emit(providers, "ProviderRenewed")
        .withArgs(clinic, end);
      expect((await providers.providerOf(clinic)).expiresAt).to.equal(end);
      await time.increaseTo(end);
      expect(await providers.profileOf(clinic)).to.equal(Profile.Inactive);
      await providers.connect(accreditor).renew(clinic, end + 1000n);
      expect(await providers.profileOf(clinic)).to.equal(Profile.ActiveCaregiver);
    });

    it("renew to the same end changes nothing and emits nothing", async () => {
      const { providers, signers } = await fixtures.listed();
      const { expiresAt } = await providers.providerOf(signers.clinic);
      const renewing = providers.connect(signers.accreditor).renew(signers.clinic, expiresAt);
      await expect(renewing).not.to.emit(providers, "ProviderRenewed");
    });

    it("renew leaves a suspended provider suspended", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, clinic } = signers;
      await providers.connect(accreditor).suspend(clinic);
      await providers.connect(accreditor).renew(clinic, (await entry(clinic)).expiresAt);
      expect(await providers.profileOf(clinic)).to.equal(Profile.Inactive);
    });

    for (const seconds of [-1n, 0n]) {
      it(`renew refuses an end ${seconds} s from now`, async () => {
        const { providers, signers } = await fixtures.listed();
        const end = (await nextTime()) + seconds;
        await expect(providers.connect(signers.accreditor).renew(signers.clinic, end, GAS))
          .to.be.revertedWithCustomError(providers, "InvalidExpiry")
          .withArgs(end);
      });
    }

    it("renew takes an end one second ahead", async () => {
      const { providers, signers } = await fixtures.listed();
      const end = (await nextTime()) + 1n;
      const renewing = providers.connect(signers.accreditor).renew(signers.clinic, end);
      await expect(renewing).to.emit(providers, "ProviderRenewed").withArgs(signers.clinic, end);
    });
  });

  describe("suspension and revocation", () => {
    for (const [verb, standing, event] of [
      ["suspend", Standing.Suspended, "ProviderSuspended"],
      ["revoke", Standing.Revoked, "ProviderRevoked"],
    ] as const) {
      it(`${verb} stops the provider until the consortium reinstates it`, async () => {
        const { providers, signers } = await fixtures.listed();
        const { accreditor, consortium, clinic } = signers;
        await expect(providers.connect(accreditor)[verb](clinic)).to.emit(providers, event).withArgs(clinic);
        expect((await providers.providerOf(clinic)).standing).to.equal(standing);
        expect(await providers.profileOf(clinic)).to.equal(Profile.Inactive);
        const reinstating = providers.connect(consortium).reinstate(clinic);
        await expect(reinstating).to.emit(providers, "ProviderReinstated").withArgs(clinic);
        expect((await providers.providerOf(clinic)).standing).to.equal(Standing.Active);
        expect(await providers.profileOf(clinic)).to.equal(Profile.ActiveCaregiver);
      });
    }

    it("a suspended provider can be revoked; neither happens twice, nor the weaker after the stronger", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic } = signers;
      const directory = providers.connect(signers.accreditor);
      await directory.suspend(clinic);
      await expect(directory.suspend(clinic))
        .to.be.revertedWithCustomError(providers, "AlreadySuspended")
        .withArgs(clinic);
      await directory.revoke(clinic);
      for (const call of [directory.suspend(clinic), directory.revoke(clinic)]) {
        await expect(call).to.be.revertedWithCustomError(providers, "AlreadyRevoked").withArgs(clinic);
      }
    });

    it("reinstate refuses an active provider, and does not prolong an expired one", async () => {
      const { providers, signers } = await fixtures.listed();
      const directory = providers.connect(signers.consortium);
      const reinstating = () => directory.reinstate(signers.clinic);
      await expect(reinstating()).to.be.revertedWithCustomError(providers, "AlreadyActive").withArgs(signers.clinic);
      await providers.connect(signers.accreditor).suspend(signers.clinic);
      await time.increaseTo((await providers.providerOf(signers.clinic)).expiresAt);
      await reinstating();
      expect(await providers.profileOf(signers.clinic)).to.equal(Profile.Inactive);
    });
  });

  describe("capabilities", () => {
    it("setCapabilities gives and takes CONTRIBUTE and leaves EMERGENCY as it is", async () => {
      const { providers, signers } = await fixtures.listed();
      const { consortium, accreditor, clinic } = signers;
      const directory = providers.connect(accreditor);
      const held = async () => (await providers.providerOf(clinic)).capabilities;
      await expect(directory.setCapabilities(clinic, 0)).to.emit(providers, "CapabilitiesChanged").withArgs(clinic, 0);
      expect(await held()).to.equal(0);
      await providers.connect(consortium).setEmergency(clinic, true);
      await expect(directory.setCapabilities(clinic, CONTRIBUTE))
        .to.emit(providers, "CapabilitiesChanged")
        .withArgs(clinic, CONTRIBUTE | EMERGENCY);
      await directory.setCapabilities(clinic, 0);
      expect(await held()).to.equal(EMERGENCY);
    });

    it("setCapabilities refuses every other bit", async () => {
      const { providers, signers } = await fixtures.listed();
      for (const bits of [1, EMERGENCY, CONTRIBUTE | EMERGENCY, 8, 16, 32, 64, 128]) {
        await expect(providers.connect(signers.accreditor).setCapabilities(signers.clinic, bits))
          .to.be.revertedWithCustomError(providers, "InvalidCapabilities")
          .withArgs(bits);
      }
    });

    it("setEmergency gives and takes EMERGENCY and leaves CONTRIBUTE as it is", async () => {
      const { providers, signers } = await fixtures.listed();
      const { consortium, clinic, lab } = signers;
      const directory = providers.connect(consortium);
      for (const [provider, others] of [
        [clinic, CONTRIBUTE],
        [lab, 0],
      ] as const) {
        await expect(directory.setEmergency(provider, true))
          .to.emit(providers, "CapabilitiesChanged")
          .withArgs(provider, others | EMERGENCY);
        await expect(directory.setEmergency(provider, false))
          .to.emit(providers, "CapabilitiesChanged")
          .withArgs(provider, others);
        expect((await providers.providerOf(provider)).capabilities).to.equal(others);
      }
    });

    it("what changes nothing emits nothing", async () => {
      const { providers, signers } = await fixtures.listed();
      const { consortium, accreditor, clinic } = signers;
      for (const call of [
        providers.connect(accreditor).setCapabilities(clinic, CONTRIBUTE),
        providers.connect(consortium).setEmergency(clinic, false),
      ]) {
        await expect(call).not.to.emit(providers, "CapabilitiesChanged");
      }
    });
  });
});
