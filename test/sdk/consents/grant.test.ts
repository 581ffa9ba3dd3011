import {
  AlreadyExpiredError,
  ANY_PROVIDER,
  BreakGlassNotGrantableError,
  ConditionalWithoutDocumentError,
  connect,
  type ConsentInput,
  expandPurposes,
  InvalidAddressError,
  InvalidDateError,
  InvalidGranteeError,
  InvalidParameterError,
  InvalidRecordIdError,
  newProgrammeId,
  newRecordId,
  NoSignerError,
  NotSpeakerForError,
  ShadowedByRefusalError,
  StartNotGrantableError,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";
import { ethers, expectError, fixtures, LABS, networkHelpers, sent, YEAR } from "../setup.js";

describe("consents.grant", () => {
  it("returns what became of it, with names and dates", async () => {
    const { as, signers, deployment } = await fixtures.deployed();
    const until = new Date("2098-01-01T00:00:00Z");
    const result = await as.patient.consents.grant({
      grantee: signers.clinic.address,
      categories: ["laboratory", "MEDICATIONS"],
      purposes: ["TREAT"],
      actions: ["access"],
      from: "2097-01-01",
      until,
      evidence: id("statement"),
    });
    const receipt = await ethers.provider.getTransactionReceipt(result.hash);
    expect(receipt!.to).to.equal(deployment.contracts.ConsentRegistry.address);
    expect(result).to.include({ blockNumber: receipt!.blockNumber, blockHash: receipt!.blockHash });
    expect(result.gasUsed).to.equal(receipt!.gasUsed);
    const [event] = result.events;
    expect(result.events).to.have.length(1);
    expect(event).to.deep.include({
      type: "ConsentGranted",
      patient: signers.patient.address,
      grantee: signers.clinic.address,
      by: signers.patient.address,
      evidence: id("statement"),
      transaction: result.hash,
    });
    expect(event!.scope).to.deep.include({ kind: "purpose", family: "TREAT" });
    expect(event!.terms).to.deep.equal({
      categories: ["MEDICATIONS", "LABS"],
      purposes: ["TREAT", "ETREAT", "COC", "TREATDS"],
      actions: ["access"],
      from: new Date("2097-01-01T00:00:00Z"),
      until,
      conditional: false,
    });
    const block = await ethers.provider.getBlock(result.blockNumber);
    expect(event!.statedAt.getTime()).to.equal(block!.timestamp * 1000 + 999);
  });

  describe("puts a consent into the scope", () => {
    const record = newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    const programme = newProgrammeId();
    const cases: [what: string, input: Partial<ConsentInput>, scope: object][] = [
      ["of the family, for one family", { purposes: ["TREAT", "CLINTRL"] }, { kind: "purpose", family: "TREAT" }],
      ["of the family, for a purpose within it", { purposes: ["BIORCH"] }, { kind: "purpose", family: "HRESCH" }],
      ["GENERAL, for a mix", { purposes: ["TREAT", "HPAYMT"] }, { kind: "general" }],
      ["GENERAL, if told so", { purposes: ["TREAT"], scope: "general" }, { kind: "general" }],
      ["of the record", { record }, { kind: "record", record }],
      ["of the record, for a mix", { record, purposes: ["TREAT", "HRESCH"] }, { kind: "record", record }],
      ["of the programme", { programme, purposes: ["CLINTRCH"] }, { kind: "programme", programme }],
    ];
    for (const [what, input, scope] of cases) {
      it(what, async () => {
        const { as, signers } = await fixtures.deployed();
        const { events } = await as.patient.consents.grant({ ...LABS, grantee: signers.clinic.address, ...input });
        expect(events[0]!.scope).to.deep.include(scope);
      });
    }
  });

  it("takes several at once", async () => {
    const { as, signers } = await fixtures.deployed();
    const [clinic, hospital] = [signers.clinic.address, signers.hospital.address];
    const { events } = await as.patient.consents.grant({
      grants: [
        { ...LABS, grantee: clinic },
        { ...LABS, grantee: clinic, purposes: ["HRESCH"] },
        { ...LABS, grantee: hospital },
      ],
    });
    expect(events.map(({ grantee }) => grantee)).to.deep.equal([clinic, clinic, hospital]);
  });

  it("reaches ANY_PROVIDER as the contracts mean it", async () => {
    const { as, signers } = await fixtures.accredited();
    await as.patient.consents.grant({ ...LABS, grantee: ANY_PROVIDER });
    const question = { patient: signers.patient.address, categories: ["LABS"], purpose: "TREAT" } as const;
    const decision = await as.clinic.consents.decide({ ...question, grantee: signers.clinic.address });
    expect(decision).to.include({ permitted: true, holder: ANY_PROVIDER });
    const unlisted = await as.clinic.consents.decide({ ...question, grantee: signers.stranger.address });
    expect(unlisted.permitted).to.be.false;
  });

  it("that repeats itself in one block, or later, is a word of its own time", async () => {
    const { as, signers } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const first = await as.patient.consents.grant({ ...LABS, grantee });
    const second = await as.patient.consents.grant({ ...LABS, grantee });
    expect(second.events[0]!.statedAt).to.be.greaterThan(first.events[0]!.statedAt);
  });

  it("can be built without being sent, for another to sign", async () => {
    const { as, signers, deployment } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const patient = signers.patient.address;
    const reader = await connect({ runner: ethers.provider, deployment });
    const request = await reader.consents.grant.request({ ...LABS, patient, grantee });
    expect(request).to.have.keys("to", "data");
    await signers.patient.sendTransaction(request);
    const [consent] = await reader.consents.list({ patient });
    expect(consent).to.include({ grantee, status: "live" });
    expect(await as.patient.consents.grant.request({ ...LABS, grantee })).to.deep.equal(request);
  });
});

describe("consents.grant refuses before anything is sent", () => {
  const grantee = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  const record = newRecordId(grantee);
  const programme = newProgrammeId();
  const cases: [what: string, input: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["an unknown category", { categories: ["LABZ"] }, UnknownCodeError, { suggestions: ["LABS"] }],
    ["an unknown purpose", { purposes: ["FUN"] }, UnknownCodeError, { table: "purpose" }],
    ["an unknown action", { actions: ["steal"] }, UnknownCodeError, { table: "action" }],
    ["no category", { categories: [] }, InvalidParameterError, { parameter: "categories" }],
    ["no purpose", { purposes: [] }, InvalidParameterError, { parameter: "purposes" }],
    ["no action", { actions: [] }, InvalidParameterError, { parameter: "actions" }],
    ["one name where a list belongs", { actions: "access" }, InvalidParameterError, { parameter: "actions" }],
    ["break-glass", { purposes: ["BTG"] }, BreakGlassNotGrantableError],
    ["break-glass in a mix", { purposes: ["TREAT", "BTG"] }, BreakGlassNotGrantableError],
    ["no grantee", { grantee: undefined }, InvalidAddressError, { parameter: "grantee" }],
    ["a name as grantee", { grantee: "clinic.eth" }, InvalidAddressError, { input: '"clinic.eth"' }],
    ["a mistyped address", { grantee: grantee.replace("C5", "c5") }, InvalidAddressError],
    ["the zero address", { grantee: ZeroAddress }, InvalidAddressError],
    ["no patient at zero", { patient: ZeroAddress }, InvalidAddressError, { parameter: "patient" }],
    [
      "a GENERAL consent that waits for its start",
      { scope: "general", from: "2098-01-01" },
      StartNotGrantableError,
      { args: { grantee, notBefore: 4_039_372_800n } },
    ],
    ["a GENERAL consent with a start in the past", { scope: "general", from: 1 }, StartNotGrantableError],
    ["an impossible day", { until: "2027-02-30" }, InvalidDateError, { parameter: "until" }],
    ["an end at 0", { until: 0 }, InvalidDateError],
    ["an end before the start", { from: "2098-01-02", until: "2098-01-01" }, InvalidDateError],
    [
      "an unknown time zone",
      { until: "2098-01-01", timeZone: "Mars/Base" },
      InvalidParameterError,
      { parameter: "timeZone" },
    ],
    ["a record id of the wrong kind", { record: programme }, InvalidRecordIdError, { args: { record: programme } }],
    ["a programme id of the wrong kind", { programme: record }, InvalidParameterError, { parameter: "programme" }],
    ["a record and a programme", { record, programme }, InvalidParameterError, { parameter: "scope" }],
    ["an unknown scope", { scope: "all" }, InvalidParameterError, { parameter: "scope" }],
    ["a programme for anybody", { programme, grantee: ANY_PROVIDER }, InvalidParameterError, { parameter: "grantee" }],
    ["a condition without evidence", { conditional: true }, ConditionalWithoutDocumentError],
    ["evidence that is no hash", { evidence: "0x12" }, InvalidParameterError, { parameter: "evidence" }],
    ["an end in the past", { until: 1_000_000_000 }, AlreadyExpiredError],
    ["another patient's word", { patient: grantee, grantee: ANY_PROVIDER }, NotSpeakerForError],
  ];
  for (const [what, input, type, properties] of cases) {
    it(what, async () => {
      const { as, signers } = await fixtures.deployed();
      const before = await sent(signers.patient);
      const params = { ...LABS, grantee, ...input } as ConsentInput;
      await expectError(as.patient.consents.grant(params), type, properties);
      expect(await sent(signers.patient)).to.equal(before);
    });
  }

  it("the patient as grantee", async () => {
    const { as, signers } = await fixtures.deployed();
    const { address } = signers.patient;
    await expectError(as.patient.consents.grant({ ...LABS, grantee: address }), InvalidGranteeError, {
      args: { patient: address, grantee: address },
      code: "InvalidGrantee",
    });
  });

  it("two consents of which one would replace the other, naming the second", async () => {
    const { as } = await fixtures.deployed();
    const grants = [
      { ...LABS, grantee },
      { ...LABS, grantee, purposes: ["ETREAT"] },
    ];
    await expectError(as.patient.consents.grant({ grants }), InvalidParameterError, { parameter: "grants[1]" });
    await expectError(as.patient.consents.grant({ grants: [] }), InvalidParameterError, { parameter: "grants" });
    const bad = [
      { ...LABS, grantee },
      { ...LABS, grantee: "x" },
    ];
    await expectError(as.patient.consents.grant({ grants: bad }), InvalidAddressError, {
      parameter: "grants[1].grantee",
    });
  });

  it("a family beside a part of a mix that is of the same family, naming the second as it was given", async () => {
    const { as, signers } = await fixtures.deployed();
    const before = await sent(signers.patient);
    const grants = [
      { ...LABS, grantee, purposes: ["TREAT", "HPAYMT"], from: "2097-01-01" },
      { ...LABS, grantee, purposes: ["HPAYMT"] },
    ];
    await expectError(as.patient.consents.grant({ grants }), InvalidParameterError, {
      parameter: "grants[1]",
      shortMessage: "grants[1] must be of another grantee or scope than grants[0].",
    });
    expect(await sent(signers.patient)).to.equal(before);
  });

  it("without a signer", async () => {
    const { deployment } = await fixtures.deployed();
    const reader = await connect({ runner: ethers.provider, deployment });
    await expectError(reader.consents.grant({ ...LABS, grantee }), NoSignerError);
    await expectError(reader.consents.grant({ ...LABS, grantee, patient: grantee.toLowerCase() }), InvalidGranteeError);
  });
});

describe("a mix of purposes that starts later", () => {
  it("is a grant for each family, in its own scope", async () => {
    const { as, signers } = await fixtures.deployed();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await as.patient.consents.grant({ ...LABS, grantee, scope: "general" });
    const from = (await networkHelpers.time.latest()) + YEAR;
    const mix = { ...LABS, grantee, purposes: ["TREAT", "HPAYMT"], from } as const;
    const { events } = await as.patient.consents.grant(mix);
    const starts = new Date(from * 1000);
    expect(
      events.map(({ scope, terms }) => [scope.kind === "purpose" && scope.family, terms.purposes, terms.from]),
    ).to.deep.equal([
      ["TREAT", ["TREAT", "ETREAT", "COC", "TREATDS"], starts],
      ["HPAYMT", expandPurposes(["HPAYMT"]), starts],
    ]);
    const asked = async (purpose: string) =>
      (await as.clinic.consents.decide({ patient, grantee, categories: ["LABS"], purpose })).decision;
    expect([await asked("TREAT"), await asked("HPAYMT")]).to.deep.equal(["Permit", "PurposeNotCovered"]);
    await networkHelpers.time.increaseTo(from - 1);
    expect(await asked("HPAYMT")).to.equal("PurposeNotCovered");
    await networkHelpers.time.increaseTo(from);
    expect([await asked("TREAT"), await asked("HPAYMT")]).to.deep.equal(["Permit", "Permit"]);
  });

  it("stays one consent in the scope of a record", async () => {
    const { as, signers } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const record = newRecordId(grantee);
    const mix = { ...LABS, grantee, purposes: ["TREAT", "HPAYMT"], from: "2098-01-01", record } as const;
    const { events } = await as.patient.consents.grant(mix);
    expect(events.map(({ scope }) => scope.kind)).to.deep.equal(["record"]);
  });

  it("needs no start that is at once", async () => {
    const { as, signers } = await fixtures.deployed();
    const mix = { ...LABS, grantee: signers.clinic.address, purposes: ["TREAT", "HPAYMT"] } as const;
    const { events } = await as.patient.consents.grant({ ...mix, from: 0 });
    expect(events.map(({ scope }) => scope.kind)).to.deep.equal(["general"]);
  });
});

describe("a GENERAL consent", () => {
  it("starts in the second of the refusal that it came after, and keeps that start", async () => {
    const { as, signers } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const general = { ...LABS, grantee, scope: "general" } as const;
    const start = async () => (await as.patient.consents.grant(general)).events[0]!.terms.from;
    expect(await start()).to.be.undefined;
    const { blockNumber } = await as.patient.consents.revoke({ grantee });
    const refused = new Date((await ethers.provider.getBlock(blockNumber))!.timestamp * 1000);
    expect(await start()).to.deep.equal(refused);
    expect(await start()).to.deep.equal(refused);
  });
});

describe("consents.grant after a refusal in a narrower scope", () => {
  const mix = { ...LABS, purposes: ["TREAT", "HPAYMT"] } as const;

  async function refused() {
    const world = await fixtures.deployed();
    const grantee = world.signers.clinic.address;
    await world.as.patient.consents.revoke({ grantee, purpose: "TREAT" });
    const question = { patient: world.signers.patient.address, grantee, categories: ["LABS"] } as const;
    return { ...world, grantee, question };
  }

  it("says which scope would outlast it", async () => {
    const { as, signers, grantee } = await refused();
    const grant = as.patient.consents.grant({ ...mix, grantee });
    await expectError(grant, ShadowedByRefusalError, { patient: signers.patient.address, grantee });
    const error = (await grant.catch((each: unknown) => each)) as ShadowedByRefusalError;
    expect(error.scopes.map((scope) => scope.kind === "purpose" && scope.family)).to.deep.equal(["TREAT"]);
    expect(error.message).to.include("TREAT");
  });

  it("overrules it when asked to, for the purposes that were granted", async () => {
    const { as, grantee, question } = await refused();
    const { events } = await as.patient.consents.grant({ ...mix, grantee, clear: true });
    expect(events.map(({ scope }) => scope.kind)).to.deep.equal(["general", "purpose"]);
    expect(events[1]!.terms.purposes).to.deep.equal(["TREAT", "ETREAT", "COC", "TREATDS"]);
    for (const purpose of ["TREAT", "HPAYMT"]) {
      expect((await as.clinic.consents.decide({ ...question, purpose })).permitted, purpose).to.be.true;
    }
  });

  it("does not mind when the refusal is replaced in the same call, is of another family, or is overruled itself", async () => {
    const { as, grantee } = await refused();
    await as.patient.consents.grant({ ...LABS, grantee, purposes: ["HRESCH", "HPAYMT"] });
    await as.patient.consents.grant({
      grants: [
        { ...mix, grantee },
        { ...LABS, grantee },
      ],
    });
    await as.patient.consents.grant({ ...mix, grantee });
  });
});

describe("a date as the end of a consent", () => {
  it("includes that day in the given time zone: the last second is permitted, the next is not", async () => {
    const { as, signers } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const question = { patient: signers.patient.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
    const { events } = await as.patient.consents.grant({
      ...LABS,
      grantee,
      until: "2090-06-30",
      timeZone: "Europe/Berlin",
    });
    const end = Date.parse("2090-06-30T22:00:00Z");
    expect(events[0]!.terms.until).to.deep.equal(new Date(end));
    await networkHelpers.time.increaseTo(end / 1000 - 1);
    const last = await as.clinic.consents.decide(question);
    expect(last).to.deep.include({ permitted: true, validUntil: new Date(end) });
    await networkHelpers.time.increaseTo(end / 1000);
    expect((await as.clinic.consents.decide(question)).decision).to.equal("Expired");
  });

  it("in the future of the chain, not of this machine", async () => {
    const { as, signers } = await fixtures.deployed();
    const grantee = signers.clinic.address;
    const soon = (await networkHelpers.time.latest()) + 100 * YEAR;
    await networkHelpers.time.increaseTo(soon);
    await expectError(as.patient.consents.grant({ ...LABS, grantee, until: soon }), AlreadyExpiredError);
    await as.patient.consents.grant({ ...LABS, grantee, until: soon + 60 });
    expect(ZeroHash).to.equal((await as.patient.consents.grant({ ...LABS, grantee })).events[0]!.evidence);
  });
});
