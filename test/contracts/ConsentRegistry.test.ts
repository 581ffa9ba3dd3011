import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import type { Suite } from "../suite.js";
import { ethers, inOneBlock, GAS, stampOf, timeOf } from "./chain.js";
import { decide, fixtures, grant, refuse, request } from "./fixtures.js";
import { toldBy } from "./replay.js";
import { ANY_PROVIDER, bare, EMERGENCY, EVIDENCE, GENERAL, NONE, pack, recordId } from "./words.js";

/** The stamp of a transaction's block. */
async function stamp(sending: Promise<ContractTransactionResponse>): Promise<bigint> {
  return stampOf(await timeOf(sending));
}

describe("ConsentRegistry", () => {
  describe("grant", () => {
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
    it("of nothing does nothing", async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient } = signers;
      const receipt = await (await consents.connect(patient).revoke(patient, [])).wait();
      expect(receipt?.logs).to.deep.equal([]);
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
