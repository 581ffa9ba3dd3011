import { readFileSync } from "node:fs";
import {
  ANY_PROVIDER,
  categoriesToBits,
  type DecideParams,
  type DecisionName,
  DECISIONS,
  decisionTexts,
  InvalidAddressError,
  InvalidParameterError,
  InvalidRecordIdError,
  newProgrammeId,
  newRecordId,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id, ZeroAddress } from "ethers";
import { breakGlass, ethers, expectError, fixtures, LABS, networkHelpers, YEAR } from "../setup.js";

async function asking() {
  const world = await fixtures.accredited();
  const { patient, clinic } = world.signers;
  const question = {
    patient: patient.address,
    grantee: clinic.address,
    categories: ["LABS"],
    purpose: "TREAT",
  } as const;
  const grant = (more: object = {}) => world.as.patient.consents.grant({ ...LABS, grantee: clinic.address, ...more });
  const decide = (more: object = {}) => world.as.clinic.consents.decide({ ...question, ...more });
  return { ...world, question, grant, decide };
}

type Asking = Awaited<ReturnType<typeof asking>>;

describe("consents.decide", () => {
  it("names the decision, why, and what it rests on", async () => {
    const { grant, decide, question } = await asking();
    await grant({ until: "2098-12-31" });
    const decision = await decide();
    const block = await ethers.provider.getBlock("latest");
    expect(decision).to.deep.equal({
      permitted: true,
      decision: "Permit",
      ...decisionTexts.Permit,
      conditional: false,
      holder: question.grantee,
      scope: { kind: "purpose", family: "TREAT", id: `0x02${"0".repeat(61)}1` },
      blockNumber: block!.number,
      blockHash: block!.hash,
      blockTime: new Date(block!.timestamp * 1000),
      historical: false,
      validUntil: new Date("2099-01-01T00:00:00Z"),
    });
  });

  const cases: [decision: DecisionName, prepare: (asking: Asking) => Promise<unknown>, more?: object][] = [
    ["NoConsent", () => Promise.resolve()],
    ["Permit", ({ grant }) => grant()],
    ["PermitConditional", ({ grant }) => grant({ conditional: true, evidence: id("document") })],
    ["PermitSelf", () => Promise.resolve()],
    [
      "Withheld",
      ({ as, question }) => as.patient.consents.revoke({ grantee: question.grantee, record: RECORD }),
      { record: "RECORD" },
    ],
    ["Revoked", ({ as, question }) => as.patient.consents.revoke({ grantee: question.grantee })],
    ["NotYetValid", ({ grant }) => grant({ from: "2098-01-01" })],
    ["Expired", expire],
    ["CategoryNotCovered", ({ grant }) => grant(), { categories: ["LABS", "PSY"] }],
    ["PurposeNotCovered", ({ grant }) => grant(), { purpose: "CLINTRL" }],
    ["ActionNotCovered", ({ grant }) => grant(), { action: "disclose" }],
    ["GranteeNotActive", suspend],
  ];
  const RECORD = newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  for (const [name, prepare, more] of cases) {
    it(`says ${name}, in plain words`, async () => {
      const world = await asking();
      await prepare(world);
      const self = name === "PermitSelf" ? { grantee: world.question.patient } : {};
      const decision = await world.decide({ ...more, ...(more && "record" in more && { record: RECORD }), ...self });
      expect(decision).to.include({ decision: name, ...decisionTexts[name] });
      expect(decision.permitted).to.equal(name === "Permit" || name === "PermitSelf");
      expect(decision.conditional).to.equal(name === "PermitConditional");
      expect(decision.validUntil).to.equal(/^Permit(Conditional)?$/.test(name) ? "until-revoked" : undefined);
    });
  }

  describe("in an emergency", () => {
    const inEmergency = async () => {
      const world = await fixtures.equipped();
      const { patient, clinic } = world.signers;
      const question = {
        patient: patient.address,
        grantee: clinic.address,
        categories: ["LABS"],
        purpose: "BTG",
      } as const;
      const decide = (more: object = {}) => world.as.clinic.consents.decide({ ...question, ...more });
      return { ...world, decide };
    };

    it("says PermitEmergency, who may and until when", async () => {
      const world = await inEmergency();
      expect((await world.decide()).decision).to.equal("NoConsent");
      const opened = await breakGlass(world, "LABS");
      const { timestamp } = (await opened.getBlock())!;
      expect(await world.decide()).to.deep.include({
        permitted: true,
        decision: "PermitEmergency",
        ...decisionTexts.PermitEmergency,
        conditional: false,
        holder: world.signers.clinic.address,
        scope: { kind: "emergency", id: `0x05${"0".repeat(62)}` },
        validUntil: new Date((timestamp + 4 * 3600) * 1000),
      });
    });

    const cases: [decision: DecisionName, question: object][] = [
      ["PermitEmergency", { action: "use" }],
      ["ActionNotCovered", { action: "disclose" }],
      ["CategoryNotCovered", { categories: ["LABS", "HIV"] }],
      ["NoConsent", { purpose: "ETREAT" }],
    ];
    for (const [decision, question] of cases) {
      it(`says ${decision} for ${JSON.stringify(question)}`, async () => {
        const world = await inEmergency();
        await breakGlass(world, "LABS");
        expect((await world.decide(question)).decision).to.equal(decision);
      });
    }

    it("says Withheld for what the patient excluded, also afterwards", async () => {
      const world = await inEmergency();
      await breakGlass(world, "LABS", "NOTES");
      const { consents, signers } = world;
      await consents.connect(signers.patient).setExclusions(signers.patient.address, categoriesToBits(["LABS"]));
      expect(await world.decide()).to.deep.include({
        permitted: false,
        decision: "Withheld",
        ...decisionTexts.Withheld,
      });
      expect((await world.decide({ categories: ["NOTES"] })).decision).to.equal("PermitEmergency");
    });
  });

  it("takes the nearest purpose for an HL7 code without a bit of its own, and codings", async () => {
    const { grant, decide } = await asking();
    await grant();
    const system = "http://terminology.hl7.org/CodeSystem/";
    const codings = {
      purpose: { system: `${system}v3-ActReason`, code: "ERTREAT" },
      action: { system: `${system}consentaction`, code: "access" },
      categories: [{ system: `${system}observation-category`, code: "laboratory" }],
    };
    expect((await decide(codings)).permitted).to.be.true;
  });

  it("is of the block that it names, even if another one follows before the answer", async () => {
    const { as, grant, decide, question } = await asking();
    await grant();
    const asked = decide();
    const [decision] = await Promise.all([asked, as.patient.consents.revoke({ grantee: question.grantee })]);
    const past = await as.clinic.consents.decide(question);
    expect(past.permitted).to.be.false;
    expect(decision.permitted).to.equal(decision.blockNumber < past.blockNumber);
  });

  const bad: [what: string, more: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["a patient at zero", { patient: ZeroAddress }, InvalidAddressError, { parameter: "patient" }],
    ["no grantee", { grantee: undefined }, InvalidAddressError, { parameter: "grantee" }],
    ["ANY_PROVIDER as grantee", { grantee: ANY_PROVIDER }, InvalidAddressError, { parameter: "grantee" }],
    ["no categories", { categories: [] }, InvalidParameterError, { parameter: "categories" }],
    ["an unknown category", { categories: ["LAB"] }, UnknownCodeError],
    ["an unknown purpose", { purpose: "FUN" }, UnknownCodeError],
    ["two purposes", { purpose: ["TREAT", "HRESCH"] }, InvalidParameterError, { parameter: "purpose" }],
    ["an unknown action", { action: "steal" }, UnknownCodeError],
    ["a programme as record", { record: newProgrammeId() }, InvalidRecordIdError],
    ["a record as programme", { programme: RECORD }, InvalidParameterError, { parameter: "programme" }],
    ["a programme without name", { programme: `0x04${"0".repeat(62)}` }, InvalidParameterError],
    ["a record without custodian", { record: `0x03${"0".repeat(62)}` }, InvalidRecordIdError],
  ];
  for (const [what, more, type, properties] of bad) {
    it(`refuses ${what} before anything is asked`, async () => {
      const { decide } = await asking();
      await expectError(decide(more), type, properties);
    });
  }
});

describe("consents.decideMany", () => {
  it("answers each question, in order, at one block, and permits nothing for the malformed", async () => {
    const { as, grant, question } = await asking();
    await grant();
    const questions: DecideParams[] = [
      question,
      { ...question, categories: [] },
      { ...question, purpose: "HRESCH" },
      { ...question, patient: "nobody" },
      { ...question, grantee: question.patient },
    ];
    const decisions = await as.clinic.consents.decideMany(questions);
    expect(decisions.map((each) => each.permitted)).to.deep.equal([true, false, false, false, true]);
    expect(decisions.map(({ error }) => error?.code)).to.deep.equal([
      undefined,
      "InvalidParameter",
      undefined,
      "InvalidAddress",
      undefined,
    ]);
    const answered = decisions.filter((each) => each.error === undefined);
    expect(answered.map(({ decision }) => decision)).to.deep.equal(["Permit", "NoConsent", "PermitSelf"]);
    expect(new Set(answered.map(({ blockNumber }) => blockNumber)).size).to.equal(1);
    expect(answered[0]!.holder).to.equal(question.grantee);
  });

  it("asks what the contract's own coder would ask, field by field", async () => {
    const { as, grant, question } = await asking();
    const [record, programme] = [newRecordId(question.grantee), newProgrammeId()];
    await grant({ actions: ["access", "disclose"], categories: ["LABS", "HIV"] });
    await grant({ programme, purposes: ["HRESCH"] });
    await as.patient.consents.revoke({ grantee: question.grantee, record });
    const questions: DecideParams[] = [
      question,
      { ...question, patient: question.grantee },
      { ...question, grantee: question.patient },
      { ...question, record },
      { ...question, purpose: "HRESCH" },
      { ...question, purpose: "HRESCH", programme },
      { ...question, categories: ["HIV"] },
      { ...question, categories: ["NOTES"] },
      { ...question, action: "disclose" },
      { ...question, action: "correct" },
    ];
    const at = await ethers.provider.getBlockNumber();
    const inSteps = await Promise.all(questions.map((each) => as.clinic.consents.decide(each, { at })));
    const told = inSteps.map(({ decision, holder, scope }) => ({ decision, holder, scope }));
    expect(new Set(told.map(({ decision }) => decision)).size).to.equal(6);
    const lens = await Promise.all(questions.map((each) => as.clinic.consents.decide(each)));
    for (const decisions of [await as.clinic.consents.decideMany(questions), lens]) {
      for (const [i, decision] of decisions.entries()) expect(decision).to.deep.include(told[i]);
    }
  });

  it("answers a thousand and more, and none", async () => {
    const { as, grant, question } = await asking();
    await grant();
    const questions = Array.from({ length: 1_001 }, (_, i) => ({
      ...question,
      purpose: i === 1_000 ? "HRESCH" : "TREAT",
    }));
    const decisions = await as.clinic.consents.decideMany(questions);
    expect(decisions.filter(({ permitted }) => permitted)).to.have.length(1_000);
    expect(decisions.at(-1)!.permitted).to.be.false;
    expect(await as.clinic.consents.decideMany([])).to.deep.equal([]);
  });
});

describe("the names of decisions", () => {
  it("are those of the contracts, in their order", () => {
    const source = readFileSync(new URL("../../../contracts/types/Decision.sol", import.meta.url), "utf8");
    const body = /enum Decision \{([^}]*)\}/.exec(source)![1]!.replaceAll(/\/\/\/.*$/gm, "");
    expect(body.split(",").map((name) => name.trim())).to.deep.equal([...DECISIONS]);
  });
});

async function expire({ grant }: Asking): Promise<void> {
  const until = (await networkHelpers.time.latest()) + 24 * 3600;
  await grant({ until });
  await networkHelpers.time.increaseTo(until);
}

async function suspend({ as, grant, question }: Asking): Promise<void> {
  await grant({ until: (await networkHelpers.time.latest()) + YEAR });
  await as.accreditor.providers.suspend({ provider: question.grantee });
}
