import { ANY_PROVIDER, type Client, InvalidParameterError, newRecordId } from "@consentry/sdk";
import { expect } from "chai";
import { expectError, fixtures, LABS, sent } from "../setup.js";

const GRANTEE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const PATIENT = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const RECORD = newRecordId(GRANTEE);
const ASKED = { patient: PATIENT, grantee: GRANTEE, categories: ["LABS"], purpose: "TREAT" };
const GRANT = { ...LABS, grantee: GRANTEE };
const ITEM = { patient: PATIENT, categories: ["LABS"], content: "text" };
const PROVIDER = { provider: GRANTEE, kind: "organization", until: "until-revoked", name: "Clinic" };
const MEMBER = { member: PATIENT, abilities: ["read"], until: "until-revoked" };
const HOLE: unknown[] = [];
HOLE[1] = "LABS";

type Action = (params: unknown) => Promise<unknown>;

/** Every action that takes parameters as an object, by its name; writes are only built. */
function actionsOf({ consents, records, providers }: Client): Record<string, Action> {
  return {
    "consents.grant": (params) => consents.grant.request(params as never),
    "consents.revoke": (params) => consents.revoke.request(params as never),
    "consents.revokeAll": (params) => consents.revokeAll.request(params as never),
    "consents.list": (params) => consents.list(params as never),
    "consents.decide": (params) => consents.decide(params as never),
    "records.register": (params) => records.register.request(params as never),
    "records.registerMany": (params) => records.registerMany.request(params as never),
    "records.amend": (params) => records.amend.request(params as never),
    "records.addLabels": (params) => records.addLabels.request(params as never),
    "records.list": (params) => records.list(params as never),
    "records.decide": (params) => records.decide(params as never),
    "providers.register": (params) => providers.register.request(params as never),
    "providers.renew": (params) => providers.renew.request(params as never),
    "providers.suspend": (params) => providers.suspend.request(params as never),
    "providers.revoke": (params) => providers.revoke.request(params as never),
    "providers.reinstate": (params) => providers.reinstate.request(params as never),
    "providers.appointAccreditor": (params) => providers.appointAccreditor.request(params as never),
    "providers.setMember": (params) => providers.setMember.request(params as never),
  };
}

describe("parameters that say something else than was meant are refused", () => {
  const cases: [action: string, params: object, parameter: string][] = [
    ["consents.grant", { ...GRANT, recordId: RECORD }, "recordId"],
    ["consents.grant", { ...GRANT, isConditional: true }, "isConditional"],
    ["consents.grant", { ...GRANT, timezone: "Europe/Berlin" }, "timezone"],
    ["consents.grant", { ...GRANT, conditional: "false" }, "conditional"],
    ["consents.grant", { ...GRANT, clear: "false" }, "clear"],
    ["consents.grant", { ...GRANT, clear: null }, "clear"],
    ["consents.grant", { ...GRANT, categories: "LABS" }, "categories"],
    ["consents.grant", { ...GRANT, categories: HOLE }, "categories[0]"],
    ["consents.grant", { ...GRANT, actions: ["access", null] }, "actions[1]"],
    ["consents.grant", { ...GRANT, timeZone: "Mars/Base" }, "timeZone"],
    ["consents.grant", { grants: [GRANT, { ...GRANT, patient: PATIENT }] }, "grants[1].patient"],
    ["consents.grant", { grants: [GRANT], until: "2027-01-01" }, "until"],
    ["consents.grant", { grants: [GRANT, null] }, "grants[1]"],
    ["consents.grant", { grants: ["text"] }, "grants[0]"],
    ["consents.grant", { grants: [{ ...GRANT, conditional: 1 }] }, "grants[0].conditional"],
    ["consents.revoke", { grantee: GRANTEE, purposes: ["TREAT"] }, "purposes"],
    ["consents.revoke", { grantee: GRANTEE, recordId: RECORD }, "recordId"],
    ["consents.revoke", { grantee: GRANTEE, purpose: ["TREAT"] }, "purpose"],
    ["consents.revoke", { revocations: [{ grantee: GRANTEE, recordId: RECORD }] }, "revocations[0].recordId"],
    ["consents.revoke", { revocations: [{ grantee: GRANTEE, patient: PATIENT }] }, "revocations[0].patient"],
    ["consents.revoke", { revocations: [{ grantee: GRANTEE }], purpose: "TREAT" }, "purpose"],
    ["consents.revoke", { revocations: [null] }, "revocations[0]"],
    ["consents.revokeAll", { grantee: GRANTEE }, "grantee"],
    ["consents.list", { patient: PATIENT, status: "live" }, "status"],
    ["consents.decide", { ...ASKED, actions: ["disclose"] }, "actions"],
    ["consents.decide", { ...ASKED, recordId: RECORD }, "recordId"],
    ["consents.decide", { ...ASKED, purpose: ["TREAT"] }, "purpose"],
    ["consents.decide", { ...ASKED, action: ["access"] }, "action"],
    ["consents.decide", { ...ASKED, categories: HOLE }, "categories[0]"],
    ["records.decide", { grantee: GRANTEE, record: RECORD, purpose: "TREAT", actions: ["disclose"] }, "actions"],
    ["records.register", { ...ITEM, purpose: "TREAT", category: "PSY" }, "category"],
    ["records.register", { ...ITEM, purpose: ["TREAT"] }, "purpose"],
    ["records.registerMany", { purpose: "TREAT", records: [{ ...ITEM, custodian: GRANTEE }] }, "records[0].custodian"],
    ["records.registerMany", { purpose: "TREAT", records: [ITEM, null] }, "records[1]"],
    ["records.registerMany", { purpose: "TREAT", records: [ITEM], program: RECORD }, "program"],
    ["records.amend", { record: RECORD, content: "text", locator: "0x" }, "locator"],
    ["records.addLabels", { record: RECORD, categories: ["PSY"], labels: ["HIV"] }, "labels"],
    ["records.list", { patient: PATIENT, provider: GRANTEE }, "provider"],
    ["providers.register", { ...PROVIDER, timezone: "Europe/Berlin" }, "timezone"],
    ["providers.register", { ...PROVIDER, capabilities: "contribute" }, "capabilities"],
    ["providers.renew", { provider: GRANTEE, until: "until-revoked", timezone: "UTC" }, "timezone"],
    ["providers.suspend", { provider: GRANTEE, until: "2027-01-01" }, "until"],
    ["providers.revoke", { provider: GRANTEE, member: PATIENT }, "member"],
    ["providers.reinstate", { provider: GRANTEE, until: "2027-01-01" }, "until"],
    ["providers.appointAccreditor", { accreditor: 1, account: null, id: 2 }, "id"],
    ["providers.setMember", { ...MEMBER, organisation: GRANTEE }, "organisation"],
    ["providers.setMember", { ...MEMBER, abilities: "read" }, "abilities"],
    ["providers.setMember", { ...MEMBER, abilities: HOLE }, "abilities[0]"],
  ];
  for (const [i, [action, params, parameter]] of cases.entries()) {
    it(`${action}: ${parameter} (${i})`, async () => {
      const { as } = await fixtures.deployed();
      await expectError(actionsOf(as.patient)[action]!(params), InvalidParameterError, { parameter });
    });
  }

  it("and nothing is sent", async () => {
    const { as, signers } = await fixtures.deployed();
    const before = await sent(signers.patient);
    const params = { grantee: GRANTEE, purposes: ["TREAT"] };
    await expectError(as.patient.consents.revoke(params), InvalidParameterError, {
      parameter: "purposes",
      hint: "Unknown here. Did you mean purpose?",
    });
    expect(await sent(signers.patient)).to.equal(before);
  });
});

describe("parameters that are no plain object are refused", () => {
  it("by every action", async () => {
    const { as } = await fixtures.deployed();
    for (const [name, action] of Object.entries(actionsOf(as.patient))) {
      if (name === "records.decide") continue;
      for (const params of [undefined, null, [], "text", 1]) {
        if (name === "consents.decide" && (params === undefined || params === null)) continue;
        if (name === "consents.revokeAll" && params === undefined) continue;
        const outcome = await action(params).catch((error: unknown) => error);
        expect(outcome, `${name}(${JSON.stringify(params)})`).to.include({ parameter: "params" });
      }
    }
  });

  it("by decideMany if they are no list", async () => {
    const { as } = await fixtures.deployed();
    for (const params of [undefined, null, ASKED, "text"]) {
      const decided = as.patient.consents.decideMany(params as never);
      await expectError(decided, InvalidParameterError, { parameter: "params" });
    }
  });
});

describe("what is left out", () => {
  it("may be undefined", async () => {
    const { as } = await fixtures.deployed();
    const terms = { ...GRANT, categories: [...LABS.categories], conditional: undefined, clear: undefined };
    await as.patient.consents.grant({ ...terms, grants: undefined });
    await as.patient.consents.revoke({ grantee: GRANTEE, purpose: undefined, revocations: undefined });
    await as.patient.consents.revokeAll({ patient: undefined });
    expect((await as.patient.consents.revokeAll()).events).to.have.length(1);
  });
});

describe("consents.decideMany", () => {
  it("answers what is well-formed beside what is not", async () => {
    const { as, signers } = await fixtures.accredited();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    await as.patient.consents.grant({ ...LABS, grantee });
    const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" };
    const questions: unknown[] = [question, null, "text", { ...question, actions: ["disclose"] }];
    questions[5] = question;
    const decisions = await as.clinic.consents.decideMany(questions as never);
    expect(decisions.map(({ permitted }) => permitted)).to.deep.equal([true, false, false, false, false, true]);
    expect(decisions.map(({ error }) => error?.code)).to.deep.equal([
      undefined,
      "InvalidParameter",
      "InvalidParameter",
      "InvalidParameter",
      "InvalidParameter",
      undefined,
    ]);
  });
});

describe("the patient of a result", () => {
  it("is the signer if left out, and else who was named", async () => {
    const { as, signers } = await fixtures.deployed();
    const patient = signers.patient.address;
    const grant = { ...LABS, grantee: ANY_PROVIDER };
    expect(await as.patient.consents.grant(grant)).to.include({ patient });
    expect(await as.patient.consents.grant({ ...grant, patient: patient.toLowerCase() })).to.include({ patient });
    expect(await as.patient.consents.revoke({ grantee: ANY_PROVIDER })).to.include({ patient });
    expect(await as.patient.consents.revokeAll()).to.include({ patient });
    expect(await as.clinic.consents.grant(grant)).to.include({ patient: signers.clinic.address });
  });

  it("is not in a transaction that is only built", async () => {
    const { as } = await fixtures.deployed();
    const built = [
      await as.patient.consents.grant.request(GRANT),
      await as.patient.consents.revoke.request({ grantee: GRANTEE }),
      await as.patient.consents.revokeAll.request(),
    ];
    for (const transaction of built) expect(transaction).to.have.all.keys("to", "data");
  });
});
