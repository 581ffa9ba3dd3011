import { expect } from "chai";
import { ethers, GAS, nextTime, time } from "./chain.js";
import { entry, fixtures } from "./fixtures.js";
import { Ability, ANY_PROVIDER, Kind, KINDS, Profile, NOBODY, Standing } from "./words.js";

const { CONTRIBUTE, EMERGENCY } = Ability;

describe("ProviderRegistry", () => {
  describe("appointAccreditor", () => {
    it("puts an account behind an id, both ways", async () => {
      const { providers, signers } = await fixtures.accredited();
      const appointing = providers.connect(signers.consortium).appointAccreditor(7, signers.stranger);
      await expect(appointing).to.emit(providers, "AccreditorAppointed").withArgs(7, signers.stranger);
      expect(await providers.accountOf(7)).to.equal(signers.stranger.address);
      expect(await providers.accreditorOf(signers.stranger)).to.equal(7);
    });

    it("replaces the account: what it accredited stays, and belongs to the new one", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, clinic, stranger } = signers;
      await providers.connect(signers.consortium).appointAccreditor(1, stranger);
      expect(await providers.accreditorOf(accreditor)).to.equal(0);
      expect(await providers.profileOf(clinic)).to.equal(Profile.ActiveCaregiver);
      await expect(providers.connect(accreditor).suspend(clinic))
        .to.be.revertedWithCustomError(providers, "NotAccreditorOf")
        .withArgs(accreditor, clinic);
      await expect(providers.connect(accreditor).register(await entry(signers.member)))
        .to.be.revertedWithCustomError(providers, "NotAccreditor")
        .withArgs(accreditor);
      await expect(providers.connect(stranger).suspend(clinic)).to.emit(providers, "ProviderSuspended");
    });

    it("leaves an id empty for the zero address, and fills it again", async () => {
      const { providers, signers } = await fixtures.listed();
      const { consortium, accreditor, clinic, stranger } = signers;
      await expect(providers.connect(consortium).appointAccreditor(1, NOBODY))
        .to.emit(providers, "AccreditorAppointed")
        .withArgs(1, NOBODY);
      expect(await providers.accountOf(1)).to.equal(NOBODY);
      expect(await providers.accreditorOf(accreditor)).to.equal(0);
      expect(await providers.accreditorOf(NOBODY)).to.equal(0);
      await expect(providers.connect(stranger).suspend(clinic))
        .to.be.revertedWithCustomError(providers, "NotAccreditorOf")
        .withArgs(stranger, clinic);
      await providers.connect(consortium).appointAccreditor(1, accreditor);
      await expect(providers.connect(accreditor).suspend(clinic)).to.emit(providers, "ProviderSuspended");
    });

    it("frees the account that it replaced for another id", async () => {
      const { providers, signers } = await fixtures.accredited();
      const directory = providers.connect(signers.consortium);
      await directory.appointAccreditor(1, signers.stranger);
      await directory.appointAccreditor(3, signers.accreditor);
      expect(await providers.accreditorOf(signers.accreditor)).to.equal(3);
    });

    it("refuses the id 0", async () => {
      const { providers, signers } = await fixtures.accredited();
      await expect(providers.connect(signers.consortium).appointAccreditor(0, signers.stranger))
        .to.be.revertedWithCustomError(providers, "InvalidAccreditor")
        .withArgs(0);
    });

    for (const id of [2, 3]) {
      it(`refuses an account in use, for the id ${id}`, async () => {
        const { providers, signers } = await fixtures.accredited();
        await expect(providers.connect(signers.consortium).appointAccreditor(id, signers.accreditor))
          .to.be.revertedWithCustomError(providers, "AccountInUse")
          .withArgs(signers.accreditor, 1);
      });
    }

    it("emits nothing where it changes nothing", async () => {
      const { providers, signers } = await fixtures.accredited();
      const { consortium, accreditor } = signers;
      for (const [id, account] of [
        [1, accreditor.address],
        [7, NOBODY],
      ] as const) {
        const appointing = providers.connect(consortium).appointAccreditor(id, account);
        await expect(appointing).not.to.emit(providers, "AccreditorAppointed");
        expect(await providers.accountOf(id)).to.equal(account);
      }
      expect(await providers.accreditorOf(accreditor)).to.equal(1);
      expect(await providers.accreditorOf(NOBODY)).to.equal(0);
    });

    it("waits where the AccessManager says so", async () => {
      const { manager, providers, signers } = await fixtures.accredited();
      const { consortium, stranger, relayer } = signers;
      const call = providers.interface.encodeFunctionData("appointAccreditor", [9, stranger.address]);
      const { selector } = providers.interface.getFunction("appointAccreditor");
      await manager.connect(consortium).setTargetFunctionRole(providers, [selector], 5);
      await manager.connect(consortium).grantRole(5, relayer, 3600);
      await expect(providers.connect(relayer).appointAccreditor(9, stranger)).to.be.revertedWithCustomError(
        manager,
        "AccessManagerNotScheduled",
      );
      await manager.connect(relayer).schedule(providers, call, 0);
      await expect(providers.connect(relayer).appointAccreditor(9, stranger)).to.be.revertedWithCustomError(
        manager,
        "AccessManagerNotReady",
      );
      await time.increase(3600);
      await expect(providers.connect(relayer).appointAccreditor(9, stranger)).to.emit(providers, "AccreditorAppointed");
    });
  });

  describe("register", () => {
    for (const kind of KINDS) {
      it(`lists with kind ${Kind[kind]} as it was stated, active at once`, async () => {
        const { providers, signers } = await fixtures.accredited();
        const { accreditor, clinic } = signers;
        const stated = await entry(clinic, { kind, capabilities: CONTRIBUTE, name: "Clinic", endpoint: "https://c" });
        await expect(providers.connect(accreditor).register(stated))
          .to.emit(providers, "ProviderRegistered")
          .withArgs(clinic, 1, kind, CONTRIBUTE, stated.expiresAt, "Clinic", "https://c");
        const stored = await providers.providerOf(clinic);
        expect([...stored].map(Number)).to.deep.equal([
          1,
          Standing.Active,
          kind,
          CONTRIBUTE,
          Number(stated.expiresAt),
          0,
        ]);
        expect([...(await providers.entryOf(clinic))]).to.deep.equal(["Clinic", "https://c"]);
        const caregiver = kind === Kind.Organization || kind === Kind.Practitioner;
        expect(await providers.profileOf(clinic)).to.equal(caregiver ? Profile.ActiveCaregiver : Profile.Active);
      });
    }

    for (const provider of [NOBODY, ANY_PROVIDER]) {
      it(`refuses ${provider}`, async () => {
        const { providers, signers } = await fixtures.accredited();
        await expect(providers.connect(signers.accreditor).register(await entry(signers.clinic, { provider })))
          .to.be.revertedWithCustomError(providers, "InvalidProvider")
          .withArgs(provider);
      });
    }

    it("refuses whom it lists already, whoever accredited it and however it stands", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, otherAccreditor, clinic } = signers;
      await providers.connect(accreditor).revoke(clinic);
      for (const by of [accreditor, otherAccreditor]) {
        await expect(providers.connect(by).register(await entry(clinic)))
          .to.be.revertedWithCustomError(providers, "ProviderExists")
          .withArgs(clinic);
      }
    });

    it("refuses every capability but CONTRIBUTE", async () => {
      const { providers, signers } = await fixtures.accredited();
      for (const capabilities of [1, EMERGENCY, CONTRIBUTE | EMERGENCY, 8, 16, 32, 64, 128, 255]) {
        await expect(providers.connect(signers.accreditor).register(await entry(signers.clinic, { capabilities })))
          .to.be.revertedWithCustomError(providers, "InvalidCapabilities")
          .withArgs(capabilities);
      }
    });

    for (const seconds of [-1n, 0n]) {
      it(`refuses an end ${seconds} s from now`, async () => {
        const { providers, signers } = await fixtures.accredited();
        const expiresAt = (await nextTime()) + seconds;
        const stated = await entry(signers.clinic, { expiresAt });
        await expect(providers.connect(signers.accreditor).register(stated, GAS))
          .to.be.revertedWithCustomError(providers, "InvalidExpiry")
          .withArgs(expiresAt);
      });
    }

    it("takes an end one second ahead", async () => {
      const { providers, signers } = await fixtures.accredited();
      const stated = await entry(signers.clinic, { expiresAt: (await nextTime()) + 1n });
      await expect(providers.connect(signers.accreditor).register(stated)).to.emit(providers, "ProviderRegistered");
    });

    it("refuses a kind that is not defined", async () => {
      const { providers, signers } = await fixtures.accredited();
      const stated = await entry(signers.clinic, { kind: 6 });
      await expect(providers.connect(signers.accreditor).register(stated)).to.be.revertedWithoutReason(ethers);
    });
  });
});
