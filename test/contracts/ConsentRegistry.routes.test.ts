import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { decide, fixtures } from "./fixtures.js";
import { actions, categories, purposes } from "./codes.js";
import { ROUTES } from "./routes.js";
import {
  ANY_PROVIDER,
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

const FAMILY = familyScope("TREAT");
const STUDY = programmeId("a study");
const STATED = { categories: categories("LABS", "PSY"), purposes: purposes("TREAT"), actions: actions("access") };

for (const route of ROUTES) {
  describe(`ConsentRegistry: the patient's word, ${route.name}`, () => {
    async function world() {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, otherPatient, clinic, hospital } = signers;
      const stored = (scope: string, grantee = clinic.address) => consents.termsOf(patient, grantee, scope);
      /** The stamp of what is sent. */
      const stamp = async (sending: Promise<ContractTransactionResponse>) => route.stampOf(suite, await sending);
      const grant = (scope: string, changes = {}, grantee = clinic.address) =>
        route.grant(suite, [{ grantee, scope, terms: pack(changes) }]);
      const refuse = (scope: string, grantee = clinic.address) => route.revoke(suite, [{ grantee, scope }]);
      const decision = async (changes = {}) => (await decide(suite, changes)).decision;
      return { suite, consents, patient, otherPatient, clinic, hospital, stored, stamp, grant, refuse, decision };
    }

    it("a grant is stored with its stamp and told in full", async () => {
      const { consents, patient, clinic, stored, stamp, grant } = await world();
      const granting = grant(GENERAL, STATED);
      const word = pack({ ...STATED, issuedAt: await stamp(granting) });
      await expect(granting)
        .to.emit(consents, "ConsentGranted")
        .withArgs(patient, clinic, GENERAL, word, route.evidence, patient);
      expect(await stored(GENERAL)).to.equal(word);
    });

    it("a grant replaces the word in its place, wider or narrower, and no other", async () => {
      const { consents, otherPatient, clinic, hospital, stored, stamp, grant } = await world();
      await grant(FAMILY, { purposes: purposes("TREAT") });
      await grant(GENERAL, {}, hospital.address);
      const theirs = [{ grantee: clinic, scope: GENERAL, terms: pack() }];
      await consents.connect(otherPatient).grant(otherPatient, theirs, EVIDENCE);
      const others = () =>
        Promise.all([
          stored(FAMILY),
          stored(GENERAL, hospital.address),
          consents.termsOf(otherPatient, clinic, GENERAL),
        ]);
      const before = await others();
      for (const changes of [STATED, {}, STATED]) {
        const issuedAt = await stamp(grant(GENERAL, changes));
        expect(await stored(GENERAL)).to.equal(pack({ ...changes, issuedAt }));
      }
      expect(await others()).to.deep.equal(before);
    });

    it("many words in places of their own are each what was said there", async () => {
      const { suite, clinic, hospital, stored } = await world();
      const items = [
        { grantee: clinic.address, scope: GENERAL, terms: pack() },
        { grantee: clinic.address, scope: STUDY, terms: pack(STATED) },
        { grantee: hospital.address, scope: GENERAL, terms: pack(STATED) },
        { grantee: ANY_PROVIDER, scope: recordId(clinic.address), terms: pack() },
      ];
      await route.grant(suite, items);
      const unstamped = async () =>
        (await Promise.all(items.map(({ grantee, scope }) => stored(scope, grantee)))).map(
          (word) => word & ~(((1n << 48n) - 1n) << 200n),
        );
      expect(await unstamped()).to.deep.equal(items.map(({ terms }) => terms));
      await route.revoke(suite, items.slice(1));
      expect(await unstamped()).to.deep.equal([pack(), 0n, 0n, 0n]);
    });

    it("a refusal takes the place of a grant and is told, and a later grant takes its", async () => {
      const { consents, patient, clinic, stored, stamp, grant, refuse, decision } = await world();
      await grant(FAMILY, { purposes: purposes("TREAT") });
      expect(await decision()).to.equal("Permit");
      const refusing = refuse(FAMILY);
      const issuedAt = await stamp(refusing);
      await expect(refusing).to.emit(consents, "ConsentRevoked").withArgs(patient, clinic, FAMILY, issuedAt, patient);
      expect(await stored(FAMILY)).to.equal(tombstone(issuedAt));
      expect(await decision()).to.equal("Revoked");
      await grant(FAMILY, { purposes: purposes("TREAT") });
      expect(await decision()).to.equal("Permit");
    });

    const anything: readonly [string, string, string][] = [
      ["what was never granted", ANY_PROVIDER, STUDY],
      ["break-glass", ANY_PROVIDER, EMERGENCY],
      ["nobody", NOBODY, GENERAL],
      ["scope zero", ANY_PROVIDER, NONE],
      ["a scope of no kind", ANY_PROVIDER, ofKind(255, "0x01")],
    ];
    for (const [name, grantee, scope] of anything) {
      it(`a refusal never fails, and again is the last word: ${name}`, async () => {
        const { consents, patient, stored, stamp, refuse } = await world();
        for (let again = 0; again < 2; again++) {
          const refusing = refuse(scope, grantee);
          const issuedAt = await stamp(refusing);
          await expect(refusing)
            .to.emit(consents, "ConsentRevoked")
            .withArgs(patient, grantee, scope, issuedAt, patient);
          expect(await stored(scope, grantee)).to.equal(tombstone(issuedAt));
        }
      });
    }

    it("a refusal of one's own consent does not fail either", async () => {
      const { patient, stored, stamp, refuse } = await world();
      expect(await stored(GENERAL, patient.address)).to.equal(0n);
      const issuedAt = await stamp(refuse(GENERAL, patient.address));
      expect(await stored(GENERAL, patient.address)).to.equal(tombstone(issuedAt));
    });

    it("revokeAll ends every grant of the patient said before, of no other patient, and no refusal", async () => {
      const { suite, consents, patient, otherPatient, clinic, hospital, stored, stamp, grant, refuse, decision } =
        await world();
      const record = recordId(clinic.address);
      expect(await consents.voidBeforeOf(patient)).to.equal(0n);
      await grant(GENERAL);
      await grant(GENERAL, {}, ANY_PROVIDER);
      await refuse(record, hospital.address);
      const theirs = [{ grantee: clinic, scope: GENERAL, terms: pack() }];
      await consents.connect(otherPatient).grant(otherPatient, theirs, EVIDENCE);
      const words = () => Promise.all([stored(GENERAL), stored(GENERAL, ANY_PROVIDER)]);
      const before = await words();
      const revoking = route.revokeAll(suite);
      const voidBefore = await stamp(revoking);
      await expect(revoking).to.emit(consents, "AllRevoked").withArgs(patient, voidBefore, patient);
      expect(await consents.voidBeforeOf(patient)).to.equal(voidBefore);
      expect(await words()).to.deep.equal(before);
      expect(await decision()).to.equal("Revoked");
      expect(await decision({ grantee: suite.signers.lab.address })).to.equal("Revoked");
      expect(await decision({ grantee: hospital.address, record })).to.equal("Withheld");
      expect(await decision({ patient: otherPatient.address })).to.equal("Permit");
    });

    it("revokeAll lets what is granted after it stand", async () => {
      const { suite, grant, decision } = await world();
      await grant(GENERAL);
      await route.revokeAll(suite);
      expect(await decision()).to.equal("Revoked");
      await grant(GENERAL);
      expect(await decision()).to.equal("Permit");
    });
  });
}
