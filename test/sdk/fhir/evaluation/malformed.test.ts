import { evaluate, MalformedResourceError } from "@consentry/sdk/fhir";
import { expect } from "chai";
import {
  actors,
  classes,
  code,
  consent,
  consentR5,
  data,
  deny,
  labels,
  observation,
  permit,
  purposes,
} from "./documents.js";

const REQUEST = { patient: "Patient/1", actor: "Practitioner/9", purpose: "TREAT", at: "2026-06-01T00:00:00Z" };

function ask(document: unknown, resources: object[] = []): unknown {
  return evaluate([consent(permit(), { id: "good" }), document as object], { ...REQUEST, resources });
}

describe("evaluate: malformed Consents", () => {
  const cases: [path: string, document: unknown][] = [
    ["Consent", null],
    ["Consent", []],
    ["Consent", "Consent"],
    ["Consent.resourceType", {}],
    ["Consent.resourceType", { ...consent(permit()), resourceType: "Observation" }],
    ["Consent.status", consent(permit(), { status: undefined })],
    ["Consent.status", consent(permit(), { status: ["active"] })],
    ["Consent.scope", consent(permit(), { scope: "patient-privacy" })],
    ["Consent.scope.coding", consent(permit(), { scope: { coding: {} } })],
    ["Consent.patient", consent(permit(), { patient: "Patient/1" })],
    ["Consent.patient.reference", consent(permit(), { patient: { reference: 1 } })],
    ["Consent.patient.identifier.value", consent(permit(), { patient: { identifier: { value: 1 } } })],
    ["Consent.dateTime", consent(permit(), { dateTime: "yesterday" })],
    ["Consent.modifierExtension", consent(permit(), { modifierExtension: {} })],
    ["Consent.policyRule", consent(permit(), { policyRule: "OPTIN" })],
    ["Consent.provision", consent([] as never)],
    ["Consent.provision", consent("permit" as never)],
    ["Consent.provision.type", consent({ type: "allow" })],
    ["Consent.provision.type", consent({ type: ["permit"] })],
    ["Consent.provision.provision", consent(permit({ provision: permit() }))],
    ["Consent.provision.provision", consent(permit({ provision: [] }))],
    ["Consent.provision.provision[1]", consent(permit({ provision: [deny(), null] }))],
    ["Consent.provision.provision[0].type", consent(permit({ provision: [{}] }))],
    ["Consent.provision.period", consent(permit({ period: "2026" }))],
    ["Consent.provision.period", consent(permit({ period: {} }))],
    ["Consent.provision.period.start", consent(permit({ period: { start: "2026-02-30" } }))],
    ["Consent.provision.period.start", consent(permit({ period: { start: "2026-13" } }))],
    ["Consent.provision.period.start", consent(permit({ period: { start: "2026-01-01T10:00" } }))],
    ["Consent.provision.period.end", consent(permit({ period: { end: 2026 } }))],
    ["Consent.provision.period.end", consent(permit({ period: { start: "2026", end: "2025" } }))],
    [
      "Consent.provision.provision[2].period.start",
      consent(permit({ provision: [deny(), deny(), deny({ period: { start: "soon" } })] })),
    ],
    ["Consent.provision.actor", consent(permit({ actor: {} }))],
    ["Consent.provision.actor", consent(permit({ actor: [] }))],
    ["Consent.provision.actor[0]", consent(permit({ actor: ["me"] }))],
    ["Consent.provision.actor[0].role", consent(permit({ actor: [{ role: "PRCP" }] }))],
    ["Consent.provision.actor[0].reference", consent(permit({ actor: [{ ...role(), reference: "x" }] }))],
    ["Consent.provision.action", consent(permit({ action: "access" }))],
    ["Consent.provision.action[0].coding[0].code", consent(permit({ action: [{ coding: [{ code: 1 }] }] }))],
    ["Consent.provision.purpose", consent(permit({ purpose: [] }))],
    ["Consent.provision.purpose[0]", consent(permit({ purpose: ["TREAT"] }))],
    ["Consent.provision.purpose[0].system", consent(permit({ purpose: [{ system: 1 }] }))],
    ["Consent.provision.securityLabel", consent(permit({ securityLabel: [] }))],
    ["Consent.provision.securityLabel[0]", consent(permit({ securityLabel: ["N"] }))],
    ["Consent.provision.class", consent(permit({ class: {} }))],
    ["Consent.provision.class[0].code", consent(permit({ class: [{ code: {} }] }))],
    ["Consent.provision.code", consent(permit({ code: { text: "x" } }))],
    ["Consent.provision.code[0]", consent(permit({ code: ["x"] }))],
    ["Consent.provision.dataPeriod", consent(permit({ dataPeriod: ["2026"] }))],
    ["Consent.provision.data", consent(permit({ data: {} }))],
    ["Consent.provision.data[0].meaning", consent(permit(data("about", "Observation/1")))],
    ["Consent.provision.data[0].reference", consent(permit({ data: [{ meaning: "instance" }] }))],
    ["Consent.decision", consentR5("maybe", [])],
    ["Consent.provision", consentR5("permit", [], { provision: {} })],
    ["Consent.provision[0].resourceType", consentR5("permit", [{ resourceType: "Observation" }])],
  ];
  for (const [path, document] of cases) {
    it(`${JSON.stringify(document).slice(-60)}: ${path}`, () => {
      expect(() => ask(document))
        .to.throw(MalformedResourceError)
        .that.includes({ path, code: "MalformedResource" });
    });
  }

  it("are named", () => {
    const named = consent({ type: "x" }, { id: "mine" });
    expect(() => ask(named))
      .to.throw(MalformedResourceError)
      .with.property("resource", "Consent/mine");
    const unnamed = consent({ type: "x" }, { id: undefined });
    expect(() => ask(unnamed))
      .to.throw(MalformedResourceError)
      .with.property("resource", "consents[1]");
  });
});

function role(): object {
  return { role: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "PRCP" }] } };
}

describe("evaluate: hostile Consents", () => {
  it("10,000 deep are refused", () => {
    let provision: Record<string, unknown> = permit();
    for (let depth = 0; depth < 10_000; depth++) provision = permit({ provision: [provision] });
    expect(() => ask(consent(provision))).to.throw(MalformedResourceError, /at most 32 provisions deep/);
  });

  it("that contain themselves are refused", () => {
    const provision: Record<string, unknown> = permit();
    provision["provision"] = [provision, provision, provision];
    expect(() => ask(consent(provision))).to.throw(MalformedResourceError);
    const wide: Record<string, unknown>[] = [];
    const deep = deny({ provision: wide });
    for (let i = 0; i < 5; i++) wide.push(permit({ provision: [deep] }));
    expect(() => ask(consent(deep))).to.throw(MalformedResourceError);
  });

  it("with a million provisions are refused", () => {
    const child = deny();
    const provision = permit({ provision: Array.from({ length: 1_000_000 }, () => child) });
    expect(() => ask(consent(provision))).to.throw(MalformedResourceError, /at most 10000 provisions/);
  });

  it("with lists of a hundred thousand are read", () => {
    const types = classes(...Array.from({ length: 100_000 }, (_, i) => `T${i}`));
    const people = actors("PRCP", ...Array.from({ length: 100_000 }, (_, i) => `Organization/${i}`));
    const many = [classes, labels, purposes].map((make) => make(...Array.from({ length: 1_000 }, () => "N")));
    expect(ask(consent(permit({ ...types, ...people })))).to.have.property("decision");
    expect(ask(consent(permit(Object.assign({}, ...many) as Record<string, unknown>)))).to.have.property(
      "decision",
      "needsReview",
    );
  });
});

describe("evaluate: malformed resources", () => {
  const byTime = consent(permit({ dataPeriod: { start: "2020" } }));
  const cases: [path: string, resource: unknown, document?: object][] = [
    ["resource", null],
    ["resource", "Observation"],
    ["resource.resourceType", {}],
    ["Observation.subject.reference", observation("o", { subject: { reference: 1 } })],
    ["Observation.meta", observation("o", { meta: "R" }), consent(permit(labels("N")))],
    ["Observation.effectiveDateTime", observation("o", { effectiveDateTime: "then" }), byTime],
    ["Observation.effectivePeriod.end", observation("o", { effectivePeriod: { end: [] } }), byTime],
    ["Observation.id", observation(7 as never), consent(permit(data("instance", "Observation/7")))],
    ["Observation.contained", observation("o", { contained: {} }), consent(permit(classes("Observation")))],
    ["Bundle.entry", { resourceType: "Bundle", entry: {} }],
    ["Bundle.entry[0].resource", { resourceType: "Bundle", entry: [{ resource: null }] }],
  ];
  for (const [path, resource, document = consent(permit())] of cases) {
    it(`${JSON.stringify(resource).slice(-60)}: ${path}`, () => {
      const good = observation("good");
      expect(() => ask(document, [good, resource as object]))
        .to.throw(MalformedResourceError)
        .that.includes({ path, resource: "resources[1]" });
    });
  }

  it("that contain themselves, or are too deep, are refused", () => {
    const bundle = { resourceType: "Bundle", entry: [] as object[] };
    bundle.entry.push({ resource: bundle }, { resource: bundle }, { resource: bundle });
    expect(() => ask(consent(permit()), [bundle])).to.throw(MalformedResourceError);
    const contained = observation("o", { contained: [] as object[] }) as unknown as { contained: object[] };
    contained.contained.push(contained);
    expect(() => ask(consent(permit(classes("Observation"))), [contained])).to.throw(MalformedResourceError);
    const circle = observation("o") as Record<string, unknown>;
    circle["component"] = [circle];
    const document = consent(permit({ provision: [deny(code("urn:x", "y"))] }));
    expect(() => ask(document, [circle])).to.throw(MalformedResourceError);
    let deep: Record<string, unknown> = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { extension: [deep] };
    expect(ask(document, [observation("o", deep)])).to.have.property("decision", "permit");
  });
});
