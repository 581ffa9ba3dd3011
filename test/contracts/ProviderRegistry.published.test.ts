import { expect } from "chai";
import { id, toUtf8Bytes, keccak256 } from "ethers";
import type { Suite } from "../suite.js";
import { time } from "./chain.js";
import { fixtures, YEAR } from "./fixtures.js";
import { Ability, NOBODY, NONE, Profile } from "./words.js";

const KEY = id("an X25519 key");
const CREDENTIAL = id("a licence");
/** As the interface says: system and value with a bar between them. */
const NPI = keccak256(toUtf8Bytes("http://hl7.org/fhir/sid/us-npi|1234567893"));
const OTHER_NPI = keccak256(toUtf8Bytes("http://hl7.org/fhir/sid/us-npi|1234567802"));

/** Everything that can stop a provider. */
const STOPS: readonly [string, (suite: Suite) => Promise<unknown>][] = [
  ["suspended", ({ providers, signers }) => providers.connect(signers.accreditor).suspend(signers.clinic)],
  ["revoked", ({ providers, signers }) => providers.connect(signers.accreditor).revoke(signers.clinic)],
  [
    "expired",
    async ({ providers, signers }) => time.increaseTo((await providers.providerOf(signers.clinic)).expiresAt),
  ],
];

describe("ProviderRegistry: what is published of a provider", () => {
  describe("publishEncryptionKey", () => {
    for (const role of ["clinic", "member"] as const) {
      it(`publishes, replaces and removes the key, by the ${role}`, async () => {
        const { providers, signers } = await fixtures.listed();
        const { clinic, member } = signers;
        const until = BigInt(await time.latest()) + YEAR;
        await providers.connect(clinic).setMember(clinic, member, Ability.MANAGE, until);
        for (const key of [KEY, id("another key"), NONE]) {
          await expect(providers.connect(signers[role]).publishEncryptionKey(clinic, key))
            .to.emit(providers, "EncryptionKeyChanged")
            .withArgs(clinic, key, signers[role]);
          expect(await providers.encryptionKeyOf(clinic)).to.equal(key);
        }
      });
    }

    it("emits nothing where it changes nothing, and leaves others alone", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic, hospital } = signers;
      const directory = providers.connect(clinic);
      await expect(directory.publishEncryptionKey(clinic, NONE)).not.to.emit(providers, "EncryptionKeyChanged");
      await directory.publishEncryptionKey(clinic, KEY);
      await expect(directory.publishEncryptionKey(clinic, KEY)).not.to.emit(providers, "EncryptionKeyChanged");
      expect(await providers.encryptionKeyOf(hospital)).to.equal(NONE);
    });

    for (const [how, stop] of STOPS) {
      it(`is refused to one that is ${how}, whose key stays`, async () => {
        const suite = await fixtures.listed();
        const { providers, signers } = suite;
        await providers.connect(signers.clinic).publishEncryptionKey(signers.clinic, KEY);
        await stop(suite);
        await expect(providers.connect(signers.clinic).publishEncryptionKey(signers.clinic, NONE))
          .to.be.revertedWithCustomError(providers, "ProviderNotActive")
          .withArgs(signers.clinic);
        expect(await providers.encryptionKeyOf(signers.clinic)).to.equal(KEY);
      });
    }
  });

  describe("publishCredential", () => {
    it("publishes, replaces and removes the hash", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, clinic } = signers;
      for (const hash of [CREDENTIAL, id("a newer licence"), NONE]) {
        await expect(providers.connect(accreditor).publishCredential(clinic, hash))
          .to.emit(providers, "CredentialChanged")
          .withArgs(clinic, hash);
        expect(await providers.credentialOf(clinic)).to.equal(hash);
      }
    });

    it("emits nothing where it changes nothing, and leaves others alone", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic, hospital } = signers;
      const directory = providers.connect(signers.accreditor);
      await expect(directory.publishCredential(clinic, NONE)).not.to.emit(providers, "CredentialChanged");
      await directory.publishCredential(clinic, CREDENTIAL);
      await expect(directory.publishCredential(clinic, CREDENTIAL)).not.to.emit(providers, "CredentialChanged");
      expect(await providers.credentialOf(hospital)).to.equal(NONE);
    });

    for (const [how, stop] of STOPS) {
      it(`is taken from one that is ${how}, too`, async () => {
        const suite = await fixtures.listed();
        const { providers, signers } = suite;
        await stop(suite);
        await providers.connect(signers.accreditor).publishCredential(signers.clinic, CREDENTIAL);
        expect(await providers.credentialOf(signers.clinic)).to.equal(CREDENTIAL);
      });
    }
  });

  describe("setIdentifier", () => {
    it("names a provider, both ways", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, clinic, hospital } = signers;
      await expect(providers.connect(accreditor).setIdentifier(clinic, NPI))
        .to.emit(providers, "IdentifierMoved")
        .withArgs(NPI, NOBODY, clinic);
      expect(await providers.providerOfIdentifier(NPI)).to.equal(clinic.address);
      expect(await providers.identifierOf(clinic)).to.equal(NPI);
      expect(await providers.providerOfIdentifier(OTHER_NPI)).to.equal(NOBODY);
      expect(await providers.identifierOf(hospital)).to.equal(NONE);
    });

    it("emits nothing for the same again", async () => {
      const { providers, signers } = await fixtures.listed();
      const directory = providers.connect(signers.accreditor);
      await directory.setIdentifier(signers.clinic, NPI);
      await expect(directory.setIdentifier(signers.clinic, NPI)).not.to.emit(providers, "IdentifierMoved");
    });

    it("refuses one that another has, whoever accredited that one", async () => {
      const { providers, signers } = await fixtures.listed();
      const { accreditor, otherAccreditor, clinic, hospital, lab } = signers;
      await providers.connect(accreditor).setIdentifier(clinic, NPI);
      for (const [by, provider] of [
        [accreditor, hospital],
        [otherAccreditor, lab],
      ] as const) {
        await expect(providers.connect(by).setIdentifier(provider, NPI))
          .to.be.revertedWithCustomError(providers, "IdentifierInUse")
          .withArgs(NPI, clinic);
      }
    });

    it("refuses a second one, and zero", async () => {
      const { providers, signers } = await fixtures.listed();
      const { clinic } = signers;
      const directory = providers.connect(signers.accreditor);
      await directory.setIdentifier(clinic, NPI);
      await expect(directory.setIdentifier(clinic, OTHER_NPI))
        .to.be.revertedWithCustomError(providers, "IdentifierExists")
        .withArgs(clinic, NPI);
      for (const provider of [clinic, signers.hospital]) {
        await expect(directory.setIdentifier(provider, NONE))
          .to.be.revertedWithCustomError(providers, "InvalidIdentifier")
          .withArgs(provider);
      }
    });
  });

  describe("moveIdentifier", () => {
    /** The clinic is the one with the identifier. */
    async function identified() {
      const suite = await fixtures.listed();
      const { providers, signers } = suite;
      await providers.connect(signers.accreditor).setIdentifier(signers.clinic, NPI);
      return { ...suite, ...signers, suite, directory: providers.connect(signers.consortium) };
    }

    it("moves it to a provider of whatever accreditor, and leaves the old one without", async () => {
      const { providers, clinic, lab, directory } = await identified();
      await expect(directory.moveIdentifier(NPI, lab)).to.emit(providers, "IdentifierMoved").withArgs(NPI, clinic, lab);
      expect(await providers.providerOfIdentifier(NPI)).to.equal(lab.address);
      expect(await providers.identifierOf(lab)).to.equal(NPI);
      expect(await providers.identifierOf(clinic)).to.equal(NONE);
    });

    it("takes it away, and both are free again", async () => {
      const { providers, accreditor, clinic, hospital, directory } = await identified();
      await expect(directory.moveIdentifier(NPI, NOBODY))
        .to.emit(providers, "IdentifierMoved")
        .withArgs(NPI, clinic, NOBODY);
      expect(await providers.providerOfIdentifier(NPI)).to.equal(NOBODY);
      expect(await providers.identifierOf(clinic)).to.equal(NONE);
      expect(await providers.identifierOf(NOBODY)).to.equal(NONE);
      await providers.connect(accreditor).setIdentifier(clinic, OTHER_NPI);
      await providers.connect(accreditor).setIdentifier(hospital, NPI);
      expect(await providers.providerOfIdentifier(NPI)).to.equal(hospital.address);
      expect(await providers.providerOfIdentifier(OTHER_NPI)).to.equal(clinic.address);
    });

    it("emits nothing for where it is already", async () => {
      const { providers, clinic, directory } = await identified();
      await expect(directory.moveIdentifier(NPI, clinic)).not.to.emit(providers, "IdentifierMoved");
      expect(await providers.identifierOf(clinic)).to.equal(NPI);
    });

    it("refuses one that nobody has, and zero", async () => {
      const { providers, hospital, directory } = await identified();
      for (const identifier of [OTHER_NPI, NONE]) {
        for (const provider of [hospital.address, NOBODY]) {
          await expect(directory.moveIdentifier(identifier, provider))
            .to.be.revertedWithCustomError(providers, "IdentifierUnknown")
            .withArgs(identifier);
        }
      }
    });

    it("refuses a provider that has another, which it would lose", async () => {
      const { providers, accreditor, hospital, directory } = await identified();
      await providers.connect(accreditor).setIdentifier(hospital, OTHER_NPI);
      await expect(directory.moveIdentifier(NPI, hospital))
        .to.be.revertedWithCustomError(providers, "IdentifierExists")
        .withArgs(hospital, OTHER_NPI);
    });

    it("refuses whom the directory does not list", async () => {
      const { providers, stranger, directory } = await identified();
      await expect(directory.moveIdentifier(NPI, stranger))
        .to.be.revertedWithCustomError(providers, "ProviderUnknown")
        .withArgs(stranger);
    });

    for (const [how, stop] of STOPS) {
      it(`says nothing about standing: to and from one that is ${how}`, async () => {
        const { suite, providers, clinic, hospital, directory } = await identified();
        await stop(suite);
        await directory.moveIdentifier(NPI, hospital);
        await directory.moveIdentifier(NPI, clinic);
        expect(await providers.providerOfIdentifier(NPI)).to.equal(clinic.address);
        expect(await providers.profileOf(clinic)).to.equal(Profile.Inactive);
      });
    }
  });
});
