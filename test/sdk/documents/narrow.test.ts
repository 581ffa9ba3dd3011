import {
  type Client,
  connect,
  contentHash,
  type Documents,
  InvalidParameterError,
  MalformedResourceError,
  NoDocumentsError,
  newSalt,
} from "@consentry/sdk";
import {
  ConsentDocuments,
  DocumentAlteredError,
  documentHash,
  DocumentMissingError,
  type DocumentStore,
  evidenceOf,
  MemoryDocumentStore,
  type StoredDocument,
} from "@consentry/sdk/fhir";
import { expect } from "chai";
import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import { laggingNode } from "../reads/node.js";
import { expectError, fixtures, networkHelpers } from "../setup.js";

const TERMS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "2098-12-31" } as const;

/** Laboratory results of 2025 only, to that provider. */
function consentOf(patient: string, grantee: string): Record<string, unknown> {
  const identified = (address: string) => {
    return { identifier: { system: "urn:ietf:rfc:3986", value: `did:pkh:eip155:31337:${address}` } };
  };
  const role = { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }] };
  return {
    resourceType: "Consent",
    status: "active",
    scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "patient-privacy" }] },
    category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
    patient: identified(patient),
    dateTime: "2026-01-01",
    provision: {
      type: "permit",
      actor: [{ role, reference: identified(grantee) }],
      dataPeriod: { start: "2025-01-01", end: "2025-12-31" },
    },
  };
}

const result = (date: string, more: object = {}) => ({
  resourceType: "Observation",
  status: "final",
  category: [
    { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
  ],
  code: { coding: [{ system: "http://loinc.org", code: "718-7" }] },
  effectiveDateTime: date,
  ...more,
});

const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const OTHER = ["LABS", "OTHER_SENSITIVE"] as const;
const INSIDE = result("2025-06-01");
const OUTSIDE = result("2024-06-01");

/** A clinic that knows documents, and a consent that is to be narrowed. */
async function narrowing(documents?: Documents) {
  const world = await fixtures.accredited();
  const { signers, deployment } = world;
  const [patient, grantee] = [signers.patient.address, signers.clinic.address];
  const store = new MemoryDocumentStore();
  const kept = new ConsentDocuments(store);
  const clinic: Client = await connect({ runner: signers.clinic, deployment, documents: documents ?? kept });
  const consent = consentOf(patient, grantee);
  const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const grant = (evidence: string) =>
    world.as.patient.consents.grant({ ...TERMS, grantee, conditional: true, evidence });
  return { ...world, patient, grantee, store, documents: kept, clinic, consent, question, grant };
}

describe("a conditional decision", () => {
  it("permits nothing by itself, and what its document lets out after narrow", async () => {
    const { documents, clinic, consent, question, grant } = await narrowing();
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const decision = await clinic.consents.decide(question);
    expect(decision).to.include({ permitted: false, conditional: true, decision: "PermitConditional" });
    const narrowed = await decision.narrow!([INSIDE, OUTSIDE]);
    expect(narrowed.permitted).to.equal(true);
    expect(narrowed.released).to.deep.equal([INSIDE]);
    expect(narrowed.evaluation!.withheld.map(({ resource }) => resource)).to.deep.equal([OUTSIDE]);
    expect(await decision.narrow!([OUTSIDE])).to.deep.include({ permitted: false, released: [] });
    expect(await decision.narrow!([]), "a search").to.deep.include({ permitted: true, released: [] });
  });

  it("has no narrow unless it is conditional", async () => {
    const { as, clinic, question, grantee } = await narrowing();
    await as.patient.consents.grant({ ...TERMS, grantee });
    expect(await clinic.consents.decide(question)).to.not.have.property("narrow");
    await as.patient.consents.revoke({ grantee });
    expect(await clinic.consents.decide(question)).to.not.have.property("narrow");
  });

  it("is narrowed by the document of a signed consent, with the sentence that was signed", async () => {
    const { as, documents, clinic, consent, question, grantee } = await narrowing();
    const salt = newSalt();
    const document = documentHash(consent, salt);
    const signed = await as.patient.consents.grant.sign({ ...TERMS, grantee, conditional: true, document });
    await as.relayer.relay.submit(signed);
    const { statement } = signed.message;
    const evidence = await documents.keep({ document: consent, salt, statement });
    const [granted] = await clinic.consents.history({ patient: question.patient });
    expect(granted).to.include({ type: "ConsentGranted", evidence });
    const { narrow } = await clinic.consents.decide(question);
    expect((await narrow!([INSIDE, OUTSIDE])).released).to.deep.equal([INSIDE]);
  });

  it("of a record is narrowed by the record's own labels", async () => {
    const { as, documents, clinic, consent, grant, patient, grantee, signers } = await narrowing();
    await as.patient.consents.grant({ ...TERMS, grantee: signers.hospital.address, actions: ["collect"] });
    const content = JSON.stringify(INSIDE);
    const registered = { patient, categories: ["LABS"], content, purpose: "TREAT" } as const;
    const { record } = await as.hospital.records.register(registered);
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const decision = await clinic.records.decide({ grantee, record, purpose: "TREAT" });
    expect(decision.decision).to.equal("PermitConditional");
    expect((await decision.narrow!([INSIDE])).released).to.deep.equal([INSIDE]);
    expect((await decision.narrow!([OUTSIDE])).permitted).to.equal(false);
  });

  it("never lets out kinds of data that the chain was not asked about, whatever the document says", async () => {
    const { documents, clinic, consent, question, grant } = await narrowing();
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const { narrow } = await clinic.consents.decide(question);
    const security = [{ system: ACT_CODE, code: "HIV" }];
    const sensitive = { ...INSIDE, meta: { security } };
    const vitals = { ...INSIDE, category: [{ coding: [{ ...INSIDE.category[0]!.coding[0]!, code: "vital-signs" }] }] };
    expect((await narrow!([sensitive, INSIDE, vitals])).released).to.deep.equal([INSIDE]);
    const nothing = await narrow!([sensitive]);
    expect(nothing).to.deep.include({ permitted: false, released: [] });
    expect(nothing.evaluation!.decision, "the document alone would").to.equal("permit");
  });

  it("lets nothing out that a label asks to redact or mask first", async () => {
    const { documents, as, clinic, consent, question, grantee } = await narrowing();
    const evidence = await documents.keep({ document: consent, salt: newSalt() });
    await as.patient.consents.grant({ ...TERMS, categories: OTHER, grantee, conditional: true, evidence });
    const { narrow } = await clinic.consents.decide({ ...question, categories: OTHER });
    const masked = { ...INSIDE, meta: { security: [{ system: ACT_CODE, code: "MASK" }] } };
    const within = { ...INSIDE, contained: [masked] };
    expect((await narrow!([masked, INSIDE, within])).released).to.deep.equal([INSIDE]);
    const nothing = await narrow!([masked]);
    expect(nothing).to.deep.include({ permitted: false, released: [] });
    expect(nothing.reason).to.contain("redact or mask");
    expect(nothing.evaluation!.obligations).to.deep.include({ kind: "mask", resource: masked });
  });

  it("of the past tells what the document said, and lets nothing out", async () => {
    const { as, documents, clinic, consent, question, grant, grantee } = await narrowing();
    const { blockNumber: at } = await grant(await documents.keep({ document: consent, salt: newSalt() }));
    await as.patient.consents.revoke({ grantee });
    const { narrow } = await clinic.consents.decide(question, { at });
    const narrowed = await narrow!([INSIDE]);
    expect(narrowed).to.deep.include({ permitted: false, released: [] });
    expect(narrowed.evaluation!.released).to.deep.equal([INSIDE]);
  });

  it("goes by the newest grant in its place, and by several documents together", async () => {
    const { documents, clinic, consent, question, grant } = await narrowing();
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const provision = { ...(consent["provision"] as object), type: "deny", dataPeriod: { start: "2025-06-01" } };
    const entry = [consent, { ...consent, provision }].map((resource) => ({ resource }));
    const bundle = { resourceType: "Bundle", type: "collection", entry };
    await networkHelpers.mine();
    await grant(await documents.keep({ document: bundle, salt: newSalt() }));
    const { narrow } = await clinic.consents.decide(question);
    const early = result("2025-02-01");
    expect((await narrow!([INSIDE, early])).evaluation!.basis.length).to.be.greaterThan(0);
    expect((await narrow!([INSIDE])).permitted).to.equal(false);
  });

  it("is of what holds when it is narrowed: withdrawn, ended, or granted without a document since", async () => {
    const { as, documents, clinic, consent, question, grant, grantee } = await narrowing();
    const evidence = await documents.keep({ document: consent, salt: newSalt() });
    await grant(evidence);
    const { narrow } = await clinic.consents.decide(question);
    expect((await narrow!([INSIDE])).permitted).to.equal(true);
    const nothing = { permitted: false, released: [], evaluation: undefined };
    const granted = await as.patient.consents.grant({ ...TERMS, grantee });
    expect(await narrow!([INSIDE]), String(granted.blockNumber)).to.deep.include(nothing);
    await as.patient.consents.revokeAll();
    expect(await narrow!([INSIDE])).to.deep.include(nothing);
    await networkHelpers.mine(2);
    const until = (await networkHelpers.time.latest()) + 100;
    await as.patient.consents.grant({ ...TERMS, grantee, until, conditional: true, evidence });
    expect((await narrow!([INSIDE])).permitted).to.equal(true);
    await networkHelpers.time.increaseTo(until);
    expect((await narrow!([INSIDE])).reason).to.equal("The consent has ended.");
  });

  it("is not narrowed by an older document, where the node has lost the newer grant", async () => {
    const documents = new ConsentDocuments(new MemoryDocumentStore());
    const { client, as, patient, grantee, question, answer } = await laggingNode({ documents });
    const consent = consentOf(patient, grantee);
    const provision = { ...(consent["provision"] as object), dataPeriod: { start: "2024-01-01", end: "2024-12-31" } };
    const blocks: number[] = [];
    for (const document of [consent, { ...consent, provision }]) {
      const evidence = await documents.keep({ document, salt: newSalt() });
      const granted = await as.patient.consents.grant({ ...TERMS, grantee, conditional: true, evidence });
      blocks.push(granted.blockNumber);
      await networkHelpers.mine();
    }
    const { narrow } = await client.consents.decide(question);
    expect((await narrow!([INSIDE, OUTSIDE])).released, "the control").to.deep.equal([OUTSIDE]);
    answer(async (method, _, honest) => {
      const logs = await honest();
      if (method !== "eth_getLogs") return logs;
      return (logs as { blockNumber: string }[]).filter(({ blockNumber }) => Number(blockNumber) <= blocks[0]!);
    });
    const narrowed = await narrow!([INSIDE, OUTSIDE]);
    expect(narrowed).to.deep.include({ permitted: false, released: [] });
    expect(narrowed.error).to.be.instanceOf(DocumentMissingError);
  });

  it("takes more names of the parties, and who else they are", async () => {
    const { documents, clinic, consent, question, grant } = await narrowing();
    const provision = consent["provision"] as { actor: object[] };
    const actor = [{ ...provision.actor[0], reference: { reference: "Practitioner/7" } }];
    await grant(
      await documents.keep({ document: { ...consent, provision: { ...provision, actor } }, salt: newSalt() }),
    );
    const { narrow } = await clinic.consents.decide(question);
    expect((await narrow!([INSIDE])).permitted).to.equal(false);
    expect((await narrow!([INSIDE], { actor: "Practitioner/8" })).permitted).to.equal(false);
    expect((await narrow!([INSIDE], { actor: "Practitioner/7" })).released).to.deep.equal([INSIDE]);
  });

  it("is an error where the client knows no documents", async () => {
    const { as, documents, consent, question, grant } = await narrowing();
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const { narrow } = await as.clinic.consents.decide(question);
    await expectError(narrow!([INSIDE]), NoDocumentsError);
  });
});

describe("a document that", () => {
  type Change = (stored: StoredDocument) => unknown;
  const altered: [what: string, change: Change][] = [
    ["says something else", ({ document, ...rest }) => ({ ...rest, document: { ...document, status: "draft" } })],
    [
      "was made wider",
      ({ document, ...rest }) => ({ ...rest, document: { ...document, provision: { type: "permit" } } }),
    ],
    ["has another salt", (stored) => ({ ...stored, salt: newSalt() })],
    ["has another sentence", (stored) => ({ ...stored, statement: "I agree to everything" })],
    ["is none", (stored) => ({ ...stored, document: "consent" })],
    ["has no salt", (stored) => ({ ...stored, salt: undefined })],
    ["has no sentence", (stored) => ({ ...stored, statement: null })],
    ["is empty", () => ({})],
  ];
  for (const [what, change] of altered) {
    it(`${what} lets nothing out`, async () => {
      const store = new MemoryDocumentStore();
      const lying: DocumentStore = {
        put: (evidence, stored) => store.put(evidence, stored),
        get: async (evidence) => change((await store.get(evidence))!) as StoredDocument,
      };
      const documents = new ConsentDocuments(lying);
      const { clinic, consent, question, grant } = await narrowing(documents);
      const evidence = await documents.keep({ document: consent, salt: newSalt() });
      await grant(evidence);
      const { narrow } = await clinic.consents.decide(question);
      const narrowed = await narrow!([INSIDE]);
      expect(narrowed).to.deep.include({ permitted: false, released: [], evaluation: undefined });
      expect(narrowed.error).to.be.instanceOf(DocumentAlteredError).with.property("evidence", evidence);
    });
  }

  it("is missing lets nothing out", async () => {
    const { clinic, consent, question, grant } = await narrowing();
    const evidence = evidenceOf({ document: documentHash(consent, newSalt()) });
    await grant(evidence);
    const { narrow } = await clinic.consents.decide(question);
    const narrowed = await narrow!([INSIDE]);
    expect(narrowed).to.deep.include({ permitted: false, released: [] });
    expect(narrowed.error).to.be.instanceOf(DocumentMissingError).with.property("evidence", evidence);
  });

  it("can't be had is the store's error, and no permit", async () => {
    const failure = new Error("The disk is gone.");
    const broken: DocumentStore = { put: () => Promise.resolve(), get: () => Promise.reject(failure) };
    const documents = new ConsentDocuments(broken);
    const { clinic, consent, question, grant } = await narrowing(documents);
    await grant(await documents.keep({ document: consent, salt: newSalt() }));
    const { narrow } = await clinic.consents.decide(question);
    expect(await narrow!([INSIDE]).catch((error: unknown) => error)).to.equal(failure);
  });

  it("is no Consent is not kept", async () => {
    const documents = new ConsentDocuments(new MemoryDocumentStore());
    const salt = newSalt();
    const keep = (document: unknown) => documents.keep({ document: document as object, salt });
    await expectError(keep({ resourceType: "Patient" }), MalformedResourceError, { path: "document.resourceType" });
    await expectError(keep({ resourceType: "Bundle" }), MalformedResourceError, { path: "Bundle.entry" });
    const entry = [{ resource: { resourceType: "Patient" } }];
    await expectError(keep({ resourceType: "Bundle", entry }), MalformedResourceError, {
      path: "Bundle.entry[0].resource.resourceType",
    });
    const circular: Record<string, unknown> = { resourceType: "Consent" };
    circular["self"] = circular;
    for (const none of [undefined, null, "Consent", [], circular, { resourceType: "Consent", n: NaN }]) {
      await expectError(keep(none), InvalidParameterError, { parameter: "document" });
    }
  });
});

describe("the hash of a document", () => {
  it("is of its canonical JSON (RFC 8785), with a salt", () => {
    const salt = `0x${"07".repeat(32)}`;
    const text = '{"a":[56,{"d":true,"é":"\\n"}],"b":333333333.3333333}';
    const document = { b: Number("333333333.33333329"), a: [56, { é: "\n", d: true }] };
    expect(documentHash(document, salt)).to.equal(contentHash(text, salt));
    expect(documentHash(JSON.parse(JSON.stringify(document)) as object, salt)).to.equal(documentHash(document, salt));
    expect(documentHash(document, newSalt())).to.not.equal(documentHash(document, salt));
  });

  it("and of the sentence is the evidence that the registry computes", () => {
    const document = `0x${"11".repeat(32)}`;
    const hash = keccak256(toUtf8Bytes("I agree"));
    const encoded = AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [hash, document]);
    expect(evidenceOf({ statement: "I agree", document })).to.equal(keccak256(encoded));
    expect(() => evidenceOf({ document: "0x11" })).to.throw(InvalidParameterError);
    expect(() => evidenceOf({ statement: 7 as never, document })).to.throw(InvalidParameterError);
  });
});
