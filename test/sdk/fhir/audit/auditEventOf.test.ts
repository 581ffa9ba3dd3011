import { type Access, InvalidParameterError } from "@consentry/sdk";
import { auditEventOf, type AuditEntry, type AuditOptions } from "@consentry/sdk/fhir";
import { expect } from "chai";
import type { AuditEvent, AuditEventAgent } from "fhir/r4.js";
import { breakGlass, fixtures, LABS } from "../../setup.js";
import { fixture, needFixtures } from "../fixtures.js";
import { problemsOf } from "../validate.js";

const OPTIONS: AuditOptions = {
  chainId: 31337,
  observer: { reference: "Device/gateway" },
  site: "ehr.example",
  client: { identifier: { value: "app-7" } },
  addresses: { source: "https://ehr.example/fhir", recipient: "2001:db8::7334" },
  token: "abc",
};

/** A permit and a refusal of the clinic's record to the hospital. */
async function accesses() {
  const world = await fixtures.recorded();
  const { as, signers, record } = world;
  await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address });
  await as.hospital.audit.access({ record, purpose: "TREAT" });
  await as.hospital.audit.access({ patient: signers.patient.address, categories: ["LABS", "PSY"], purpose: "TREAT" });
  const [permit, refusal] = await as.patient.audit.history({ patient: signers.patient.address });
  return { ...world, permit: permit!, refusal: refusal! };
}

const did = (address: string) => `did:pkh:eip155:31337:${address.toLowerCase()}`;
const codeOf = ({ type }: AuditEventAgent) => type!.coding![0]!.code!;
const agentOf = ({ agent }: AuditEvent, code: string) => agent.find((each) => codeOf(each) === code)!;

/** An AuditEvent without what differs from event to event: the codes and the shape of what takes part. */
function patternOf(event: AuditEvent): object {
  const { type, subtype = [], action, outcome, source, agent, entity = [] } = event;
  const agents = agent.map((each) => {
    const network = each.network === undefined ? [] : [each.network.type];
    return [codeOf(each), each.requestor, ...network, ...(each.purposeOfUse ?? []).map(() => "purpose")].join(" ");
  });
  const entities = entity.map((each) => [each.type?.system, each.type?.code, each.role?.code].join(" "));
  const kinds = [type.code, ...subtype.map(({ code }) => code), source.type?.[0]?.code];
  return { kinds, action, outcome, agents: agents.sort(), entities: entities.sort() };
}

describe("auditEventOf: decisions", () => {
  it("has the pattern of IHE's example", async function () {
    needFixtures(this);
    const { permit } = await accesses();
    const example = fixture("ihe-balp", "AuditEvent-ex-auditAuthZconsent.json") as AuditEvent;
    const event = auditEventOf(permit, { ...OPTIONS, token: undefined });
    expect(patternOf(event)).to.deep.equal(patternOf(example));
    expect(event.source.observer).to.deep.equal(agentOf(event, "authserver").who);
  });

  it("names the parties, the consent, the token and the time", async () => {
    const { permit, signers, record } = await accesses();
    const event = auditEventOf(permit, OPTIONS);
    expect(problemsOf(event)).to.deep.equal([]);
    expect(event).to.include({ outcome: "0", recorded: permit.time.toISOString() });
    expect(agentOf(event, "IRCP").who!.identifier!.value).to.equal(did(signers.hospital.address));
    expect(agentOf(event, "IRCP").purposeOfUse![0]!.coding![0]!.code).to.equal("TREAT");
    expect(agentOf(event, "110150").network).to.deep.equal({ address: "2001:db8::7334", type: "2" });
    const [patient, consent, token] = event.entity!;
    expect(patient!.what!.identifier!.value).to.equal(did(signers.patient.address));
    expect(consent!.what!.identifier!.value).to.match(/^31337:0x[0-9a-f]{40}:0x[0-9a-f]{40}:0x[0-9a-f]{64}$/);
    expect(consent!.detail).to.deep.equal([
      { type: "transaction", valueString: permit.transaction },
      { type: "record", valueString: record },
    ]);
    expect(token!.what!.identifier!.value).to.equal("urn:ietf:params:oauth:jti:abc");
  });

  it("says why it was refused, and by which word", async () => {
    const { refusal } = await accesses();
    const event = auditEventOf(refusal, OPTIONS);
    expect(problemsOf(event)).to.deep.equal([]);
    expect(event).to.include({ outcome: "8", outcomeDesc: refusal.reason });
    expect(event.entity!.map(({ type }) => type!.code)).to.deep.equal(["1", "Consent", "UserOauthAgent"]);
  });

  it("needs no more than who records it, and when", async () => {
    const { permit, refusal } = await accesses();
    const { time, ...entry } = permit;
    const event = auditEventOf(entry, { chainId: 31337n, observer: { display: "gateway" }, time });
    expect(problemsOf(event)).to.deep.equal([]);
    expect(event.recorded).to.equal(time.toISOString());
    const unknown: AuditEntry = { ...refusal, patient: undefined, purpose: undefined };
    const bare = auditEventOf(unknown, { chainId: 1, observer: { display: "gateway" } });
    expect(problemsOf(bare)).to.deep.equal([]);
    expect(bare).not.to.have.property("purposeOfEvent");
  });

  it("refuses what lacks a time or who records it", async () => {
    const { permit } = await accesses();
    const { time, ...entry } = permit;
    const wrong: [AuditEntry, object][] = [
      [entry, {}],
      [{ ...entry, time: new Date(NaN) }, {}],
      [{ ...entry, time }, { observer: undefined }],
      [{ ...entry, time }, { as: "both" }],
    ];
    for (const [each, options] of wrong) {
      expect(() => auditEventOf(each, { ...OPTIONS, ...options })).to.throw(InvalidParameterError);
    }
  });
});

describe("auditEventOf: disclosures", () => {
  it("has the pattern of IHE's example at the source", async function () {
    needFixtures(this);
    const { permit } = await accesses();
    const example = fixture("ihe-balp", "AuditEvent-ex-auditPrivacyDisclosure-source.json") as AuditEvent;
    const event = auditEventOf(permit, { ...OPTIONS, as: "source" });
    expect(problemsOf(event)).to.deep.equal([]);
    expect(event.type).to.deep.equal(example.type);
    expect(event).to.include({ action: example.action, outcome: example.outcome });
    expect(event.subtype![0]!.code).to.equal(example.subtype![0]!.code);
    const codes = (each: AuditEvent) => each.agent.map(codeOf);
    expect(codes(event)).to.include.members(codes(example));
    const entities = (each: AuditEvent) => each.entity!.map(({ type, role }) => `${type?.code} ${role?.code}`);
    expect(entities(event)).to.include.members(entities(example));
    expect(agentOf(event, "110153").who).to.deep.equal(event.source.observer);
    expect(agentOf(event, "110152").network).to.deep.equal({ address: "2001:db8::7334", type: "2" });
  });

  it("is an import at the recipient, from the custodian", async () => {
    const { permit, signers } = await accesses();
    const event = auditEventOf(permit, { ...OPTIONS, as: "recipient" });
    expect(problemsOf(event)).to.deep.equal([]);
    expect(event.type.code).to.equal("110107");
    expect(event.action).to.equal("C");
    expect(agentOf(event, "110152").who).to.deep.equal(event.source.observer);
    for (const code of ["110153", "159541003"]) {
      expect(agentOf(event, code).who!.identifier!.value).to.equal(did(signers.clinic.address));
    }
  });

  it("lists kinds of data and labels where there is no record", async () => {
    const { refusal } = await accesses();
    const permitted = { ...refusal, permitted: true } satisfies Access;
    for (const as of ["source", "recipient"] as const) {
      const event = auditEventOf(permitted, { ...OPTIONS, client: undefined, as });
      expect(problemsOf(event)).to.deep.equal([]);
      const data = event.entity!.find(({ name }) => name !== undefined)!;
      expect(data.name).to.equal("LABS, PSY");
      expect(data.securityLabel!.map(({ code }) => code)).to.deep.equal(["PSY"]);
    }
  });

  it("is refused of what was not permitted", async () => {
    const { refusal } = await accesses();
    expect(() => auditEventOf(refusal, { ...OPTIONS, as: "source" })).to.throw(InvalidParameterError);
  });
});

describe("auditEventOf: break-glass", () => {
  it("is an emergency override that somebody started", async () => {
    const world = await fixtures.equipped();
    const { as, signers } = world;
    await breakGlass(world, "LABS");
    const patient = signers.patient.address;
    const [broken] = await as.patient.consents.history({ patient });
    const event = auditEventOf(broken as AuditEntry, OPTIONS);
    expect(problemsOf(event)).to.deep.equal([]);
    expect([event.type.code, event.subtype![0]!.code]).to.deep.equal(["110113", "110127"]);
    expect(event.recorded).to.equal((broken as { statedAt: Date }).statedAt.toISOString());
    expect(event.purposeOfEvent).to.have.length.above(0);
    expect(agentOf(event, "IRCP").who!.identifier!.value).to.equal(did(signers.clinic.address));

    await as.clinic.audit.access({ patient, categories: ["LABS"], purpose: "ETREAT" });
    const [access] = await as.patient.audit.history({ patient });
    const decided = auditEventOf(access!, { ...OPTIONS, token: undefined });
    expect(problemsOf(decided)).to.deep.equal([]);
    expect(decided.entity!.map(({ type }) => type!.code)).to.deep.equal(["1"]);
  });
});
