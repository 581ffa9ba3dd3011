import { expect } from "chai";
import type { Signer, Suite } from "../suite.js";
import { ethers, networkHelpers, time } from "./chain.js";
import { fixtures, grant, OFFICES, request, YEAR } from "./fixtures.js";
import {
  domainOf,
  grantsOf,
  revocationsOf,
  revokeAllOf,
  signed,
  type Statement,
  type Voice,
  voiceOf,
} from "./signing.js";
import { ANY_PROVIDER, EVIDENCE, GENERAL, NOBODY, NONE, pack } from "./words.js";

/** Everybody with a role, and who has none. The clinic is the grantee of the patient's consent and holds every capability. */
const ROLES = [...OFFICES, "researcher", "member", "otherPatient", "stranger"] as const;

/** Contracts of the suite, which could call only if they were made to. */
const CONTRACTS = ["manager", "providers", "consents", "records", "audit"] as const;

type Calls = (patient: string, grantee: string) => unknown[][];

/** What the patient and its representatives can say: with an effect, with none, and with terms that would be refused. */
const WORDS: Record<string, Calls> = {
  grant: (patient, grantee) => [
    [patient, [{ grantee, scope: GENERAL, terms: pack() }], EVIDENCE],
    [patient, [{ grantee: ANY_PROVIDER, scope: GENERAL, terms: pack({ actions: 0n }) }], EVIDENCE],
    [patient, [], EVIDENCE],
  ],
  revoke: (patient, grantee) => [
    [patient, [{ grantee, scope: GENERAL }]],
    [patient, []],
  ],
  revokeAll: (patient) => [[patient]],
};

const NEVER = (1n << 48n) - 1n;
const UNSIGNED = { issuedAt: 1n, signer: "0x", signature: "0x" };

/** What the controller alone can say. */
const CONTROL: Record<string, Calls> = {
  transferControl: (patient, grantee) => [[patient, grantee, NEVER, UNSIGNED]],
  appointRepresentative: (patient, grantee) => [
    [patient, grantee, 0n, NEVER],
    [patient, NOBODY, 0n, 0n],
  ],
  dismissRepresentative: (patient, grantee) => [[patient, grantee]],
  setExclusions: (patient) => [
    [patient, 1n],
    [patient, NEVER],
  ],
  setGuardians: (patient) => [
    [patient, EVIDENCE, 86_400n],
    [patient, NONE, 0n],
  ],
  cancelRecovery: (patient) => [[patient]],
};

/** The words as statements to sign. */
const SIGNED: Record<string, (patient: string, grantee: string, issuedAt: bigint) => Statement> = {
  grantBySig: (patient, grantee, issuedAt) => grantsOf(patient, issuedAt, [{ grantee, scope: GENERAL, terms: pack() }]),
  revokeBySig: (patient, grantee, issuedAt) => revocationsOf(patient, issuedAt, [{ grantee, scope: GENERAL }]),
  revokeAllBySig: (patient, _, issuedAt) => revokeAllOf(patient, issuedAt),
};

/** What anybody may call: it is not the caller whose word counts, or it is about the caller; or not the patient's to say. */
const ANYBODY = [
  ...["createDependent", "createDependentBySig", "startRecovery", "completeRecovery", "breakGlass"],
  ...["transferControlBySig", "appointRepresentativeBySig", "dismissRepresentativeBySig"],
  ...["setExclusionsBySig", "setGuardiansBySig", "cancelRecoveryBySig"],
];

describe("ConsentRegistry: no role can speak for a patient", () => {
  async function world() {
    const suite = await fixtures.listed();
    const { consortium, clinic, member } = suite.signers;
    await suite.providers.connect(consortium).setEmergency(clinic, true);
    await suite.providers.connect(clinic).setMember(clinic, member, 31, BigInt(await time.latest()) + YEAR);
    await grant(suite, clinic, GENERAL);
    return suite;
  }

  /** Calls without sending. */
  function tryOut({ consents }: Suite, name: string, args: unknown[], from: string) {
    return consents
      .connect(ethers.provider)
      .getFunction(name)
      .staticCall(...args, { from });
  }

  async function expectRefused(suite: Suite, name: string, by: string) {
    const { consents, signers } = suite;
    const { patient, clinic } = signers;
    const error = name in WORDS ? "NotSpeakerFor" : "NotControllerOf";
    for (const args of { ...WORDS, ...CONTROL }[name]!(patient.address, clinic.address)) {
      await expect(tryOut(suite, name, args, by))
        .to.be.revertedWithCustomError(consents, error)
        .withArgs(patient, by);
    }
  }

  /** The call of a twin with what a voice signed just now. */
  async function signedBy(suite: Suite, name: string, patient: string, voice: Voice) {
    const issuedAt = BigInt(await time.latest()) * 1000n;
    const statement = SIGNED[name]!(patient, suite.signers.clinic.address, issuedAt);
    return (await signed(await domainOf(suite), voice, statement)).args;
  }

  it("the tables name every function that changes something", async () => {
    const { consents } = await world();
    const names: string[] = [];
    consents.interface.forEachFunction(({ name, stateMutability }) => {
      if (stateMutability !== "view" && stateMutability !== "pure") names.push(name);
    });
    expect([...Object.keys({ ...WORDS, ...CONTROL, ...SIGNED }), ...ANYBODY]).to.have.members(names);
  });

  for (const name of Object.keys({ ...WORDS, ...CONTROL })) {
    for (const role of ROLES) {
      it(`${name}: not the ${role}`, async () => {
        const suite = await world();
        await expectRefused(suite, name, suite.signers[role].address);
      });
    }

    for (const contract of CONTRACTS) {
      it(`${name}: not the contract ${contract}`, async () => {
        const suite = await world();
        await expectRefused(suite, name, await suite[contract].getAddress());
      });
    }
  }

  for (const name of Object.keys(SIGNED)) {
    const expectNot = async (suite: Suite, voice: Voice) => {
      const { patient, relayer } = suite.signers;
      const args = await signedBy(suite, name, patient.address, voice);
      for (const by of [relayer.address, voice.signer]) {
        await expect(tryOut(suite, name, args, by))
          .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
          .withArgs(patient, voice.signer);
      }
    };

    for (const role of ROLES) {
      it(`${name}: not by the signature of the ${role}`, async () => {
        const suite = await world();
        await expectNot(suite, await voiceOf(suite.signers[role]));
      });
    }

    for (const contract of CONTRACTS) {
      it(`${name}: not in the name of the contract ${contract}`, async () => {
        const suite = await world();
        await expectNot(suite, { signer: await suite[contract].getAddress(), sign: () => "0x" });
      });
    }

    it(`${name}: the patient can, and each only for themselves`, async () => {
      const suite = await world();
      const { patient, otherPatient, stranger } = suite.signers;
      const by = async (whose: Signer) => signedBy(suite, name, whose.address, await voiceOf(patient));
      await tryOut(suite, name, await by(patient), stranger.address);
      await expect(tryOut(suite, name, await by(otherPatient), patient.address))
        .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
        .withArgs(otherPatient, patient);
    });

    it(`${name}: nobody for the zero address or for ANY_PROVIDER`, async () => {
      const suite = await world();
      const { stranger } = suite.signers;
      for (const nobody of [NOBODY, ANY_PROVIDER]) {
        const args = await signedBy(suite, name, nobody, await voiceOf(stranger));
        await expect(tryOut(suite, name, args, stranger.address))
          .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
          .withArgs(nobody, stranger);
        // An address without a key has no signature, not even one that recovers to nothing.
        const forged = await signedBy(suite, name, nobody, { signer: nobody, sign: () => `0x${"00".repeat(65)}` });
        await expect(tryOut(suite, name, forged, stranger.address))
          .to.be.revertedWithCustomError(suite.consents, "InvalidSignature")
          .withArgs(nobody);
      }
    });
  }

  for (const name of Object.keys(WORDS)) {
    it(`${name}: the patient can, and each only for themselves`, async () => {
      const suite = await world();
      const { patient, otherPatient, clinic } = suite.signers;
      const [args] = WORDS[name]!(patient.address, clinic.address);
      await tryOut(suite, name, args!, patient.address);
      await expect(tryOut(suite, name, [otherPatient.address, ...args!.slice(1)], patient.address))
        .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
        .withArgs(otherPatient, patient);
    });

    it(`${name}: nobody for the zero address or for ANY_PROVIDER`, async () => {
      const suite = await world();
      const { clinic, stranger } = suite.signers;
      for (const nobody of [NOBODY, ANY_PROVIDER]) {
        const [args] = WORDS[name]!(nobody, clinic.address);
        await expect(tryOut(suite, name, args!, stranger.address))
          .to.be.revertedWithCustomError(suite.consents, "NotSpeakerFor")
          .withArgs(nobody, stranger);
      }
    });
  }

  it("what a provider does to itself or its accreditor to it leaves the patient's words alone", async () => {
    const { consents, providers, signers } = await world();
    const { accreditor, consortium, patient, clinic } = signers;
    const before = await consents.termsOf(patient, clinic, GENERAL);
    await providers.connect(accreditor).revoke(clinic);
    await providers.connect(consortium).reinstate(clinic);
    await providers.connect(consortium).appointAccreditor(1, NOBODY);
    expect(await consents.termsOf(patient, clinic, GENERAL)).to.equal(before);
    expect(await consents.controllerOf(patient)).to.equal(patient.address);
    expect(await consents.voidBeforeOf(patient)).to.equal(0n);
  });

  it("a withdrawal works while the directory does not answer", async () => {
    const suite = await world();
    const { consents, providers, signers } = suite;
    const { patient, clinic } = signers;
    await networkHelpers.setCode(await providers.getAddress(), "0xfe");
    await expect(consents.connect(patient).revoke(patient, [{ grantee: clinic, scope: GENERAL }])).to.emit(
      consents,
      "ConsentRevoked",
    );
    await expect(consents.connect(patient).revokeAll(patient)).to.emit(consents, "AllRevoked");
    const grants = [{ grantee: clinic, scope: GENERAL, terms: pack() }];
    await expect(consents.connect(patient).grant(patient, grants, EVIDENCE)).to.emit(consents, "ConsentGranted");
    await expect(consents.decide(request(suite))).to.revert(ethers);
  });
});
