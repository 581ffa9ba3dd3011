import { expect } from "chai";
import type { Suite } from "../suite.js";
import { ethers, networkHelpers, time } from "./chain.js";
import { fixtures, grant, OFFICES, request, YEAR } from "./fixtures.js";
import { ANY_PROVIDER, EVIDENCE, GENERAL, NOBODY, pack } from "./words.js";

/** Everybody with a role, and who has none. The clinic is the grantee of the patient's consent and holds every capability. */
const ROLES = [...OFFICES, "researcher", "member", "otherPatient", "stranger"] as const;

/** Contracts of the suite, which could call only if they were made to. */
const CONTRACTS = ["manager", "providers", "consents", "records", "audit"] as const;

/** Every function that changes something: with an effect, with none, and with terms that would be refused. */
const CALLS: Record<string, (patient: string, grantee: string) => unknown[][]> = {
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

describe("ConsentRegistry: no role can speak for a patient", () => {
  async function world() {
    const suite = await fixtures.listed();
    const { consortium, clinic, member } = suite.signers;
    await suite.providers.connect(consortium).setEmergency(clinic, true);
    await suite.providers.connect(clinic).setMember(clinic, member, 31, BigInt(await time.latest()) + YEAR);
    await grant(suite, clinic, GENERAL);
    return suite;
  }

  async function expectRefused({ consents, signers }: Suite, name: string, by: string) {
    const { patient, clinic } = signers;
    for (const args of CALLS[name]!(patient.address, clinic.address)) {
      await expect(
        consents
          .connect(ethers.provider)
          .getFunction(name)
          .staticCall(...args, { from: by }),
      )
        .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
        .withArgs(patient, by);
    }
  }

  it("the table names every function that changes something", async () => {
    const { consents } = await world();
    const names: string[] = [];
    consents.interface.forEachFunction(({ name, stateMutability }) => {
      if (stateMutability !== "view" && stateMutability !== "pure") names.push(name);
    });
    expect(Object.keys(CALLS)).to.have.members(names);
  });

  for (const name of Object.keys(CALLS)) {
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

    it(`${name}: the patient can, and each only for themselves`, async () => {
      const { consents, signers } = await world();
      const { patient, otherPatient, clinic } = signers;
      const [args] = CALLS[name]!(patient.address, clinic.address);
      await consents
        .connect(patient)
        .getFunction(name)
        .staticCall(...args!);
      await expect(
        consents
          .connect(patient)
          .getFunction(name)
          .staticCall(otherPatient.address, ...args!.slice(1)),
      )
        .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
        .withArgs(otherPatient, patient);
    });

    it(`${name}: nobody for the zero address or for ANY_PROVIDER`, async () => {
      const { consents, signers } = await world();
      for (const nobody of [NOBODY, ANY_PROVIDER]) {
        const [args] = CALLS[name]!(nobody, signers.clinic.address);
        await expect(
          consents
            .connect(signers.stranger)
            .getFunction(name)
            .staticCall(...args!),
        )
          .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
          .withArgs(nobody, signers.stranger);
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
