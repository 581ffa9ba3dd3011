import {
  type AccessParams,
  ANY_PROVIDER,
  connect,
  InvalidAddressError,
  InvalidParameterError,
  InvalidRecordIdError,
  newProgrammeId,
  newRecordId,
  NotActingForError,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { breakGlass, ethers, expectError, fixtures, LABS, networkHelpers, sent, YEAR } from "../setup.js";

describe("audit.access", () => {
  it("decides on a record and logs the permit", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const [patient, hospital] = [signers.patient.address, signers.hospital.address];
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    const result = await as.hospital.audit.access({ record, purpose: "TREAT" });
    expect(result).to.deep.include({ permitted: true, decision: "Permit", conditional: false, holder: hospital });
    expect(result.scope).to.deep.include({ kind: "purpose", family: "TREAT" });
    expect(result.events).to.have.length(1);
    expect(result.events[0]).to.deep.include({
      type: "Accessed",
      patient,
      grantee: hospital,
      by: hospital,
      record,
      categories: ["LABS"],
      programme: undefined,
      purpose: "TREAT",
      action: "access",
      transaction: result.hash,
      blockNumber: result.blockNumber,
    });
  });

  it("logs a refusal, and does not fail", async () => {
    const { as, record } = await fixtures.recorded();
    const result = await as.hospital.audit.access({ record, purpose: "TREAT", action: "disclose" });
    expect(result).to.deep.include({ permitted: false, decision: "NoConsent", holder: undefined, scope: undefined });
    expect(result.events[0]).to.include({ decision: "NoConsent", action: "disclose" });
  });

  it("decides on kinds of data, within a programme, by anybody's consent", async () => {
    const { as, signers } = await fixtures.recorded();
    const [patient, hospital] = [signers.patient.address, signers.hospital.address];
    await as.patient.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
    const programme = newProgrammeId();
    const asked = { patient, categories: ["LABS"], purpose: "TREAT", programme } as const;
    const result = await as.hospital.audit.access(asked);
    expect(result).to.include({ permitted: true, holder: ANY_PROVIDER });
    expect(result.events[0]).to.deep.include({ patient, grantee: hospital, record: undefined, programme });
  });

  it("logs an access that rests on break-glass", async () => {
    const world = await fixtures.equipped();
    const { as, signers } = world;
    const [patient, clinic] = [signers.patient.address, signers.clinic.address];
    await breakGlass(world, "LABS");
    const asked = { patient, categories: ["LABS"], purpose: "BTG" } as const;
    const result = await as.clinic.audit.access(asked);
    expect(result).to.include({ permitted: true, decision: "PermitEmergency", holder: clinic });
    expect(result.scope).to.include({ kind: "emergency" });
    await as.patient.consents.revoke({ grantee: clinic, purpose: "BTG" });
    expect(await as.clinic.audit.access(asked)).to.include({ permitted: false, decision: "Revoked" });
    const entries = await as.stranger.audit.history({ patient });
    expect(entries.map(({ decision, purpose, scope }) => [decision, purpose, scope?.kind])).to.deep.equal([
      ["PermitEmergency", "BTG", "emergency"],
      ["Revoked", "BTG", "emergency"],
    ]);
  });

  it("by a member is in the organization's name", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const [hospital, member] = [signers.hospital.address, signers.member.address];
    await as.patient.consents.grant({ ...LABS, grantee: hospital });
    const asked = { record, purpose: "TREAT", onBehalfOf: hospital } as const;
    const args = { member, organization: hospital, ability: 1n };
    await expectError(as.member.audit.access(asked), NotActingForError, { args });
    const until = (await networkHelpers.time.latest()) + YEAR;
    await as.hospital.providers.setMember({ member, abilities: ["read"], until });
    const { permitted, events } = await as.member.audit.access(asked);
    expect(permitted).to.be.true;
    expect(events[0]).to.include({ grantee: hospital, by: member });
  });

  it("of an unknown record has no patient", async () => {
    const { as, signers } = await fixtures.recorded();
    const record = newRecordId(signers.clinic.address);
    const { events } = await as.hospital.audit.access({ record, purpose: "TREAT" });
    expect(events[0]).to.deep.include({ patient: undefined, record, categories: [], decision: "NoConsent" });
  });

  it("can be built without being sent", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const request = await as.stranger.audit.access.request({ record, purpose: "TREAT" });
    await signers.clinic.sendTransaction(request);
    const [entry] = await as.stranger.audit.history({ record });
    expect(entry).to.include({ decision: "PermitCustodian", by: signers.clinic.address });
  });

  const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  const cases: [what: string, params: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["nothing", {}, InvalidAddressError, { parameter: "patient" }],
    ["a patient without categories", { patient }, InvalidParameterError, { parameter: "categories" }],
    ["what is no record", { record: "x" }, InvalidRecordIdError],
    [
      "a record and a patient",
      { record: newRecordId(patient), patient },
      InvalidParameterError,
      { parameter: "record" },
    ],
    ["an unknown category", { patient, categories: ["x"] }, UnknownCodeError],
    ["an unknown purpose", { record: newRecordId(patient), purpose: "FUN" }, UnknownCodeError],
    ["an organization that is none", { record: newRecordId(patient), onBehalfOf: "x" }, InvalidAddressError],
  ];
  for (const [what, params, type, properties] of cases) {
    it(`refuses ${what} before anything is sent`, async () => {
      const { as, signers } = await fixtures.recorded();
      const before = await sent(signers.hospital);
      await expectError(as.hospital.audit.access({ purpose: "TREAT", ...params } as AccessParams), type, properties);
      expect(await sent(signers.hospital)).to.equal(before);
    });
  }
});

describe("audit.history", () => {
  async function logged() {
    const world = await fixtures.recorded();
    const { as, signers, record } = world;
    const [patient, other] = [signers.patient.address, signers.otherPatient.address];
    await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address });
    await as.hospital.audit.access({ record, purpose: "TREAT" });
    await networkHelpers.time.increase(3_600);
    await as.clinic.audit.access({ patient, categories: ["LABS"], purpose: "CLINTRL" });
    const last = await as.hospital.audit.access({ patient: other, categories: ["LABS"], purpose: "TREAT" });
    return { ...world, patient, other, hospital: signers.hospital.address, last };
  }

  it("tells who asked for what, when, and what the answer was", async () => {
    const { as, patient, record, hospital } = await logged();
    const entries = await as.patient.audit.history({ patient });
    expect(entries.map(({ decision, purpose }) => [decision, purpose])).to.deep.equal([
      ["Permit", "TREAT"],
      ["PurposeNotCovered", "CLINTRL"],
    ]);
    expect(entries[0]).to.deep.include({ grantee: hospital, record, categories: ["LABS"], holder: hospital });
    expect(entries[0]!.scope).to.deep.include({ kind: "purpose", family: "TREAT" });
    const block = await ethers.provider.getBlock(entries[0]!.blockNumber);
    expect(entries[0]!.time).to.deep.equal(new Date(block!.timestamp * 1000));
    expect(entries[1]!.time.getTime() - entries[0]!.time.getTime()).to.be.at.least(3_600_000);
  });

  it("filters by patient, grantee, record and block, and by all of them", async () => {
    const { as, patient, other, hospital, record, last } = await logged();
    const count = async (filter?: object) => (await as.patient.audit.history(filter)).length;
    expect(await count()).to.equal(3);
    expect(await count({ grantee: hospital })).to.equal(2);
    expect(await count({ record })).to.equal(1);
    expect(await count({ patient: other })).to.equal(1);
    expect(await count({ patient, grantee: hospital, record })).to.equal(1);
    expect(await count({ patient: other, record })).to.equal(0);
    expect(await count({ fromBlock: last.blockNumber })).to.equal(1);
    expect(await count({ fromBlock: last.blockNumber + 1 })).to.equal(0);
  });

  it("shows what makes no sense, too", async () => {
    const { as, audit, signers, patient } = await logged();
    const zero = `0x${"0".repeat(64)}`;
    const nobody = `0x${"0".repeat(40)}`;
    await audit.connect(signers.stranger).accessCategories(patient, 1n << 63n, zero, 3, 0, nobody);
    const entry = (await as.patient.audit.history({ patient })).at(-1);
    expect(entry).to.deep.include({
      decision: "InvalidRequest",
      permitted: false,
      purpose: undefined,
      action: undefined,
    });
  });

  it("refuses filters that are none", async () => {
    const { as } = await logged();
    await expectError(as.patient.audit.history({ patient: "x" }), InvalidAddressError, { parameter: "patient" });
    await expectError(as.patient.audit.history({ record: "x" }), InvalidRecordIdError);
    await expectError(as.patient.audit.history({ fromBlock: -1 }), InvalidParameterError, { parameter: "fromBlock" });
  });
});

describe("audit.accountingOfDisclosures", () => {
  /** A permit of seven years ago, one of five, then a refusal, an emergency and the patient's own look. */
  async function accounted() {
    const world = await fixtures.equipped();
    const { as, signers } = world;
    const [patient, clinic] = [signers.patient.address, signers.clinic.address];
    const asked = { patient, categories: ["LABS"], purpose: "TREAT" } as const;
    await as.patient.consents.grant({ ...LABS, grantee: clinic });
    await as.clinic.audit.access(asked);
    await networkHelpers.time.increase(2 * YEAR);
    await as.accreditor.providers.renew({ provider: clinic, until: (await networkHelpers.time.latest()) + 9 * YEAR });
    const five = await as.clinic.audit.access(asked);
    await networkHelpers.time.increase(5 * YEAR);
    await as.clinic.audit.access({ ...asked, purpose: "CLINTRL" });
    await breakGlass(world, "LABS");
    await as.clinic.audit.access({ ...asked, purpose: "BTG" });
    const last = await as.patient.audit.access(asked);
    return { ...world, patient, clinic, five, last };
  }

  it("has the permitted accesses of the last six years, with name, purpose and break-glass", async () => {
    const { as, patient, clinic, five } = await accounted();
    const disclosures = await as.stranger.audit.accountingOfDisclosures(patient);
    expect(disclosures.map((each) => [each.decision, each.purpose, each.name, each.breakGlass])).to.deep.equal([
      ["Permit", "TREAT", "clinic", false],
      ["PermitEmergency", "BTG", "clinic", true],
      ["PermitSelf", "TREAT", undefined, false],
    ]);
    const { timestamp } = (await ethers.provider.getBlock(five.blockNumber))!;
    const details = { patient, grantee: clinic, by: clinic, categories: ["LABS"], record: undefined, action: "access" };
    const place = { transaction: five.hash, blockNumber: five.blockNumber, time: new Date(timestamp * 1000) };
    expect(disclosures[0]).to.deep.include({ ...details, ...place, permitted: true });
  });

  it("goes back as many years as are asked for, from the block that is asked for", async () => {
    const { as, patient, five, last } = await accounted();
    const count = async (options: object) => (await as.stranger.audit.accountingOfDisclosures(patient, options)).length;
    expect(await count({ years: 8 })).to.equal(4);
    expect(await count({ years: 100 })).to.equal(4);
    expect(await count({ years: 4 })).to.equal(2);
    expect(await count({ years: 6, at: five.blockNumber })).to.equal(2);
    expect(await count({ years: 1, at: five.blockNumber })).to.equal(1);
    expect(await count({ years: 1, at: last.blockNumber - 1 })).to.equal(1);
  });

  it("goes on from a cursor", async () => {
    const { as, patient } = await accounted();
    const reading = as.stranger.audit.accountingOfDisclosures(patient);
    for await (const entry of reading) if (entry.breakGlass) break;
    const rest = await as.clinic.audit.accountingOfDisclosures(patient, { cursor: reading.cursor });
    expect(rest.map(({ decision }) => decision)).to.deep.equal(["PermitSelf"]);
  });

  it("refuses who is no patient, and years that are none", async () => {
    const { as, signers } = await fixtures.accredited();
    await expectError(as.patient.audit.accountingOfDisclosures("x"), InvalidAddressError, { parameter: "patient" });
    for (const years of [0, -1, 1.5, 101, "6"]) {
      const accounting = as.patient.audit.accountingOfDisclosures(signers.patient.address, { years: years as number });
      await expectError(accounting, InvalidParameterError, { parameter: "years" });
    }
  });
});

describe("the times of log entries", () => {
  it("are the same from a node that does not put them into its logs, however many blocks it is", async () => {
    const { as, signers, deployment, record } = await fixtures.recorded();
    await Promise.all(Array.from({ length: 3 }, () => as.clinic.audit.access({ record, purpose: "TREAT" })));
    await networkHelpers.time.increase(60);
    await as.clinic.audit.access({ record, purpose: "TREAT" });
    const blocks: unknown[] = [];
    const send = async (method: string, params: unknown[] = []): Promise<unknown> => {
      const answer: unknown = await ethers.provider.send(method, params);
      if (method === "eth_getBlockByNumber") blocks.push(params[0]);
      if (method !== "eth_getLogs") return answer;
      return (answer as object[]).map((log) => ({ ...log, blockTimestamp: undefined }));
    };
    const plain = await connect({ runner: { send } as never, deployment });
    const patient = signers.patient.address;
    const expected = await as.clinic.audit.history({ patient });
    expect(expected).to.have.length(4);
    blocks.length = 0;
    expect(await plain.audit.history({ patient })).to.deep.equal(expected);
    expect(blocks).to.include(`0x${expected[0]!.blockNumber.toString(16)}`);
    expect(expected[3]!.time.getTime() - expected[2]!.time.getTime()).to.be.at.least(60_000);
  });
});
