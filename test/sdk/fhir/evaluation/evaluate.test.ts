import { InvalidParameterError, UnknownCodeError } from "@consentry/sdk";
import { evaluate, type Evaluation, type EvaluationRequest } from "@consentry/sdk/fhir";
import { expect } from "chai";
import {
  actions,
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

const AT = "2026-06-01T00:00:00Z";
const UUID = "53fefa32-fcbb-4ff8-8a92-55ee120877b7";

function ask(consents: object[], more: Partial<EvaluationRequest> = {}): Evaluation {
  const actor = ["Practitioner/9", "Organization/3"];
  return evaluate(consents, { patient: "Patient/1", actor, purpose: "TREAT", at: AT, groups: [], ...more });
}

function released(consents: object[], resources: object[], more: Partial<EvaluationRequest> = {}): unknown[] {
  return ask(consents, { ...more, resources }).released.map((resource) => (resource as { id: string }).id);
}

type Case = [what: string, consents: object[], decision: Evaluation["decision"], request?: Partial<EvaluationRequest>];

function decides(cases: readonly Case[]): void {
  for (const [what, consents, decision, request] of cases) {
    it(`${what}: ${decision}`, () => expect(ask(consents, request).decision).to.equal(decision));
  }
}

describe("evaluate: which consents count", () => {
  decides([
    ["none", [], "notApplicable"],
    ["an active one", [consent(permit())], "permit"],
    ...["draft", "proposed", "rejected", "inactive", "entered-in-error"].map((status): Case => [
      `one that is ${status}`,
      [consent(permit(), { status })],
      "notApplicable",
    ]),
    ["one of an unknown status", [consent(permit(), { status: "live" })], "needsReview"],
    ["one of another patient", [consent(permit(), { patient: { reference: "Patient/2" } })], "notApplicable"],
    [
      "one of a patient named in another way",
      [consent(permit(), { patient: { reference: "https://a.example/Patient/1" } })],
      "needsReview",
    ],
    [
      "the same, where the request knows the name",
      [consent(permit(), { patient: { reference: "https://a.example/Patient/1" } })],
      "permit",
      { patient: ["Patient/1", "https://a.example/Patient/1"] },
    ],
    ["one of nobody", [consent(permit(), { patient: undefined })], "needsReview"],
    ["one before its period", [consent(permit({ period: { start: "2026-07-01" } }))], "notApplicable"],
    ["one after its period", [consent(permit({ period: { end: "2026-05-31" } }))], "notApplicable"],
    ["one on the last day of its period", [consent(permit({ period: { end: "2026-06-01" } }))], "permit"],
    ["one in the last month of its period", [consent(permit({ period: { end: "2026-06" } }))], "permit"],
    ["a research consent, for treatment", [consent(permit(purposes("HRESCH")), scope("research"))], "notApplicable"],
    [
      "a research consent, for research",
      [consent(permit(purposes("HRESCH")), scope("research"))],
      "permit",
      { purpose: "HRESCH" },
    ],
    [
      "a research consent without purposes",
      [consent(permit(), scope("research"))],
      "needsReview",
      { purpose: "HRESCH" },
    ],
    ["a consent to be treated, no more", [consent(permit(), scope("treatment"))], "needsReview"],
    [
      "a research consent whose policy permits without purposes",
      [consent(deny(actors("IRCP", "Organization/4")), { ...scope("research"), ...policy("OPTIN") })],
      "needsReview",
      { purpose: "HRESCH" },
    ],
    [
      "a permit without purposes in a deny of research",
      [consent(deny({ provision: [permit()] }), scope("research"))],
      "needsReview",
      { purpose: "HRESCH" },
    ],
    [
      "a permit in a deny of some research",
      [consent(deny({ ...purposes("HRESCH"), provision: [permit()] }), scope("research"))],
      "permit",
      { purpose: "HRESCH" },
    ],
    [
      "R5, a research consent without purposes",
      [consentR5("permit", [], { category: [scope("research")["scope"]] })],
      "needsReview",
      { purpose: "HRESCH" },
    ],
    ["an advance directive", [consent(permit(), scope("adr"))], "notApplicable"],
    ["a consent of an unknown scope", [consent(permit(), scope("other"))], "needsReview"],
  ]);
});

function scope(value: string): Record<string, unknown> {
  const coding = [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: value }];
  return { scope: { coding } };
}

describe("evaluate: who, what for and what", () => {
  decides([
    ["the recipient", [consent(permit(actors("PRCP", "Organization/3")))], "permit"],
    ["the information recipient", [consent(permit(actors("IRCP", "Practitioner/9")))], "permit"],
    ["somebody else", [consent(permit(actors("IRCP", "Organization/4")))], "notApplicable"],
    ["one of several", [consent(permit(actors("IRCP", "Organization/4", "Organization/3")))], "permit"],
    ["an actor of another role", [consent(permit(actors("AGNT", "Organization/3")))], "needsReview"],
    [
      "an actor in words only",
      [consent(permit({ actor: [{ ...first(actors("PRCP", "x")), reference: { display: "My clinic" } }] }))],
      "needsReview",
    ],
    [
      "a recipient at another server",
      [consent(deny(actors("PRCP", "https://b.example/Organization/3")))],
      "needsReview",
    ],
    [
      "a group that nobody looked at",
      [consent(permit(actors("PRCP", "Group/5")))],
      "needsReview",
      { groups: undefined },
    ],
    ["a group of others", [consent(permit(actors("PRCP", "Group/5")))], "notApplicable"],
    [
      "a group at a server that nobody named",
      [consent(permit({ provision: [deny(actors("PRCP", "https://a.example/Group/5"))] }))],
      "needsReview",
      { groups: ["Group/5"] },
    ],
    [
      "an organization that the practitioner who asks may be of",
      [consent(permit({ provision: [deny(actors("PRCP", "Organization/4"))] }))],
      "needsReview",
      { actor: "Practitioner/9" },
    ],
    [
      "a role that the practitioner who asks may have",
      [consent(permit({ provision: [deny(actors("PRCP", "https://a.example/PractitionerRole/4"))] }))],
      "needsReview",
      { actor: ["https://a.example/Practitioner/9", "https://a.example/Organization/3"] },
    ],
    [
      "a UUID in capitals",
      [consent(permit({ provision: [deny(actors("PRCP", `urn:uuid:${UUID.toUpperCase()}`))] }))],
      "deny",
      { actor: `urn:uuid:${UUID}` },
    ],
    ["a group of one's own", [consent(permit(actors("PRCP", "Group/5")))], "permit", { groups: ["Group/5"] }],
    ["the custodian", [consent(permit(actors("CST", "Organization/8")))], "permit", { custodian: "Organization/8" }],
    [
      "another custodian",
      [consent(deny(actors("CST", "Organization/8")))],
      "notApplicable",
      { custodian: "Organization/7" },
    ],
    ["a permit at a custodian that nobody named", [consent(permit(actors("CST", "Organization/8")))], "notApplicable"],
    ["a deny at a custodian that nobody named", [consent(deny(actors("CST", "Organization/8")))], "deny"],
    ["a purpose", [consent(permit(purposes("TREAT")))], "permit"],
    ["a parent's sub-code", [consent(permit(purposes("TREAT")))], "permit", { purpose: "ERTREAT" }],
    [
      "a parent's explicit-only sub-code",
      [consent(permit(purposes("TREAT")))],
      "notApplicable",
      { purpose: "CLINTRL" },
    ],
    ["an explicit-only sub-code in a deny", [consent(deny(purposes("TREAT")))], "deny", { purpose: "CLINTRL" }],
    ["a sub-code is no permit for its parent", [consent(permit(purposes("ETREAT")))], "notApplicable"],
    ["a sub-code without a bit", [consent(permit(purposes("HDM")))], "permit", { purpose: "HDM" }],
    ["its parent", [consent(permit(purposes("HDM")))], "notApplicable", { purpose: "HOPERAT" }],
    ["its sibling", [consent(permit(purposes("HDM")))], "notApplicable", { purpose: "FRAUD" }],
    [
      "a purpose of another system",
      [consent(permit({ purpose: [{ system: "urn:x", code: "TREAT" }] }))],
      "needsReview",
    ],
    ["no purpose, explicit-only", [consent(permit())], "notApplicable", { purpose: "HMARKT" }],
    ["no purpose, to break the glass", [consent(permit())], "notApplicable", { purpose: "BTG" }],
    ["a deny without purpose, to break the glass", [consent(deny())], "deny", { purpose: "BTG" }],
    ["an action", [consent(permit(actions("access")))], "permit"],
    ["another action", [consent(permit(actions("use", "disclose")))], "notApplicable"],
    ["that action", [consent(permit(actions("use", "disclose")))], "permit", { action: "disclose" }],
    ["an unknown action", [consent(deny(actions("look")))], "needsReview"],
    ["an unknown action beside a known one", [consent(deny(actions("look", "access")))], "deny"],
    [
      "an unknown role for another purpose",
      [consent(permit({ ...purposes("HRESCH"), ...actors("AGNT", "Organization/3") }))],
      "notApplicable",
    ],
  ]);
});

function first({ actor }: Record<string, unknown>): object {
  return (actor as object[])[0]!;
}

describe("evaluate: provisions within provisions", () => {
  const normal = observation("n", {}, "N");
  const psychiatric = observation("p", {}, "PSY", "R");
  const all = [normal, psychiatric];

  const cases: [what: string, consents: object[], ids: string[], request?: Partial<EvaluationRequest>][] = [
    ["a deny of some data", [consent(permit({ provision: [deny(labels("PSY"))] }))], ["n"]],
    ["a permit of some data", [consent(permit(labels("N")))], ["n"]],
    [
      "a permit under a permit adds",
      [consent(permit({ ...labels("N"), provision: [permit(labels("PSY"))] }))],
      ["n", "p"],
    ],
    [
      "what it adds is bound by its own exceptions",
      [
        consent(
          permit({
            ...labels("N"),
            provision: [permit({ ...labels("PSY"), provision: [deny(classes("Observation"))] })],
          }),
        ),
      ],
      ["n"],
    ],
    [
      "an exception to an exception",
      [
        consent(
          permit({ provision: [deny({ ...labels("PSY"), provision: [permit(actors("PRCP", "Organization/3"))] })] }),
        ),
      ],
      ["n", "p"],
    ],
    [
      "one that is not about who asks",
      [
        consent(
          permit({ provision: [deny({ ...labels("PSY"), provision: [permit(actors("PRCP", "Organization/4"))] })] }),
        ),
      ],
      ["n"],
    ],
    [
      "of two on one level a deny wins",
      [consent(deny({ provision: [permit(purposes("TREAT")), deny(labels("PSY"))] }))],
      ["n"],
    ],
    [
      "deep in one branch does not beat a deny in another",
      [
        consent(
          permit({
            provision: [deny({ ...labels("PSY"), provision: [permit()] }), deny(labels("R"))],
          }),
        ),
      ],
      ["n"],
    ],
    ["a root deny with an exception", [consent(deny({ provision: [permit(labels("N"))] }))], ["n"]],
    ["a root deny of some data says nothing of others", [consent(deny(labels("PSY"))), consent(permit())], ["n"]],
    ["two consents: a deny wins", [consent(permit()), consent(deny())], []],
    ["what one permits alone, the other forbids", [consent(permit(labels("N"))), consent(permit(labels("PSY")))], []],
    [
      "the policy says the opposite: the root is an exception to it",
      [consent(permit(labels("N")), policy("OPTOUT"))],
      ["n"],
    ],
    ["a root deny of others, opted in", [consent(deny(actors("PRCP", "Organization/4")), policy("OPTIN"))], ["n", "p"]],
    ["a root deny of who asks, opted in", [consent(deny(actors("PRCP", "Organization/3")), policy("OPTIN"))], []],
  ];
  for (const [what, consents, ids, request] of cases) {
    it(`${what}: ${ids.join(", ") || "nothing"}`, () => {
      expect(released(consents, all, request)).to.deep.equal(ids);
    });
  }

  it("withhold with the provision that does it", () => {
    const { withheld, basis, obligations } = ask([consent(permit({ provision: [deny(labels("PSY"))] }))], {
      resources: all,
    });
    const by = { consent: "Consent/c", path: "Consent.provision.provision[0]", effect: "deny", rest: false };
    expect(withheld).to.deep.equal([
      { resource: psychiatric, reason: "Consent/c forbids it: Consent.provision.provision[0].", by },
    ]);
    expect(basis.map(({ path }) => path)).to.deep.equal(["Consent.provision", "Consent.provision.provision[0]"]);
    expect(obligations).to.deep.equal([
      { kind: "withhold", consent: "Consent/c", path: "Consent.provision.provision[0]" },
    ]);
  });

  it("that release nothing count as a deny, and say so", () => {
    const { decision, reason } = ask([consent(permit(labels("N")))], { resources: [psychiatric] });
    expect({ decision, reason }).to.deep.equal({
      decision: "deny",
      reason: "The patient consents, but to none of these data.",
    });
  });

  it("limit what may be asked for where no data are given", () => {
    const limited = ask([consent(permit({ provision: [deny(labels("PSY"))] }))]);
    expect(limited).to.deep.include({ decision: "permit", released: [] });
    expect(limited.obligations).to.have.length(1);
    expect(ask([consent(permit())]).obligations).to.deep.equal([]);
    expect(ask([consent(permit({ provision: [deny()] }))]).decision).to.equal("deny");
    expect(ask([consent(deny(labels("PSY")))]).decision).to.equal("notApplicable");
  });
});

function policy(value: string): Record<string, unknown> {
  return { policyRule: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: value }] } };
}

describe("evaluate: conditions on data", () => {
  const plain = observation("o");
  type DataCase = [what: string, root: Record<string, unknown>, resource: object, isReleased: boolean];
  const cases: DataCase[] = [
    ["a class", permit(classes("Observation")), plain, true],
    ["another class", permit(classes("Condition")), plain, false],
    ["a deny of a class", permit({ provision: [deny(classes("Observation"))] }), plain, false],
    [
      "a contained resource of another class",
      permit(classes("Observation")),
      contains({ resourceType: "Condition" }),
      false,
    ],
    [
      "a contained resource that is denied",
      permit({ provision: [deny(classes("Condition"))] }),
      contains({ resourceType: "Condition" }),
      false,
    ],
    ["a code", permit(code("http://loinc.org", "2339-0")), plain, true],
    ["the same code of another system", permit(code("urn:x", "2339-0")), plain, false],
    ["a deny of a code deep within", permit({ provision: [deny(code("urn:c", "x"))] }), component("urn:c", "x"), false],
    ["a permit of a code deep within", permit(code("urn:c", "x")), component("urn:c", "x"), false],
    [
      "a deny of a code, data in words",
      permit({ provision: [deny(code("urn:c", "x"))] }),
      observation("o", { code: { text: "?" } }),
      false,
    ],
    ...[{ code: "x" }, { system: "urn:c", display: "x" }].map((coding): DataCase => {
      const root = permit({ provision: [deny(code("urn:c", "x"))] });
      return [
        `a deny of a code, data with ${JSON.stringify(coding)}`,
        root,
        observation("o", { code: { coding: [coding] } }),
        false,
      ];
    }),
    ...["application/pdf", "Application/PDF; version=1.7", undefined].map((type): DataCase => {
      const root = permit({ provision: [deny({ class: [{ system: "urn:ietf:bcp:13", code: "application/pdf" }] })] });
      return [`a deny of a medium, data of ${type}`, root, document(type), false];
    }),
    [
      "a deny of another medium",
      permit({ provision: [deny({ class: [{ system: "urn:ietf:bcp:13", code: "text/xml" }] })] }),
      document("application/pdf"),
      true,
    ],
    ["a time within", permit({ dataPeriod: { start: "2025", end: "2025" } }), plain, true],
    ["a time partly within", permit({ dataPeriod: { start: "2025-06-01T12:00:00Z" } }), plain, false],
    [
      "a deny of a time partly within",
      permit({ provision: [deny({ dataPeriod: { start: "2025-06-01T12:00:00Z" } })] }),
      plain,
      false,
    ],
    ["a deny of another time", permit({ provision: [deny({ dataPeriod: { start: "2025-06-02" } })] }), plain, true],
    ["no time", permit({ dataPeriod: { end: "2027" } }), observation("o", { effectiveDateTime: undefined }), false],
    [
      "a deny of a time, data without",
      permit({ provision: [deny({ dataPeriod: { end: "2020" } })] }),
      observation("o", { effectiveDateTime: undefined }),
      false,
    ],
    ["the data themselves", permit(data("instance", "Observation/o")), plain, true],
    ["other data", permit(data("instance", "Observation/x")), plain, false],
    ["a deny of other data", permit({ provision: [deny(data("instance", "Observation/x"))] }), plain, true],
    ["data that refer to it", permit(data("dependents", "Patient/1")), plain, true],
    ["data that it refers to, unseen", permit(data("related", "Encounter/1")), plain, false],
    [
      "a deny of what it refers to, unseen",
      permit({ provision: [deny(data("related", "Encounter/1"))] }),
      plain,
      false,
    ],
    ["the author", permit(data("authoredby", "Practitioner/7")), plain, true],
    ["another author", permit(data("authoredby", "Practitioner/8")), plain, false],
    ["a deny of another author", permit({ provision: [deny(actors("AUT", "Practitioner/8"))] }), plain, true],
    ["a deny of the author", permit({ provision: [deny(actors("AUT", "Practitioner/7"))] }), plain, false],
    [
      "a deny of an organization that the author may be of",
      permit({ provision: [deny(actors("AUT", "Organization/1"))] }),
      plain,
      false,
    ],
    ...[{ display: "Dr. Eight" }, { reference: "https://a.example/Practitioner/8" }].map((author): DataCase => {
      const root = permit({ provision: [deny(actors("AUT", "Practitioner/8"))] });
      const performer = [{ reference: "Practitioner/7" }, author];
      return [
        `a deny of an author, who may be ${JSON.stringify(author)}`,
        root,
        observation("o", { performer }),
        false,
      ];
    }),
    [
      "a deny of what refers to it, at a server that is not named",
      permit({ provision: [deny(data("dependents", "Encounter/1"))] }),
      observation("o", { encounter: { reference: "https://a.example/Encounter/1" } }),
      false,
    ],
    [
      "a deny of what refers to something else",
      permit({ provision: [deny(data("dependents", "Encounter/1"))] }),
      observation("o", { encounter: { reference: "https://a.example/Encounter/2" } }),
      true,
    ],
    ["data of a patient in words", permit(), observation("o", { subject: { display: "Somebody" } }), false],
    ["a task for another patient", permit(), { resourceType: "Task", for: { reference: "Patient/2" } }, false],
    [
      "a type that an object has anyway, a time",
      permit({ dataPeriod: { end: "2027" } }),
      { resourceType: "constructor" },
      false,
    ],
    ["such a type, an author", permit(actors("AUT", "Practitioner/7")), { resourceType: "__proto__" }, false],
    [
      "a deny of an author, data without",
      permit({ provision: [deny(actors("AUT", "Practitioner/8"))] }),
      observation("o", { performer: undefined }),
      false,
    ],
    ["a deny of a label's parent", permit({ provision: [deny(labels("SUD"))] }), observation("o", {}, "ETHUD"), false],
    ["a permit of a label's parent", permit(labels("SUD")), observation("o", {}, "ETHUD"), false],
    [
      "a deny of restricted data, very restricted",
      permit({ provision: [deny(labels("R"))] }),
      observation("o", {}, "V"),
      false,
    ],
    ["a permit of normal data, restricted besides", permit(labels("N")), observation("o", {}, "N", "R"), false],
    ["a permit of normal data, without a label", permit(labels("N")), plain, false],
    [
      "a deny of a label of no table, on data with another",
      permit({ provision: [deny(labels("LOCAL1"))] }),
      observation("o", {}, "LOCAL2"),
      false,
    ],
    [
      "a deny of a label of no table, on data without",
      permit({ provision: [deny(labels("LOCAL1"))] }),
      observation("o", {}, "PSY"),
      true,
    ],
    ["data of another patient", permit(), observation("o", { subject: { reference: "Patient/2" } }), false],
    ["a Bundle of such data", permit(labels("N")), bundle(observation("a", {}, "N"), observation("b", {}, "N")), true],
    ["a Bundle with other data", permit(labels("N")), bundle(observation("a", {}, "N"), plain), false],
  ];
  for (const [what, root, resource, isReleased] of cases) {
    it(`${what}: ${isReleased ? "released" : "withheld"}`, () => {
      expect(ask([consent(root)], { resources: [resource] }).released).to.deep.equal(isReleased ? [resource] : []);
    });
  }

  it("across fields all must match", () => {
    const root = permit({ ...labels("N"), ...classes("Observation", "Condition") });
    const condition = { ...observation("c", {}, "N"), resourceType: "Encounter" };
    expect(released([consent(root)], [observation("a", {}, "N"), plain, condition])).to.deep.equal(["a"]);
  });

  it("what refers is looked for among the data asked for", () => {
    const encounter = {
      resourceType: "Encounter",
      id: "1",
      subject: { reference: "Patient/1" },
      reasonReference: [{ reference: "Observation/o" }],
    };
    const root = permit(data("related", "Encounter/1"));
    expect(released([consent(root)], [encounter, plain, observation("x")])).to.deep.equal(["1", "o"]);
  });

  const npi = { identifier: { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" } };
  const participants: [what: string, actor: object | undefined, isReleased: boolean][] = [
    ["nobody else", undefined, true],
    ["a doctor", { reference: "Practitioner/7" }, true],
    ["a doctor of an identifier", { type: "Practitioner", ...npi }, true],
    ["another patient", { reference: "Patient/2" }, false],
    ["a patient of another server", { reference: "https://ehr.example/fhir/Patient/2" }, false],
    ["a patient of an identifier", { type: "Patient", ...npi }, false],
    ["a patient by the type's definition", { type: "http://hl7.org/fhir/StructureDefinition/Patient", ...npi }, false],
    ["a patient by a version of it", { type: "http://hl7.org/fhir/StructureDefinition/Patient|4.0.1", ...npi }, false],
    ["somebody of no type's name", { type: "urn:a:b", ...npi }, false],
    ["a patient who is called a doctor", { type: "Practitioner", reference: "Patient/2" }, false],
    ["somebody of an identifier", npi, false],
    ["somebody in words", { display: "Somebody" }, false],
  ];
  for (const [who, actor, isReleased] of participants) {
    it(`an appointment with ${who}: ${isReleased ? "released" : "withheld"}`, () => {
      const participant = [{ actor: { reference: "Patient/1" } }, { type: [{ text: "attends" }], actor }];
      const appointment = { resourceType: "Appointment", id: "a", participant };
      expect(released([consent(permit())], [appointment])).to.deep.equal(isReleased ? ["a"] : []);
    });
  }

  it("a list of patients is released only if it names nobody else", () => {
    const [one, other] = [{ reference: "Patient/1" }, { reference: "Patient/2" }];
    const group = (...members: object[]) => {
      return { resourceType: "Group", id: "g", member: members.map((entity) => ({ entity })) };
    };
    const person = (...targets: object[]) => {
      return { resourceType: "Person", id: "p", link: targets.map((target) => ({ target })) };
    };
    const all = [group(one), group(one, other), person(one), person(other)];
    expect(ask([consent(permit())], { resources: all }).released).to.deep.equal([all[0], all[2]]);
  });

  it("labels ask for handling", () => {
    const masked = observation("m", {}, "MASK");
    const { obligations } = ask([consent(permit())], { resources: [masked, observation("r", {}, "REDACT"), plain] });
    expect(obligations.map(({ kind }) => kind)).to.deep.equal(["mask", "redact"]);
    expect(obligations[0]).to.have.property("resource", masked);
  });

  it("labels of what is within ask for handling of the whole, once", () => {
    const whole = { ...plain, contained: [observation("m", {}, "MASK"), observation("n", {}, "MASK")] };
    const { obligations } = ask([consent(permit())], { resources: [whole] });
    expect(obligations).to.deep.equal([{ kind: "mask", resource: whole }]);
  });
});

function contains(resource: object): object {
  return observation("o", { contained: [resource] });
}

function document(contentType: string | undefined): object {
  return { resourceType: "DocumentReference", content: [{ attachment: { contentType } }] };
}

function component(system: string, value: string): object {
  return observation("o", { component: [{ code: { coding: [{ system, code: value }] } }] });
}

function bundle(...resources: object[]): object {
  return { resourceType: "Bundle", entry: resources.map((resource) => ({ resource })) };
}

describe("evaluate: what nobody can compute", () => {
  const cases: [what: string, document: object, path: string][] = [
    ["no provision", consent(undefined), "Consent.provision"],
    ["no base rule", consent({ period: { start: "2020" } }, policy("OPTIN")), "Consent.provision.type"],
    ["a modifier", consent(permit(), { modifierExtension: [{ url: "urn:x" }] }), "Consent.modifierExtension"],
    ["implicit rules", consent(permit(), { implicitRules: "urn:x" }), "Consent.implicitRules"],
    ["an element of no version", consent(permit(), { onlyOnMondays: true }), "Consent.onlyOnMondays"],
    [
      "a study",
      consent(permit(), {
        extension: [{ url: "http://hl7.org/fhir/StructureDefinition/consent-ResearchStudyContext" }],
      }),
      "Consent.extension",
    ],
    [
      "a modifier within",
      consent(permit({ provision: [deny({ modifierExtension: [] })] })),
      "Consent.provision.provision[0].modifierExtension",
    ],
    ["an extension within", consent(permit({ extension: [{ url: "urn:x" }] })), "Consent.provision.extension"],
    ["an unknown element within", consent(permit({ unless: "x" })), "Consent.provision.unless"],
    ["a class of no kind", consent(permit({ class: [{ system: "urn:x", code: "y" }] })), "Consent.provision.class[0]"],
    ...["labs", "PSY"].map((code): [string, object, string] => [
      `a deny of the kind ${code}, which is none`,
      consent(permit({ provision: [deny({ class: [{ system: "urn:x-consentry:category", code }] })] })),
      "Consent.provision.provision[0].class[0]",
    ]),
    ["a class that is no type", consent(permit(classes("observation"))), "Consent.provision.class[0]"],
    ...["psy", "LABS"].map((code): [string, object, string] => [
      `a deny of the sensitivity ${code}, which is none`,
      consent(permit({ provision: [deny({ securityLabel: [{ system: "urn:x-consentry:category", code }] })] })),
      "Consent.provision.provision[0].securityLabel[0]",
    ]),
    ["a code in words", consent(permit({ code: [{ text: "x" }] })), "Consent.provision.code[0]"],
    ["a label that stands for many", consent(permit(labels("_Sensitivity"))), "Consent.provision.securityLabel[0]"],
    [
      "data in words",
      consent(permit({ data: [{ meaning: "instance", reference: { display: "x" } }] })),
      "Consent.provision.data[0].reference",
    ],
    ["what is contained", consent(permit(data("instance", "#x"))), "Consent.provision.data[0].reference"],
    ["R5 without decision", consentR5(undefined, []), "Consent.decision"],
    ["R5 deeper than one level", consentR5("deny", [{ provision: [{}] }]), "Consent.provision[0].provision"],
    ["R5 with a grantee", consentR5("permit", [], { grantee: [{ reference: "Organization/3" }] }), "Consent.grantee"],
    ["R5 with an expression", consentR5("permit", [{ expression: {} }]), "Consent.provision[0].expression"],
    ["R5, a deny for a time", consentR5("permit", [{ period: { start: "2020" } }]), "Consent.provision[0].period"],
  ];
  for (const [what, document, path] of cases) {
    it(`${what}: ${path}`, () => {
      const {
        decision,
        issues,
        released: none,
      } = ask([consent(permit(), { id: "other" }), document], { resources: [observation("o")] });
      expect({ decision, none }).to.deep.equal({ decision: "needsReview", none: [] });
      expect(issues.map((issue) => issue.path)).to.include(path);
    });
  }

  it("is of no account in a consent that is not live, or of another patient", () => {
    const modified = { modifierExtension: [{ url: "urn:x" }] };
    const dead = consent(permit(), { ...modified, status: "inactive" });
    const other = consent(permit(), { ...modified, patient: { reference: "Patient/2" } });
    expect(ask([consent(permit()), dead, other]).decision).to.equal("permit");
  });
});

describe("evaluate: R5", () => {
  decides([
    ["permit", [consentR5("permit", [])], "permit"],
    ["deny", [consentR5("deny", [])], "deny"],
    ["an exception to deny", [consentR5("deny", [actors("PRCP", "Organization/3")])], "permit"],
    ["an exception to permit", [consentR5("permit", [actors("PRCP", "Organization/3")])], "deny"],
    ["an exception for somebody else", [consentR5("permit", [actors("PRCP", "Organization/4")])], "permit"],
    ["after its period", [consentR5("permit", [], { period: { end: "2026-05" } })], "notApplicable"],
  ]);

  it("types of resources", () => {
    const types = { resourceType: [{ system: "http://hl7.org/fhir/fhir-types", code: "Observation" }] };
    const resources = [observation("o"), { ...observation("c"), resourceType: "Condition" }];
    expect(released([consentR5("deny", [types])], resources)).to.deep.equal(["o"]);
    expect(released([consentR5("permit", [types])], resources)).to.deep.equal(["c"]);
  });
});

describe("evaluate: several consents, the newest wins", () => {
  const request = {
    patient: "Patient/1",
    actor: "Practitioner/9",
    purpose: "TREAT",
    at: AT,
    resources: [observation("o")],
  };
  const old = { dateTime: "2025" };
  const cases: [what: string, consents: object[], decision: Evaluation["decision"]][] = [
    ["a permit after a deny", [consent(deny(), old), consent(permit())], "permit"],
    ["a deny after a permit", [consent(deny()), consent(permit(), old)], "deny"],
    ["both at once", [consent(permit()), consent(deny())], "deny"],
    ["one without a date", [consent(permit(), { dateTime: undefined })], "needsReview"],
    ["a newer one about other data", [consent(permit(), old), consent(deny(labels("PSY")))], "permit"],
  ];
  for (const [what, consents, decision] of cases) {
    it(`${what}: ${decision}`, () => {
      expect(evaluate(consents, request, { combining: "newestWins" }).decision).to.equal(decision);
    });
  }
});

describe("evaluate: parameters", () => {
  it("that make no sense are refused", () => {
    const good = { patient: "Patient/1", actor: "Practitioner/9", purpose: "TREAT" };
    expect(() => evaluate([], { ...good, purpose: "HEAL" })).to.throw(UnknownCodeError);
    expect(() => evaluate([], { ...good, action: "look" })).to.throw(UnknownCodeError);
    for (const bad of [{ actor: [] }, { patient: "" }, { groups: "Group/1" }, { who: "x" }, { programme: "x" }]) {
      expect(() => evaluate([], { ...good, ...bad } as never), JSON.stringify(bad)).to.throw(InvalidParameterError);
    }
    expect(() => evaluate({} as never, good)).to.throw(InvalidParameterError);
    expect(() => evaluate([], good, { combining: "any" as never })).to.throw(InvalidParameterError);
    expect(() => evaluate([], good, { timeZone: "Mars" })).to.throw(InvalidParameterError);
    expect(() => evaluate([], { ...good, at: new Date(NaN) })).to.throw(/at is not a time/);
  });

  it("days begin where the deployment says", () => {
    const document = consent(permit({ period: { end: "2026-06-01" } }));
    const request = { patient: "Patient/1", actor: "Practitioner/9", purpose: "TREAT", at: "2026-06-02T03:00:00Z" };
    expect(evaluate([document], request).decision).to.equal("notApplicable");
    expect(evaluate([document], request, { timeZone: "America/New_York" }).decision).to.equal("permit");
  });

  it("are never changed, and what is released is what was given", () => {
    const document = consent(permit());
    const resource = observation("o");
    const before = JSON.stringify([document, resource]);
    expect(ask([document], { resources: [resource] }).released[0]).to.equal(resource);
    expect(JSON.stringify([document, resource])).to.equal(before);
  });
});
