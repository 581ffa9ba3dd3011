import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { Suite } from "../suite.js";
import { ethers, inOneBlock, GAS, stampOf, timeOf } from "./chain.js";
import { decide, fixtures, grant, refuse, request } from "./fixtures.js";
import { actions, categories, purposes } from "./codes.js";
import { toldBy } from "./replay.js";
import {
  ANY_PROVIDER,
  bare,
  EMERGENCY,
  EVIDENCE,
  familyScope,
  GENERAL,
  NOBODY,
  NONE,
  ofKind,
  pack,
  programmeId,
  recordId,
  tombstone,
} from "./words.js";

/** The stamp of a transaction's block. */
async function stamp(sending: Promise<ContractTransactionResponse>): Promise<bigint> {
  return stampOf(await timeOf(sending));
}

describe("ConsentRegistry: the patient's word", () => {
  describe("grant", () => {
    it("stores the word with the stamp of the block and tells it in full", async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient, clinic } = signers;
      const stated = { categories: categories("LABS", "PSY"), purposes: purposes("TREAT"), actions: actions("access") };
      const granting = consents
        .connect(patient)
        .grant(patient, [{ grantee: clinic, scope: GENERAL, terms: pack(stated) }], EVIDENCE);
      const word = pack({ ...stated, issuedAt: await stamp(granting) });
      await expect(granting)
        .to.emit(consents, "ConsentGranted")
        .withArgs(patient, clinic, GENERAL, word, EVIDENCE, patient);
      expect(await consents.termsOf(patient, clinic, GENERAL)).to.equal(word);
    });

    it("replaces the word in its place and no other", async () => {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, otherPatient, clinic, hospital } = signers;
      const family = familyScope("TREAT");
      await grant(suite, clinic, family, { purposes: purposes("TREAT") });
      await grant(suite, hospital, GENERAL);
      await consents
        .connect(otherPatient)
        .grant(otherPatient, [{ grantee: clinic, scope: GENERAL, terms: pack() }], NONE);
      await grant(suite, clinic, GENERAL);
      const others = () =>
        Promise.all([
          consents.termsOf(patient, clinic, family),
          consents.termsOf(patient, hospital, GENERAL),
          consents.termsOf(otherPatient, clinic, GENERAL),
        ]);
      const before = await others();
      const changes = { categories: categories("LABS") };
      const replacing = consents
        .connect(patient)
        .grant(patient, [{ grantee: clinic, scope: GENERAL, terms: pack(changes) }], EVIDENCE);
      const issuedAt = await stamp(replacing);
      expect(await consents.termsOf(patient, clinic, GENERAL)).to.equal(pack({ ...changes, issuedAt }));
      expect(await others()).to.deep.equal(before);
    });

    it("writes many at once, one event each, in order, the last one standing where two meet", async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient, clinic, hospital } = signers;
      const grants = [
        { grantee: clinic.address, scope: GENERAL, terms: pack() },
        { grantee: hospital.address, scope: recordId(clinic.address), terms: pack() },
        { grantee: hospital.address, scope: recordId(clinic.address), terms: pack({ actions: 2n }) },
      ];
      const granting = consents.connect(patient).grant(patient, grants, EVIDENCE);
      const issuedAt = await stamp(granting);
      const logs = await consents.queryFilter(consents.filters.ConsentGranted(patient));
      expect(logs.map(({ args }) => [args.grantee, args.scope, args.terms])).to.deep.equal([
        [clinic.address, GENERAL, pack({ issuedAt })],
        [hospital.address, recordId(clinic.address), pack({ issuedAt })],
        [hospital.address, recordId(clinic.address), pack({ issuedAt, actions: 2n })],
      ]);
      expect(await consents.termsOf(patient, hospital, recordId(clinic.address))).to.equal(
        pack({ issuedAt, actions: 2n }),
      );
    });

    it("is all or nothing", async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient, clinic, hospital } = signers;
      const good = { grantee: clinic.address, scope: GENERAL, terms: pack() };
      const bad = { grantee: hospital.address, scope: GENERAL, terms: pack({ actions: 0n }) };
      await expect(consents.connect(patient).grant(patient, [good, bad], EVIDENCE))
        .to.be.revertedWithCustomError(consents, "InvalidActions")
        .withArgs(0n);
      expect(await consents.termsOf(patient, clinic, GENERAL)).to.equal(0n);
    });

    it("of nothing does nothing", async () => {
      const { consents, signers } = await fixtures.listed();
      const receipt = await (await consents.connect(signers.patient).grant(signers.patient, [], EVIDENCE)).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });
  });

  describe("revoke", () => {
    it("leaves a refusal and tells it", async () => {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, clinic } = signers;
      await grant(suite, clinic, GENERAL);
      const revoking = consents.connect(patient).revoke(patient, [{ grantee: clinic, scope: GENERAL }]);
      const issuedAt = await stamp(revoking);
      await expect(revoking).to.emit(consents, "ConsentRevoked").withArgs(patient, clinic, GENERAL, issuedAt, patient);
      expect(await consents.termsOf(patient, clinic, GENERAL)).to.equal(tombstone(issuedAt));
    });

    const anything: readonly [string, string, string][] = [
      ["what was never granted", ANY_PROVIDER, programmeId("a study")],
      ["break-glass", ANY_PROVIDER, EMERGENCY],
      ["nobody", NOBODY, GENERAL],
      ["scope zero", ANY_PROVIDER, NONE],
      ["a scope of no kind", ANY_PROVIDER, ofKind(255, "0x01")],
    ];
    for (const [name, grantee, scope] of anything) {
      it(`never fails: ${name}`, async () => {
        const { consents, signers } = await fixtures.listed();
        const { patient } = signers;
        const revoking = consents.connect(patient).revoke(patient, [{ grantee, scope }]);
        const issuedAt = await stamp(revoking);
        await expect(revoking).to.emit(consents, "ConsentRevoked").withArgs(patient, grantee, scope, issuedAt, patient);
        expect(await consents.termsOf(patient, grantee, scope)).to.equal(tombstone(issuedAt));
      });
    }

    it("never fails: one's own consent, and nothing at all", async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient } = signers;
      await consents.connect(patient).revoke(patient, [{ grantee: patient, scope: GENERAL }]);
      const receipt = await (await consents.connect(patient).revoke(patient, [])).wait();
      expect(receipt?.logs).to.deep.equal([]);
    });

    it("again, later, is the present word", async () => {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, clinic } = signers;
      await refuse(suite, clinic, programmeId("a study"));
      const again = consents.connect(patient).revoke(patient, [{ grantee: clinic, scope: programmeId("a study") }]);
      const issuedAt = await stamp(again);
      await expect(again).to.emit(consents, "ConsentRevoked");
      expect(await consents.termsOf(patient, clinic, programmeId("a study"))).to.equal(tombstone(issuedAt));
    });
  });

  describe("revokeAll", () => {
    it("ends every grant of the patient said before, of no other patient, and no refusal", async () => {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, otherPatient, clinic, hospital, lab } = signers;
      expect(await consents.voidBeforeOf(patient)).to.equal(0n);
      await grant(suite, clinic, GENERAL);
      await grant(suite, ANY_PROVIDER, GENERAL);
      await refuse(suite, hospital, recordId(clinic.address));
      await consents
        .connect(otherPatient)
        .grant(otherPatient, [{ grantee: clinic, scope: GENERAL, terms: pack() }], NONE);
      const words = () =>
        Promise.all([clinic.address, ANY_PROVIDER].map((holder) => consents.termsOf(patient, holder, GENERAL)));
      const before = await words();
      const revoking = consents.connect(patient).revokeAll(patient);
      const voidBefore = await stamp(revoking);
      await expect(revoking).to.emit(consents, "AllRevoked").withArgs(patient, voidBefore, patient);
      expect(await consents.voidBeforeOf(patient)).to.equal(voidBefore);
      expect(await words()).to.deep.equal(before);
      expect((await decide(suite)).decision).to.equal("Revoked");
      expect((await decide(suite, { grantee: lab })).decision).to.equal("Revoked");
      expect((await decide(suite, { grantee: hospital, record: recordId(clinic.address) })).decision).to.equal(
        "Withheld",
      );
      expect((await decide(suite, { patient: otherPatient })).decision).to.equal("Permit");
    });

    it("lets what is granted after it stand", async () => {
      const suite = await fixtures.listed();
      const { patient, clinic } = suite.signers;
      await suite.consents.connect(patient).revokeAll(patient);
      await grant(suite, clinic, GENERAL);
      expect((await decide(suite)).decision).to.equal("Permit");
    });
  });

  describe("who speaks", () => {
    it("everybody controls their own address until that is changed, and the registry knows its directory", async () => {
      const { consents, providers, signers } = await fixtures.listed();
      for (const { address } of [signers.patient, signers.clinic, signers.stranger]) {
        expect(await consents.controllerOf(address)).to.equal(address);
      }
      expect(await consents.providers()).to.equal(await providers.getAddress());
    });

    it("the patient needs no consent, even suspended as a provider", async () => {
      const suite = await fixtures.listed();
      const { accreditor, clinic } = suite.signers;
      await suite.providers.connect(accreditor).suspend(clinic);
      expect(await decide(suite, { patient: clinic })).to.deep.equal(bare("PermitSelf"));
      expect(await suite.consents.check(request(suite, { patient: clinic }))).to.equal(true);
    });
  });

  describe("events", () => {
    /** The words and the `voidBefore` of everybody, from the log alone. */
    async function rebuilt({ consents }: Suite): Promise<Map<string, bigint>> {
      const logs = await ethers.provider.getLogs({ address: await consents.getAddress(), fromBlock: 0 });
      const changes = logs.map((log) => toldBy(consents.interface, log)!);
      return new Map(changes.map(({ name, value }) => [name, value]));
    }

    it("rebuild the whole state", async () => {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, otherPatient, clinic, hospital } = signers;
      await grant(suite, clinic, GENERAL);
      await grant(suite, hospital, recordId(clinic.address));
      await refuse(suite, hospital, recordId(clinic.address));
      await consents.connect(patient).revokeAll(patient);
      await grant(suite, clinic, GENERAL, { actions: 2n });
      await consents.connect(otherPatient).revoke(otherPatient, [{ grantee: clinic, scope: EMERGENCY }]);
      await inOneBlock(() => [
        consents.connect(patient).revokeAll(patient, GAS),
        consents.connect(patient).grant(patient, [{ grantee: ANY_PROVIDER, scope: GENERAL, terms: pack() }], NONE, GAS),
        consents.connect(patient).revokeAll(patient, GAS),
      ]);
      const state = await rebuilt(suite);
      expect(state.size).to.equal(5);
      for (const [place, value] of state) {
        const [whose, holder, scope] = place.split(" ");
        const stored = scope ? consents.termsOf(whose!, holder!, scope) : consents.voidBeforeOf(whose!);
        expect(await stored, place).to.equal(value);
      }
    });
  });
});
