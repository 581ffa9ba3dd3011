import { expect } from "chai";
import type { Suite } from "../suite.js";
import { actionRows, actions, bit, categories, familyOf, purposeRows, purposes } from "./codes.js";
import { fixtures, grant, list, refuse, registration } from "./fixtures.js";
import {
  Ability,
  bare,
  CONDITIONAL,
  GENERAL,
  NOBODY,
  NONE,
  type Outcome,
  outcome,
  programmeId,
  recordId,
} from "./words.js";

const TREAT = purposes("TREAT");
const ACCESS = actions("access");

interface Asked {
  grantee?: string;
  record?: string;
  programme?: string;
  purpose?: bigint;
  action?: bigint;
}

/** The outcome for the clinic's record, and whom and what it is about. */
async function decideRecord(suite: Suite & { record: string }, grantee: string, asked: Asked = {}) {
  const { record = suite.record, programme = NONE, purpose = TREAT, action = ACCESS } = asked;
  const [decision, holder, scope, patient, labels] = await suite.records.decideRecord(
    grantee,
    record,
    programme,
    purpose,
    action,
  );
  return { told: outcome([decision, holder, scope]), patient, labels };
}

describe("RecordRegistry: decideRecord", () => {
  /** The recorded fixture, whose consent to collect is void, so that nothing but custody permits anything. */
  const world = () => fixtures.recorded();

  it("asks the consents with the record's own patient and labels", async () => {
    const suite = await world();
    const { patient, clinic, hospital } = suite.signers;
    await grant(suite, hospital, GENERAL, { categories: categories("LABS") });
    const permit: Outcome = { decision: "Permit", holder: hospital.address, scope: GENERAL };
    const about = { patient: patient.address, labels: categories("LABS") };
    expect(await decideRecord(suite, hospital.address)).to.deep.equal({ told: permit, ...about });
    await suite.records.connect(clinic).addLabels(suite.record, categories("PSY"));
    const refusal = { ...permit, decision: "CategoryNotCovered" };
    const labels = categories("LABS", "PSY");
    expect(await decideRecord(suite, hospital.address)).to.deep.equal({ told: refusal, ...about, labels });
  });

  it("names the record and the programme", async () => {
    const suite = await world();
    const { hospital } = suite.signers;
    const study = programmeId("a study");
    await grant(suite, hospital, study);
    const permit = { decision: "Permit", holder: hospital.address, scope: study };
    expect((await decideRecord(suite, hospital.address, { programme: study })).told).to.deep.equal(permit);
    expect((await decideRecord(suite, hospital.address)).told).to.deep.equal(bare("NoConsent"));
    await refuse(suite, hospital, suite.record);
    const withheld = { decision: "Withheld", holder: hospital.address, scope: suite.record };
    expect((await decideRecord(suite, hospital.address, { programme: study })).told).to.deep.equal(withheld);
  });

  it("an unknown and an erased record: NoConsent and zeros, even for the custodian and the patient", async () => {
    const suite = await world();
    const { patient, clinic, hospital } = suite.signers;
    await grant(suite, hospital, GENERAL);
    await suite.records.connect(clinic).erase(suite.record);
    for (const record of [suite.record, recordId(clinic.address, 99n), NONE, GENERAL]) {
      for (const grantee of [clinic.address, hospital.address, patient.address]) {
        const nothing = { told: bare("NoConsent"), patient: NOBODY, labels: 0n };
        expect(await decideRecord(suite, grantee, { record })).to.deep.equal(nothing);
      }
    }
  });

  it("the patient: PermitSelf", async () => {
    const suite = await world();
    expect((await decideRecord(suite, suite.signers.patient.address)).told).to.deep.equal(bare("PermitSelf"));
  });

  describe("the custodian", () => {
    /** What custody serves for: treatment, payment and operations, what must be named aside. */
    const serves = (name: string) => {
      const row = purposeRows.find((candidate) => candidate.name === name)!;
      return ["TREAT", "HPAYMT", "HOPERAT"].includes(familyOf(name) ?? "") && row.explicitOnly === false;
    };

    for (const row of purposeRows) {
      it(`${serves(row.name) ? "needs no" : "needs"} consent for ${row.name}, and always one to disclose`, async () => {
        const suite = await world();
        const { clinic, hospital } = suite.signers;
        for (const action of actionRows) {
          const asked = { purpose: bit(row), action: bit(action) };
          const custodial = serves(row.name) && action.name !== "disclose";
          const { told } = await decideRecord(suite, clinic.address, asked);
          if (custodial) expect(told, action.name).to.deep.equal(bare("PermitCustodian"));
          else expect(told.decision, action.name).to.equal(row.name === "BTG" ? "NoConsent" : "Revoked");
          expect((await decideRecord(suite, hospital.address, asked)).told).to.deep.equal(bare("NoConsent"));
        }
      });
    }

    it("keeps what it has, whatever the patient says", async () => {
      const suite = await world();
      const { clinic } = suite.signers;
      await refuse(suite, clinic, GENERAL);
      await refuse(suite, clinic, suite.record);
      expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(bare("PermitCustodian"));
    });

    it("may do more with a consent", async () => {
      const suite = await world();
      const { clinic } = suite.signers;
      await grant(suite, clinic, GENERAL);
      const permit = { decision: "Permit", holder: clinic.address, scope: GENERAL };
      expect((await decideRecord(suite, clinic.address, { action: actions("disclose") })).told).to.deep.equal(permit);
      expect((await decideRecord(suite, clinic.address, { purpose: purposes("HRESCH") })).told).to.deep.equal(permit);
    });

    it("rests on the patient's word where that permits, and on custody where it only might", async () => {
      const suite = await world();
      const { clinic } = suite.signers;
      for (const scope of [GENERAL, suite.record]) {
        await grant(suite, clinic, scope);
        const permit = { decision: "Permit", holder: clinic.address, scope };
        expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(permit);
        await grant(suite, clinic, scope, { flags: CONDITIONAL });
        const conditional = { ...permit, decision: "PermitConditional" };
        const disclosing = { action: actions("disclose") };
        expect((await decideRecord(suite, clinic.address, disclosing)).told).to.deep.equal(conditional);
        expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(bare("PermitCustodian"));
      }
    });

    it("that is the patient itself needs no custody, active or not", async () => {
      const suite = await world();
      const { accreditor, clinic } = suite.signers;
      const record = recordId(clinic.address, 2n);
      const stated = registration(suite, { record, patient: clinic.address });
      await suite.records.connect(clinic).register(stated, NONE, TREAT);
      expect((await decideRecord(suite, clinic.address, { record })).told).to.deep.equal(bare("PermitSelf"));
      await suite.providers.connect(accreditor).suspend(clinic);
      expect((await decideRecord(suite, clinic.address, { record })).told).to.deep.equal(bare("PermitSelf"));
    });

    it("is refused while it is not active, for its own records, too", async () => {
      const suite = await world();
      const { accreditor, consortium, clinic } = suite.signers;
      await suite.providers.connect(accreditor).suspend(clinic);
      expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(bare("GranteeNotActive"));
      await suite.providers.connect(consortium).reinstate(clinic);
      expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(bare("PermitCustodian"));
    });

    it("is one by active standing alone: CONTRIBUTE may be gone", async () => {
      const suite = await world();
      const { accreditor, clinic } = suite.signers;
      await suite.providers.connect(accreditor).setCapabilities(clinic, 0);
      expect((await decideRecord(suite, clinic.address)).told).to.deep.equal(bare("PermitCustodian"));
    });

    const nonsense: readonly [string, Asked][] = [
      ["no purpose", { purpose: 0n }],
      ["two purposes", { purpose: purposes("TREAT", "HPAYMT") }],
      ["a custodian's purpose and an undefined one", { purpose: TREAT | (1n << 30n) }],
      ["no action", { action: 0n }],
      ["two actions", { action: actions("access", "use") }],
      ["a programme that is none", { programme: GENERAL }],
    ];
    for (const [name, asked] of nonsense) {
      it(`is told InvalidRequest as everybody: ${name}`, async () => {
        const suite = await world();
        for (const grantee of [suite.signers.clinic.address, suite.signers.hospital.address]) {
          expect((await decideRecord(suite, grantee, asked)).told).to.deep.equal(bare("InvalidRequest"));
        }
      });
    }

    it("is the one in the record's name, not another that holds a record of the patient", async () => {
      const suite = await world();
      const { accreditor, patient, lab, relayer } = suite.signers;
      await list(suite, accreditor, relayer, { capabilities: Ability.CONTRIBUTE });
      await grant(suite, relayer, GENERAL, { actions: actions("collect") });
      const other = registration(suite, { record: recordId(relayer.address) });
      await suite.records.connect(relayer).register(other, NONE, TREAT);
      await suite.consents.connect(patient).revokeAll(patient);
      expect((await decideRecord(suite, relayer.address)).told.decision).to.equal("Revoked");
      expect((await decideRecord(suite, lab.address)).told).to.deep.equal(bare("NoConsent"));
    });
  });
});
