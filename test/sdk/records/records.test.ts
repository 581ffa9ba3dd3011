import {
  CollectionNotPermittedError,
  contentHash,
  custodianOf,
  InvalidAddressError,
  InvalidContentHashError,
  InvalidLabelsError,
  InvalidParameterError,
  InvalidRecordIdError,
  MalformedResourceError,
  newRecordId,
  newSalt,
  NotContributorError,
  RecordExistsError,
  RecordUnknownError,
  UnknownCodeError,
  verifyContent,
} from "@consentry/sdk";
import { expect } from "chai";
import { concat, keccak256, toUtf8Bytes, ZeroAddress, ZeroHash } from "ethers";
import { breakGlass, connection, ethers, expectError, fixtures, LABS, networkHelpers, sent, YEAR } from "../setup.js";

const HEPATITIS = {
  resourceType: "Condition",
  meta: { security: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "STD" }] },
};

describe("records.register", () => {
  it("takes the categories of a resource and hashes the content with a salt of its own", async () => {
    const { as, signers } = await fixtures.recorded();
    const patient = signers.patient.address;
    const collect = {
      categories: ["PROBLEMS"],
      purposes: ["TREAT"],
      actions: ["collect"],
      until: "until-revoked",
    } as const;
    await as.patient.consents.grant({ ...collect, grantee: signers.clinic.address });
    const content = JSON.stringify(HEPATITIS);
    const result = await as.clinic.records.register({ patient, resource: HEPATITIS, content, purpose: "TREAT" });
    expect(custodianOf(result.record)).to.equal(signers.clinic.address);
    expect(result.salt).to.match(/^0x[0-9a-f]{64}$/);
    expect(result.contentHash).to.equal(keccak256(concat([result.salt, toUtf8Bytes(content)])));
    expect(result.events).to.have.length(1);
    expect(result.events[0]).to.deep.include({
      type: "RecordRegistered",
      record: result.record,
      patient,
      custodian: signers.clinic.address,
      categories: ["PROBLEMS", "STD"],
      contentHash: result.contentHash,
    });
    const pointer = await as.stranger.records.get(result.record);
    expect(pointer).to.deep.equal({
      status: "registered",
      record: result.record,
      patient,
      custodian: signers.clinic.address,
      categories: ["PROBLEMS", "STD"],
      version: 1,
      contentHash: result.contentHash,
    });
    expect(as.stranger.records.verify(pointer, content, result.salt)).to.be.true;
    expect(as.stranger.records.verify(pointer, `${content} `, result.salt)).to.be.false;
    expect(as.stranger.records.verify(pointer, content, newSalt())).to.be.false;
  });

  it("takes a hash, an id and a salt of the caller's, and a sealed locator", async () => {
    const { as, signers } = await fixtures.recorded();
    const patient = signers.patient.address;
    const record = as.clinic.records.newId(signers.clinic.address);
    const hash = contentHash(new Uint8Array([1, 2, 3]), newSalt());
    const params = { record, patient, categories: ["LABS"], purpose: "TREAT" } as const;
    const result = await as.clinic.records.register({ ...params, contentHash: hash, sealedLocator: "0xABCD" });
    expect(result).to.include({ record, contentHash: hash, salt: "0x" });
    const salt = newSalt();
    const own = await as.clinic.records.register({ ...params, record: undefined, content: "x", salt });
    expect(own).to.include({ salt, contentHash: contentHash("x", salt) });
  });

  it("by a member names its organization", async () => {
    const { as, signers } = await fixtures.recorded();
    const [patient, custodian, member] = [signers.patient.address, signers.clinic.address, signers.member.address];
    const params = { patient, custodian, categories: ["LABS"], content: "x", purpose: "TREAT" } as const;
    const args = { caller: member, custodian };
    await expectError(as.member.records.register(params), NotContributorError, { args });
    const until = (await networkHelpers.time.latest()) + YEAR;
    await as.clinic.providers.setMember({ member, abilities: ["contribute"], until });
    const { events } = await as.member.records.register(params);
    expect(events[0]).to.include({ custodian, by: member });
    const record = newRecordId(custodian);
    const named = { ...params, custodian: undefined, record };
    expect((await as.member.records.register(named)).record).to.equal(record);
  });

  it("can be built without being sent: what must be kept comes with it", async () => {
    const { as, signers } = await fixtures.recorded();
    const params = { patient: signers.patient.address, categories: ["LABS"], content: "x", purpose: "TREAT" } as const;
    const { record, salt, contentHash: hash, ...transaction } = await as.clinic.records.register.request(params);
    expect(transaction).to.have.keys("to", "data");
    await signers.clinic.sendTransaction(transaction);
    expect(await as.clinic.records.get(record)).to.include({ status: "registered", contentHash: hash });
    expect(contentHash("x", salt)).to.equal(hash);
  });

  it("of many is all or none", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const patient = signers.patient.address;
    const one = { patient, categories: ["LABS"], content: "x" } as const;
    const before = await as.clinic.records.list({ patient });
    const taken = { purpose: "TREAT", records: [one, { ...one, record }] } as const;
    await expectError(as.clinic.records.registerMany(taken), RecordExistsError, {
      args: { record, status: "registered" },
    });
    expect(await as.clinic.records.list({ patient })).to.deep.equal(before);
    const { events, records } = await as.clinic.records.registerMany({ purpose: "TREAT", records: [one, one, one] });
    expect(events.map((event) => event.record)).to.deep.equal(records.map((each) => each.record));
    expect(new Set(records.map((each) => each.contentHash)).size).to.equal(3);
    expect(await as.clinic.records.list({ patient })).to.have.length(before.length + 3);
    const request = await as.clinic.records.registerMany.request({ purpose: "TREAT", records: [one] });
    expect(request).to.have.keys("to", "data", "records");
  });
});

describe("records.register refuses", () => {
  const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  const other = newRecordId(patient);
  const hash = contentHash("x", newSalt());
  const cases: [what: string, more: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["no patient", { patient: ZeroAddress }, InvalidAddressError, { parameter: "patient" }],
    ["no categories", { categories: undefined }, InvalidParameterError, { parameter: "categories" }],
    ["categories and a resource", { resource: HEPATITIS }, InvalidParameterError, { parameter: "categories" }],
    ["empty categories", { categories: [] }, InvalidParameterError, { parameter: "categories" }],
    ["a sensitivity alone", { categories: ["PSY"] }, InvalidLabelsError],
    ["unknown categories", { categories: ["LABORATORY"] }, UnknownCodeError],
    ["a malformed resource", { categories: undefined, resource: {} }, MalformedResourceError],
    ["no content", { content: undefined }, InvalidParameterError, { parameter: "content" }],
    ["content and hash", { contentHash: hash }, InvalidParameterError, { parameter: "content" }],
    ["content that is no text and no bytes", { content: 7 }, InvalidParameterError, { parameter: "content" }],
    ["a short salt", { salt: "0x12" }, InvalidParameterError, { parameter: "salt" }],
    ["a hash of zero", { content: undefined, contentHash: ZeroHash }, InvalidContentHashError],
    ["a hash that is none", { content: undefined, contentHash: "0x12" }, InvalidParameterError],
    [
      "a locator that is no bytes",
      { sealedLocator: "https://x" },
      InvalidParameterError,
      { parameter: "sealedLocator" },
    ],
    ["an unknown purpose", { purpose: "FUN" }, UnknownCodeError],
    ["another's id", { record: other, custodian: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }, InvalidParameterError],
    ["what is no id", { record: "0x03" }, InvalidRecordIdError],
    ["a programme that is none", { programme: "study" }, InvalidParameterError, { parameter: "programme" }],
  ];
  for (const [what, more, type, properties] of cases) {
    it(`${what} before anything is sent`, async () => {
      const { as, signers } = await fixtures.recorded();
      const before = await sent(signers.clinic);
      const params = {
        patient: signers.patient.address,
        categories: ["LABS"],
        content: "x",
        purpose: "TREAT",
        ...more,
      };
      await expectError(as.clinic.records.register(params), type, properties);
      expect(await sent(signers.clinic)).to.equal(before);
    });
  }

  it("what the patient does not let the custodian collect, saying why", async () => {
    const { as, signers } = await fixtures.recorded();
    const params = {
      patient: signers.patient.address,
      categories: ["IMAGING"],
      content: "x",
      purpose: "TREAT",
    } as const;
    const record = newRecordId(signers.clinic.address);
    await expectError(as.clinic.records.register({ ...params, record }), CollectionNotPermittedError, {
      args: { record, decision: "CategoryNotCovered" },
    });
  });
});

describe("a registered record", () => {
  it("is amended: the next version, with a salt of its own", async () => {
    const { as, record, content, salt } = await fixtures.recorded();
    const result = await as.clinic.records.amend({ record, content: "corrected", sealedLocator: new Uint8Array([1]) });
    expect(result.events).to.have.length(1);
    expect(result.events[0]).to.include({ type: "RecordAmended", record, version: 2, contentHash: result.contentHash });
    const pointer = await as.clinic.records.get(record);
    expect(verifyContent(pointer, "corrected", result.salt)).to.be.true;
    expect(verifyContent(pointer, content, salt)).to.be.false;
    await expectError(as.hospital.records.amend({ record, content: "forged" }), NotContributorError);
    await expectError(as.clinic.records.amend({ record }), InvalidParameterError, { parameter: "content" });
    const request = await as.clinic.records.amend.request({ record, content: "y" });
    expect(request).to.have.keys("to", "data", "record", "salt", "contentHash");
  });

  it("gets more labels, and none twice", async () => {
    const { as, record } = await fixtures.recorded();
    const { events } = await as.clinic.records.addLabels({ record, categories: ["PSY"] });
    expect(events[0]).to.deep.include({ type: "LabelsAdded", record, categories: ["LABS", "PSY"] });
    expect((await as.clinic.records.addLabels({ record, categories: ["PSY"] })).events).to.deep.equal([]);
    await expectError(as.clinic.records.addLabels({ record, categories: [] }), InvalidParameterError);
    expect(await as.clinic.records.addLabels.request({ record, categories: ["HIV"] })).to.have.keys("to", "data");
  });

  it("is erased for good", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const { events } = await as.clinic.records.erase({ record });
    expect(events[0]).to.include({ type: "RecordErased", record, by: signers.clinic.address });
    const custodian = signers.clinic.address;
    expect(await as.clinic.records.get(record)).to.deep.equal({ status: "erased", record, custodian });
    expect(await as.clinic.records.list({ custodian })).to.deep.equal([]);
    expect(verifyContent(await as.clinic.records.get(record), "x", newSalt())).to.be.false;
    await expectError(as.clinic.records.erase({ record }), RecordUnknownError, { args: { record } });
    const again = {
      record,
      patient: signers.patient.address,
      categories: ["LABS"],
      content: "x",
      purpose: "TREAT",
    } as const;
    await expectError(as.clinic.records.register(again), RecordExistsError, { args: { record, status: "erased" } });
    expect(await as.clinic.records.decide({ grantee: custodian, record, purpose: "TREAT" })).to.include({
      permitted: false,
      decision: "NoConsent",
    });
  });

  it("is listed by patient, by custodian, and by both", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const [patient, custodian] = [signers.patient.address, signers.clinic.address];
    for (const filter of [{ patient }, { custodian }, { patient, custodian }]) {
      expect((await as.stranger.records.list(filter)).map((each) => each.record)).to.deep.equal([record]);
    }
    expect(await as.stranger.records.list({ patient, custodian: signers.hospital.address })).to.deep.equal([]);
    await expectError(as.stranger.records.list({}), InvalidParameterError, { parameter: "patient" });
    await expectError(as.stranger.records.list({ custodian: "x" }), InvalidAddressError, { parameter: "custodian" });
  });

  it("is decided on with its own labels", async () => {
    const { as, signers, record } = await fixtures.recorded();
    const [clinic, hospital] = [signers.clinic.address, signers.hospital.address];
    const asked = (grantee: string) => as.hospital.records.decide({ grantee, record, purpose: "TREAT" });
    expect(await asked(clinic)).to.include({ permitted: true, decision: "PermitCustodian", holder: undefined });
    expect((await asked(hospital)).decision).to.equal("NoConsent");
    const labs = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"] } as const;
    await as.patient.consents.grant({ ...labs, grantee: hospital, record, until: "2098-12-31" });
    const decision = await asked(hospital);
    expect(decision).to.deep.include({ permitted: true, validUntil: new Date("2099-01-01T00:00:00Z") });
    expect(decision.scope).to.deep.equal({ kind: "record", record, id: record });
    await as.clinic.records.addLabels({ record, categories: ["PSY"] });
    expect((await asked(hospital)).decision).to.equal("CategoryNotCovered");
    await expectError(
      as.hospital.records.decide({ grantee: hospital, record: "x", purpose: "TREAT" }),
      InvalidRecordIdError,
    );
  });

  it("is open to break-glass, unless the patient hid it", async () => {
    const world = await fixtures.equipped();
    const { as, signers } = world;
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address, actions: ["collect"] });
    const registered = { patient, categories: ["LABS"], content: "text", purpose: "TREAT" } as const;
    const { record } = await as.hospital.records.register(registered);
    await breakGlass(world, "LABS");
    const asked = (purpose: string) => as.clinic.records.decide({ grantee, record, purpose });
    const open = await asked("BTG");
    expect(open).to.include({ permitted: true, decision: "PermitEmergency", holder: grantee });
    expect(open.validUntil).to.be.instanceOf(Date);
    expect((await asked("TREAT")).decision).to.equal("NoConsent");
    await as.patient.consents.revoke({ record });
    expect(await asked("BTG")).to.include({ permitted: false, decision: "Withheld" });
  });

  it("is unknown as long as nobody registered it", async () => {
    const { as, signers } = await fixtures.recorded();
    const record = newRecordId(signers.clinic.address);
    expect(await as.clinic.records.get(record)).to.deep.equal({
      status: "unknown",
      record,
      custodian: signers.clinic.address,
    });
    await expectError(as.clinic.records.get("x"), InvalidRecordIdError);
    expect(() => newRecordId("x")).to.throw(InvalidAddressError);
  });
});

describe("a transaction that fails only when it is mined", () => {
  it("is explained as if it had failed at once", async () => {
    const { as, signers } = await fixtures.recorded();
    const record = newRecordId(signers.clinic.address);
    const params = {
      record,
      patient: signers.patient.address,
      categories: ["LABS"],
      content: "x",
      purpose: "TREAT",
    } as const;
    await connection.provider.request({ method: "evm_setAutomine", params: [false] });
    const both = Promise.allSettled([as.clinic.records.register(params), as.clinic.records.register(params)]);
    while ((await pending()) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await ethers.provider.send("evm_mine", []);
    await connection.provider.request({ method: "evm_setAutomine", params: [true] });
    const [first, second] = await both;
    expect(first.status).to.equal("fulfilled");
    expect(second).to.have.property("reason").that.is.instanceOf(RecordExistsError);
  });
});

async function pending(): Promise<number> {
  const block = (await ethers.provider.send("eth_getBlockByNumber", ["pending", false])) as { transactions: string[] };
  return block.transactions.length;
}
