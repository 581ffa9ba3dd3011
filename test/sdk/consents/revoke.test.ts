import {
  ANY_PROVIDER,
  connect,
  EndedByPatientError,
  InvalidAddressError,
  InvalidParameterError,
  InvalidRecordIdError,
  newProgrammeId,
  NoSignerError,
  NotSpeakerForError,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { breakGlass, ethers, expectError, fixtures, LABS, sent } from "../setup.js";
import { toConsentryError } from "../../../sdk/dist/errors/toConsentryError.js";

async function granted() {
  const world = await fixtures.recorded();
  const { as, signers, record } = world;
  const [patient, grantee, hospital] = [signers.patient, signers.clinic, signers.hospital].map(
    ({ address }) => address,
  );
  const programme = newProgrammeId();
  await as.patient.consents.grant({
    grants: [
      { ...LABS, grantee: hospital! },
      { ...LABS, grantee: hospital!, purposes: ["HPAYMT"] },
      { ...LABS, grantee: hospital!, purposes: ["CLINTRCH"], programme },
    ],
  });
  const asked = (purpose: string, more: object = {}) =>
    as.hospital.consents.decide({ patient: patient!, grantee: hospital!, categories: ["LABS"], purpose, ...more });
  return { ...world, patient: patient!, clinic: grantee!, hospital: hospital!, programme, asked, record };
}

describe("consents.revoke", () => {
  it("sends nothing that nobody would read: ANY_PROVIDER and break-glass, or a programme", async () => {
    const { as, signers, programme } = await granted();
    const before = await sent(signers.patient);
    for (const more of [{ purpose: "BTG" }, { programme }]) {
      const refusal = as.patient.consents.revoke({ grantee: ANY_PROVIDER, ...more });
      await expectError(refusal, InvalidParameterError, { parameter: "grantee" });
    }
    expect(await sent(signers.patient)).to.equal(before);
  });

  it("withdraws from a provider altogether", async () => {
    const { as, hospital, patient, programme, asked } = await granted();
    const { events } = await as.patient.consents.revoke({ grantee: hospital });
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({ type: "ConsentRevoked", patient, grantee: hospital, by: patient });
    expect(events[0]!.scope.kind).to.equal("general");
    for (const [purpose, more] of [["TREAT"], ["HPAYMT"], ["CLINTRCH", { programme }]] as const) {
      expect(await asked(purpose, more)).to.include({ permitted: false, decision: "Revoked" });
    }
  });

  it("withdraws one family of purposes", async () => {
    const { as, hospital, asked } = await granted();
    await as.patient.consents.revoke({ grantee: hospital, purpose: "TREAT" });
    expect((await asked("ETREAT")).decision).to.equal("Revoked");
    expect((await asked("HPAYMT")).permitted).to.be.true;
  });

  it("withdraws one programme", async () => {
    const { as, hospital, programme, asked } = await granted();
    expect((await asked("CLINTRCH", { programme })).permitted).to.be.true;
    await as.patient.consents.revoke({ grantee: hospital, programme });
    expect((await asked("CLINTRCH", { programme })).decision).to.equal("Revoked");
    expect((await asked("TREAT")).permitted).to.be.true;
  });

  it("hides a record from one, or from everyone", async () => {
    const { as, hospital, clinic, record } = await granted();
    const asked = () => as.hospital.records.decide({ grantee: hospital, record, purpose: "TREAT" });
    await as.patient.consents.revoke({ grantee: clinic, record });
    expect((await asked()).permitted).to.be.true;
    await as.patient.consents.revoke({ record });
    expect(await asked()).to.include({ permitted: false, decision: "Withheld" });
  });

  it("ends what break-glass opened, which a withdrawal from the provider leaves open", async () => {
    const world = await fixtures.equipped();
    const { as, signers } = world;
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await breakGlass(world, "LABS");
    const asked = () => as.clinic.consents.decide({ patient, grantee, categories: ["LABS"], purpose: "BTG" });
    await as.patient.consents.revoke({ grantee });
    expect((await asked()).decision).to.equal("PermitEmergency");
    const { events } = await as.patient.consents.revoke({ grantee, purpose: "BTG" });
    expect(events.map(({ scope }) => scope.kind)).to.deep.equal(["emergency"]);
    expect(await asked()).to.include({ permitted: false, decision: "Revoked" });
    const error = toConsentryError(await breakGlass(world, "LABS").catch((reason: unknown) => reason));
    const window = 4 * 3600 * 1000;
    const waitsUntil = BigInt(events[0]!.statedAt.getTime() + window);
    expect(error).to.be.instanceOf(EndedByPatientError);
    expect(error).to.deep.include({ args: { waitsUntil } });
  });

  it("takes several at once, and what was never granted", async () => {
    const { as, signers, hospital, record, asked } = await granted();
    const stranger = signers.stranger.address;
    const { events } = await as.patient.consents.revoke({
      revocations: [{ grantee: hospital }, { record }, { grantee: stranger, purpose: "HRESCH" }],
    });
    expect(events.map(({ scope }) => scope.kind)).to.deep.equal(["general", "record", "purpose"]);
    expect((await asked("TREAT")).decision).to.equal("Revoked");
  });

  it("can be built without being sent", async () => {
    const { as, signers, hospital, asked } = await granted();
    const request = await as.patient.consents.revoke.request({ grantee: hospital });
    expect((await asked("TREAT")).permitted).to.be.true;
    await signers.patient.sendTransaction(request);
    expect((await asked("TREAT")).permitted).to.be.false;
  });

  it("is undone by the next grant only", async () => {
    const { as, hospital, asked } = await granted();
    await as.patient.consents.revoke({ grantee: hospital });
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    expect((await asked("TREAT")).permitted).to.be.true;
    expect((await asked("HPAYMT")).decision).to.equal("Revoked");
  });

  const grantee = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  const cases: [what: string, params: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["nothing", {}, InvalidAddressError, { parameter: "grantee" }],
    ["a purpose without grantee", { purpose: "TREAT" }, InvalidAddressError, { parameter: "grantee" }],
    ["a purpose within a family", { grantee, purpose: "ETREAT" }, InvalidParameterError, { parameter: "purpose" }],
    ["an unknown purpose", { grantee, purpose: "FUN" }, UnknownCodeError],
    ["an id that is no record's", { record: "0x03" }, InvalidRecordIdError],
    ["no revocations", { revocations: [] }, InvalidParameterError, { parameter: "revocations" }],
  ];
  for (const [what, params, type, properties] of cases) {
    it(`refuses ${what} before anything is sent`, async () => {
      const { as, signers } = await granted();
      const before = await sent(signers.patient);
      await expectError(as.patient.consents.revoke(params), type, properties);
      expect(await sent(signers.patient)).to.equal(before);
    });
  }

  it("refuses a purpose and a record in one", async () => {
    const { as, hospital, record } = await granted();
    const both = { grantee: hospital, record, purpose: "TREAT" };
    await expectError(as.patient.consents.revoke(both), InvalidParameterError, { parameter: "purpose" });
  });

  it("is for whoever speaks for the patient", async () => {
    const { as, signers, hospital, patient, deployment } = await granted();
    const args = { patient, account: signers.stranger.address };
    await expectError(as.stranger.consents.revoke({ patient, grantee: hospital }), NotSpeakerForError, { args });
    const reader = await connect({ runner: ethers.provider, deployment });
    await expectError(reader.consents.revoke({ patient, grantee: hospital }), NoSignerError);
  });
});

describe("consents.revokeAll", () => {
  it("ends every consent, and a later grant stands", async () => {
    const { as, hospital, patient, asked } = await granted();
    const { events } = await as.patient.consents.revokeAll();
    expect(events).to.have.length(1);
    expect(events[0]).to.include({ type: "AllRevoked", patient, by: patient });
    for (const purpose of ["TREAT", "HPAYMT"]) expect((await asked(purpose)).decision).to.equal("Revoked");
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    expect((await asked("TREAT")).permitted).to.be.true;
  });

  it("can be built without being sent, and is for whoever speaks for the patient", async () => {
    const { as, signers, patient, asked } = await granted();
    await expectError(as.stranger.consents.revokeAll({ patient }), NotSpeakerForError);
    await signers.patient.sendTransaction(await as.stranger.consents.revokeAll.request({ patient }));
    expect((await asked("TREAT")).decision).to.equal("Revoked");
  });
});
