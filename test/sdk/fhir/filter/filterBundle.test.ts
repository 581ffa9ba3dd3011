import { expect } from "chai";
import { type Category, InvalidParameterError, UnknownCodeError } from "@consentry/sdk";
import {
  evaluate,
  filterBundle,
  labelsOf,
  MalformedResourceError,
  type Permitted,
  resourcesIn,
} from "@consentry/sdk/fhir";

type Json = Record<string, unknown>;
interface Entry extends Json {
  resource?: Json;
}
interface BundleJson extends Json {
  entry: Entry[];
}

const SECRET = { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" };
const patient = { resourceType: "Patient", id: "p1", name: [{ family: "Hidden" }] };
const subject = { reference: "Patient/p1" };
const lab = (id: string, more: Json = {}) => ({
  resourceType: "Observation",
  id,
  status: "final",
  category: [
    { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
  ],
  code: { text: `code of ${id}` },
  ...more,
});
const secretLab = (id: string, more: Json = {}) => lab(id, { meta: { security: [SECRET] }, ...more });
const report = (more: Json = {}) => ({
  resourceType: "DiagnosticReport",
  id: "r1",
  status: "final",
  category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0074", code: "LAB" }] }],
  code: { text: "panel" },
  ...more,
});

function nameOf({ resourceType, id }: Json): string {
  return `${String(resourceType)}/${String(id)}`;
}

function bundleOf(type: string, resources: readonly Json[], more: Json = {}): BundleJson {
  const entry = resources.map((resource) => ({
    fullUrl: `https://ehr.example/fhir/${nameOf(resource)}`,
    resource,
  }));
  return { resourceType: "Bundle", type, entry, ...more };
}

function released(bundle: object, permitted: Permitted = { categories: ["LABS"] }): BundleJson {
  return filterBundle(bundle, permitted).bundle as unknown as BundleJson;
}

function namesIn(bundle: object): string[] {
  const { entry } = bundle as Partial<BundleJson>;
  return (entry ?? []).map(({ resource }) => nameOf(resource ?? {}));
}

/** What goes out of one resource that stands beside what is withheld. */
function besideSecret(resource: Json, permitted?: Permitted): Json | undefined {
  const { entry } = released(bundleOf("collection", [secretLab("s1"), resource]), permitted) as Partial<BundleJson>;
  return entry?.[0]?.resource;
}

describe("filterBundle: what is permitted", () => {
  it("is what carries none but permitted labels, contained resources included", () => {
    const withContained = lab("o3", { contained: [{ resourceType: "Condition", id: "c" }] });
    const bundle = bundleOf("collection", [lab("o1"), secretLab("s1"), patient, withContained]);
    const { bundle: out, withheld } = filterBundle(bundle, { categories: ["LABS"] });
    expect(namesIn(out)).to.deep.equal(["Observation/o1"]);
    expect(withheld).to.have.length(3);
    expect(withheld[0]).to.equal(bundle.entry[1]!.resource);
  });

  it("is what evaluate released, by identity", () => {
    const bundle = bundleOf("searchset", [lab("o1", { subject }), lab("o2", { subject: { reference: "Patient/p2" } })]);
    const consent = {
      resourceType: "Consent",
      id: "c",
      status: "active",
      scope: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentscope", code: "patient-privacy" }] },
      category: [{ coding: [{ system: "http://loinc.org", code: "59284-0" }] }],
      patient: subject,
      provision: { type: "permit" },
    };
    const resources = resourcesIn(bundle);
    const evaluation = evaluate([consent], {
      patient: "Patient/p1",
      actor: "Practitioner/7",
      purpose: "TREAT",
      resources,
    });
    expect(evaluation.decision).to.equal("permit");
    expect(namesIn(released(bundle, evaluation))).to.deep.equal(["Observation/o1"]);
    const copies = structuredClone(evaluation.released);
    expect(namesIn(released(bundle, { released: copies }))).to.deep.equal([]);
  });

  it("is what all that is given permits", () => {
    const bundle = bundleOf("collection", [lab("o1"), lab("o2"), secretLab("s1")]);
    const [one, , secret] = resourcesIn(bundle);
    expect(namesIn(released(bundle, { categories: ["LABS"], released: [one!, secret!] }))).to.deep.equal([
      "Observation/o1",
    ]);
    const permits = (resource: object) => (resource as Json)["id"] !== "o1";
    expect(namesIn(released(bundle, { categories: ["LABS"], permits }))).to.deep.equal(["Observation/o2"]);
  });

  it("is nothing of a decision that does not permit, nor of a promise", () => {
    const bundle = bundleOf("collection", [lab("o1")]);
    const permitted = { permitted: false, categories: ["LABS"] as Category[] };
    expect(released(bundle, permitted)).to.deep.equal({ resourceType: "Bundle", type: "collection" });
    const permits = (() => Promise.resolve(true)) as unknown as () => boolean;
    expect(namesIn(released(bundle, { permits }))).to.deep.equal([]);
    const truthy = { permitted: 1 as unknown as boolean, categories: ["LABS"] as Category[] };
    expect(namesIn(released(bundle, truthy))).to.deep.equal([]);
  });

  it("must be said: a decision alone, conditional terms and misspelt keys are refused", () => {
    const bundle = bundleOf("collection", [lab("o1")]);
    const wrong: unknown[] = [undefined, {}, { permitted: true }, { categories: "LABS" }, { released: lab("o1") }];
    wrong.push({ permits: true }, { category: ["LABS"] }, { categories: ["LABS"], conditional: true });
    for (const permitted of wrong) {
      expect(() => filterBundle(bundle, permitted as Permitted), JSON.stringify(permitted)).to.throw(
        InvalidParameterError,
      );
    }
    expect(() => filterBundle(bundle, { categories: ["NONSENSE"] })).to.throw(UnknownCodeError);
  });

  it("is nothing that a label asks to redact or mask first, wherever the label stands", () => {
    const security = [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "REDACT" }];
    const contained = [{ ...lab("c"), meta: { security } }];
    const bundle = bundleOf("collection", [lab("o1", { meta: { security } }), lab("o2", { contained }), lab("o3")]);
    const labels = { categories: ["LABS", "OTHER_SENSITIVE"] as Category[] };
    for (const permitted of [labels, { permits: () => true }, { released: resourcesIn(bundle) }]) {
      expect(namesIn(released(bundle, permitted))).to.deep.equal(["Observation/o3"]);
    }
    expect(namesIn(released(bundleOf("collection", [lab("o3")], { meta: { security } }), labels))).to.deep.equal([]);
    const document = bundleOf("document", [lab("o1", { meta: { security } })]);
    expect(released(document, labels)).to.not.have.property("entry");
  });

  it("is held against the labels of the Bundle itself, too", () => {
    const bundle = bundleOf("collection", [lab("o1")], { meta: { security: [SECRET] } });
    expect(namesIn(released(bundle))).to.deep.equal([]);
    expect(namesIn(released(bundle, { permits: () => true }))).to.deep.equal([]);
    const out = released(bundle, { categories: ["LABS", "PSY"] });
    expect(namesIn(out)).to.deep.equal(["Observation/o1"]);
  });
});

describe("filterBundle: what is withheld leaves no trace", () => {
  it("in narratives", () => {
    const text = { status: "generated", div: "<div>depressed</div>" };
    const out = besideSecret(report({ text, contained: [lab("x", { id: "x", text })], conclusion: "fine" }));
    expect(JSON.stringify(out)).not.to.include("depressed");
    expect(out).to.include({ conclusion: "fine" });
  });

  it("in references, however they are written", () => {
    const references = [
      { reference: "Observation/s1" },
      { reference: "Observation/s1/_history/2" },
      { reference: "https://ehr.example/fhir/Observation/s1" },
      { reference: "https://other.example/fhir/Observation/s1/_history/3" },
      { reference: "Observation/s1", display: "Depression score" },
      { identifier: { system: "urn:lab", value: "77" } },
      { display: "Depression score", identifier: { system: "urn:lab", value: "77" } },
      { reference: "Observation?identifier=urn:lab|77" },
    ];
    for (const reference of references) {
      const identifier = [{ system: "urn:lab", value: "77" }];
      const bundle = bundleOf("collection", [secretLab("s1", { identifier }), report({ result: [reference] })]);
      expect(released(bundle).entry[0]!.resource, JSON.stringify(reference)).not.to.have.property("result");
      const more = bundleOf("collection", [
        secretLab("s1", { identifier }),
        lab("o1"),
        report({ result: [reference, { reference: "Observation/o1", display: "glucose" }] }),
      ]);
      expect(released(more).entry[1]!.resource!["result"]).to.deep.equal([
        { reference: "Observation/o1", display: "glucose" },
      ]);
    }
  });

  it("in the words of references to what is not in the Bundle", () => {
    const performer = [{ reference: "Practitioner/7", display: "Dr. Soul", type: "Practitioner" }];
    const out = besideSecret(lab("o1", { performer, encounter: { display: "by phone" } }));
    expect(out!["performer"]).to.deep.equal([{ reference: "Practitioner/7", type: "Practitioner" }]);
    expect(out!["encounter"]).to.deep.equal({ display: "by phone" });
  });

  it("but references to a withheld Patient keep where they point", () => {
    const bundle = bundleOf("collection", [patient, lab("o1", { subject: { ...subject, display: "Hidden" } })]);
    expect(released(bundle).entry[0]!.resource!["subject"]).to.deep.equal(subject);
  });

  it("in what can't be without it: the parts of a resource, or all of it", () => {
    const categories: Category[] = ["LABS", "MEDICATIONS", "OTHER_KIND"];
    const list = {
      resourceType: "List",
      id: "l1",
      status: "current",
      mode: "working",
      entry: [
        { flag: { text: "hidden" }, item: { reference: "Observation/s1" } },
        { item: { reference: "Observation/o9" } },
      ],
    };
    const listLabels = labelsOf(list).categories;
    const out = besideSecret(list, { categories: [...categories, ...listLabels] });
    expect(out!.entry).to.deep.equal([{ item: { reference: "Observation/o9" } }]);
    const provenance = {
      resourceType: "Provenance",
      id: "v1",
      target: [{ reference: "Observation/s1" }],
      recorded: "2026-01-01T00:00:00Z",
      agent: [{ who: { display: "lab" } }],
    };
    const provenanceLabels = labelsOf(provenance).categories;
    expect(besideSecret(provenance, { categories: [...categories, ...provenanceLabels] })).to.equal(undefined);
    const unknown = { resourceType: "NewInR9", id: "n", about: { reference: "Observation/s1" } };
    expect(besideSecret(unknown, { categories })).to.equal(undefined);
    expect(besideSecret({ ...unknown, about: { reference: "Observation/o9" } }, { categories })).to.include({
      id: "n",
    });
  });

  it("in what refers to that in turn", () => {
    const chain = [1, 2, 3, 4].map((i) => ({
      resourceType: "DeviceUseStatement",
      id: `d${i}`,
      status: "active",
      subject,
      device: { reference: i === 1 ? "Observation/s1" : `DeviceUseStatement/d${i - 1}` },
    }));
    const free = { ...chain[0]!, id: "free", device: { reference: "Device/9" } };
    const bundle = bundleOf("collection", [...chain.reverse(), secretLab("s1"), free]);
    const categories = [...labelsOf(free).categories, "LABS" as const];
    expect(namesIn(released(bundle, { categories }))).to.deep.equal(["DeviceUseStatement/free"]);
  });

  it("in names that are no references: the resource stays here", () => {
    const uuid = "3f7c1d4e-90a1-4b59-8a1b-1c2d3e4f5a6b";
    const attachment = (url: string) => report({ presentedForm: [{ url }] });
    expect(besideSecret(attachment("Observation/s1"))).to.equal(undefined);
    expect(besideSecret(attachment("https://ehr.example/fhir/Observation/s1"))).to.equal(undefined);
    expect(besideSecret(attachment("https://ehr.example/Observation/s12"))).to.include({ id: "r1" });
    const bundle = bundleOf("collection", [secretLab(uuid), report({ identifier: [{ value: uuid }] })]);
    expect(namesIn(released(bundle))).to.deep.equal([]);
  });

  it("in resources where nobody looks for them", () => {
    expect(besideSecret(lab("o1", { hidden: { resourceType: "Condition" } }))).to.equal(undefined);
    expect(
      besideSecret(lab("o1", { extension: [{ url: "u", valueReference: { reference: "Observation/s1" } }] })),
    ).to.deep.equal(lab("o1"));
    const modifier = { modifierExtension: [{ url: "u", valueReference: { reference: "Observation/s1" } }] };
    expect(besideSecret(lab("o1", modifier))).to.equal(undefined);
  });

  it("in total and links", () => {
    const link = ["self", "next", "last", "alternate"].map((relation) => ({
      relation,
      url: `https://ehr.example/?page=${relation}`,
    }));
    link.push({ relation: "prev", url: "https://ehr.example/Observation?_id=o1,s1" });
    const resources = [lab("o1"), secretLab("s1"), lab("o2")];
    const out = released(bundleOf("searchset", resources, { total: 3, link, id: "x", meta: { tag: [] }, foo: 1 }));
    expect((out["link"] as Json[]).map(({ relation }) => relation)).to.deep.equal(["self", "next"]);
    expect(out["total"]).to.equal(2);
    expect(Object.keys(out)).to.deep.equal(["resourceType", "id", "type", "total", "link", "entry"]);
    expect(released(bundleOf("searchset", resources, { total: 30 }))).not.to.have.property("total");
    expect(released(bundleOf("searchset", []))).to.deep.equal({ resourceType: "Bundle", type: "searchset" });
    expect(released(bundleOf("searchset", [secretLab("s1")], { total: 1 }))["total"]).to.equal(0);
  });

  it("in links, however it is written there", () => {
    const urls = [
      "Observation/s1/$x",
      "https://ehr.example/fhir/DiagnosticReport?result=Observation/s1",
      "https://ehr.example/fhir/DiagnosticReport?result=Observation%2Fs1",
      "Observation?code=1&_id=s1",
      "Observation?%",
    ];
    for (const url of urls) {
      const link = [{ relation: "self", url }];
      expect(released(bundleOf("searchset", [secretLab("s1")], { link })), url).not.to.have.property("link");
    }
  });

  it("in outcomes and in what was included because of it", () => {
    const bundle = bundleOf("searchset", [
      lab("o1", { performer: [{ reference: "Practitioner/a" }] }),
      secretLab("s1", { performer: [{ reference: "Practitioner/b" }] }),
      {
        resourceType: "Practitioner",
        id: "a",
        qualification: [{ code: { text: "x" }, issuer: { reference: "Organization/a" } }],
      },
      { resourceType: "Practitioner", id: "b" },
      { resourceType: "Organization", id: "a" },
      report({ result: [{ reference: "Observation/o1" }] }),
      { resourceType: "OperationOutcome", issue: [{ severity: "information", code: "suppressed" }] },
    ]);
    for (const [i, each] of bundle.entry.entries())
      each["search"] = { mode: i < 2 ? "match" : i === 6 ? "outcome" : "include" };
    const out = released({ ...bundle, total: 2 }, { categories: ["LABS", "CARE_TEAM", "OTHER_KIND"] });
    expect(namesIn(out)).to.deep.equal(["Observation/o1", "Practitioner/a", "Organization/a", "DiagnosticReport/r1"]);
    expect(out["total"]).to.equal(1);
    expect(out.entry[1]!["search"]).to.deep.equal({ mode: "include" });
  });
});

describe("filterBundle: types of Bundles", () => {
  const composition = {
    resourceType: "Composition",
    id: "c1",
    status: "final",
    section: [
      {
        title: "Psychiatry",
        text: { status: "generated", div: "<div>depressed</div>" },
        entry: [{ reference: "Observation/s1" }],
      },
    ],
  };
  const documentOf = (...resources: Json[]) =>
    bundleOf("document", [composition, ...resources], {
      identifier: { system: "urn:s", value: "v" },
      timestamp: "2026-01-01T00:00:00Z",
      signature: { data: "" },
    });

  it("a document goes out as it is, if all of it may", () => {
    const whole = documentOf(secretLab("s1"), lab("o1"));
    const { bundle, withheld } = filterBundle(whole, { categories: ["NOTES", "LABS", "PSY"] });
    expect(bundle).to.equal(whole);
    expect(withheld).to.deep.equal([]);
  });

  it("or else as a collection without its Composition", () => {
    const { bundle, withheld } = filterBundle(documentOf(secretLab("s1"), lab("o1")), {
      categories: ["NOTES", "LABS"],
    });
    expect(namesIn(bundle)).to.deep.equal(["Observation/o1"]);
    expect(Object.keys(bundle)).to.deep.equal(["resourceType", "type", "entry"]);
    expect(withheld).to.have.length(2);
  });

  it("or if it holds anything that nobody looks at", () => {
    const categories: Category[] = ["NOTES", "LABS", "PSY"];
    const odd = [
      { ...documentOf(lab("o1")), issues: { resourceType: "OperationOutcome" } },
      { ...documentOf(lab("o1")), entry: [...documentOf(lab("o1")).entry, { fullUrl: "urn:x" }] },
      {
        ...documentOf(lab("o1")),
        entry: [...documentOf(lab("o1")).entry, { resource: lab("o2"), extension: [{}] }],
      },
      documentOf(lab("o1", { hidden: { resourceType: "Condition" } })),
    ];
    for (const each of odd) expect(filterBundle(each, { categories }).bundle.type).to.equal("collection");
  });

  it("a Composition does not go out of any other Bundle", () => {
    const { bundle } = filterBundle(bundleOf("searchset", [composition, lab("o1")]), { categories: ["NOTES", "LABS"] });
    expect(namesIn(bundle)).to.deep.equal(["Observation/o1"]);
  });

  it("a document within another Bundle goes out as it is, or not at all", () => {
    const inner = documentOf(lab("o1"));
    const out = released(bundleOf("searchset", [inner]), { categories: ["NOTES", "LABS"] });
    expect(out.entry[0]!.resource).to.equal(inner);
    expect(namesIn(released(bundleOf("searchset", [inner]), { categories: ["LABS"] }))).to.deep.equal([]);
    const telling = documentOf(report({ result: [{ reference: "Observation/s2" }] }));
    const beside = bundleOf("searchset", [telling, secretLab("s2")]);
    expect(released(beside, { categories: ["NOTES", "LABS"] })).not.to.have.property("entry");
    const about = bundleOf("collection", [inner, report({ result: [{ reference: "Observation/o1" }] })]);
    expect(released(about).entry[0]!.resource).not.to.have.property("result");
  });

  it("requests are a collection of what may go out", () => {
    for (const type of ["transaction", "batch", "message"]) {
      const bundle = bundleOf(type, [lab("o1"), secretLab("s1")]);
      bundle.entry[0]!["request"] = { method: "PUT", url: "Observation/s1" };
      const out = released(bundle);
      expect(out["type"]).to.equal("collection");
      expect(Object.keys(out.entry[0]!)).to.deep.equal(["fullUrl", "resource"]);
    }
  });

  it("of a history, what was deleted is not told", () => {
    const bundle = bundleOf("history", [lab("o1"), secretLab("s1")], { total: 3 });
    bundle.entry[0]!["request"] = { method: "PUT", url: "Observation/o1", ifMatch: "W/1" };
    bundle.entry[0]!["response"] = { status: "200 OK", etag: "W/1", outcome: { resourceType: "OperationOutcome" } };
    bundle.entry.push({
      fullUrl: "urn:x",
      request: { method: "DELETE", url: "Condition/9" },
      response: { status: "204" },
    });
    const out = released(bundle);
    expect(out["total"]).to.equal(1);
    expect(out.entry).to.have.length(1);
    expect(out.entry[0]!["request"]).to.deep.equal({ method: "PUT", url: "Observation/o1" });
    expect(out.entry[0]!["response"]).to.deep.equal({ status: "200 OK", etag: "W/1" });
  });

  it("of answers to a batch each has its place, and absent looks like withheld", () => {
    const search = bundleOf("searchset", [lab("o2"), secretLab("s2")], { total: 2 });
    const bundle = bundleOf("batch-response", [lab("o1"), secretLab("s1"), search]);
    for (const each of bundle.entry) each["response"] = { status: "200 OK" };
    bundle.entry.push({ response: { status: "403", outcome: { resourceType: "OperationOutcome" } } });
    const { entry } = released(bundle);
    expect(entry[0]!["response"]).to.deep.equal({ status: "200 OK" });
    expect(entry[1]!).to.deep.equal({ response: { status: "404 Not Found" } });
    expect(entry[2]!.resource!["total"]).to.equal(1);
    expect(namesIn(entry[2]!.resource!)).to.deep.equal(["Observation/o2"]);
    expect(entry[3]!).to.deep.equal(entry[1]!);
    expect(resourcesIn(bundle)).to.have.length(4);
  });

  it("a list within another that is empty does not go out", () => {
    const inner = bundleOf("collection", [secretLab("s1")]);
    expect(released(bundleOf("collection", [inner, lab("o1")])).entry).to.have.length(1);
  });
});

describe("filterBundle: what is wrong", () => {
  const pathOf = (bundle: unknown, permitted: Permitted = { categories: ["LABS"] }): string => {
    try {
      filterBundle(bundle as object, permitted);
    } catch (error) {
      if (error instanceof MalformedResourceError) return error.path;
      throw error;
    }
    return "";
  };
  const nested = (depth: number) => {
    let value: Json = {};
    for (let i = 0; i < depth; i++) value = { extension: [value] };
    return value;
  };

  it("is refused with its path", () => {
    const cases: [unknown, string][] = [
      [undefined, "Bundle"],
      [[], "Bundle"],
      [lab("o1"), "Bundle.resourceType"],
      [{ resourceType: "Bundle" }, "Bundle.type"],
      [{ resourceType: "Bundle", type: "toString" }, "Bundle.type"],
      [{ resourceType: "Bundle", type: "searchset", modifierExtension: [] }, "Bundle.modifierExtension"],
      [{ resourceType: "Bundle", type: "searchset", entry: {} }, "Bundle.entry"],
      [{ resourceType: "Bundle", type: "searchset", entry: [null] }, "Bundle.entry[0]"],
      [{ resourceType: "Bundle", type: "searchset", entry: [{ resource: [] }] }, "Bundle.entry[0].resource"],
      [
        { resourceType: "Bundle", type: "searchset", entry: [{ resource: {} }] },
        "Bundle.entry[0].resource.resourceType",
      ],
      [bundleOf("searchset", [lab("o1")], { link: {} }), "Bundle.link"],
      [bundleOf("searchset", [lab("o1")], { link: ["x"] }), "Bundle.link[0]"],
      [bundleOf("searchset", [{ ...lab("o1"), id: 5 }]), "Bundle.entry[0].resource.id"],
      [bundleOf("searchset", [lab("o1", { value: 5n })]), "Bundle.entry[0].resource.value"],
      [bundleOf("searchset", [lab("o1", { value: new Date(0) })]), "Bundle.entry[0].resource.value"],
      [
        bundleOf("searchset", [lab("o1", { subject: { reference: 5, identifier: {} } })]),
        "Bundle.entry[0].resource.subject",
      ],
    ];
    for (const [bundle, path] of cases) expect(pathOf(bundle), path).to.equal(path);
  });

  it("never lets an entry out that has a modifier", () => {
    const bundle = bundleOf("searchset", [lab("o1")]);
    bundle.entry[0]!["modifierExtension"] = [{ url: "urn:x" }];
    expect(namesIn(released(bundle))).to.deep.equal([]);
  });

  it("is refused 10,000 deep, in circles, and where much stands in few places", () => {
    expect(pathOf(bundleOf("collection", [lab("o1", nested(10_000))]))).to.match(
      /^Bundle\.entry\[0\]\.resource\.extension$/,
    );
    const own = bundleOf("collection", [lab("o1")]);
    own.entry.push({ resource: own }, { resource: own });
    expect(pathOf(own)).to.match(/^Bundle(\.entry\[1\]\.resource)+$/);
    const circular = lab("o1");
    (circular as Json)["component"] = [circular];
    expect(pathOf(bundleOf("collection", [circular]))).to.equal("Bundle.entry[0].resource");
    let many: Json = lab("o1");
    for (let i = 0; i < 15; i++)
      many = { resourceType: "Bundle", type: "batch", entry: Array(10).fill({ resource: many }) };
    expect(pathOf(bundleOf("collection", [many]))).to.match(/^Bundle/);
  });

  it("keeps a key that means something to JavaScript apart", () => {
    const odd = JSON.parse(
      '{"resourceType":"Observation","id":"o1","status":"final","__proto__":{"status":"x"}}',
    ) as Json;
    const { entry } = released(bundleOf("collection", [odd]), { categories: ["OTHER_KIND"] });
    expect(entry[0]!.resource!["status"]).to.equal("final");
    expect(Object.getPrototypeOf(entry[0]!.resource)).to.equal(Object.prototype);
  });

  it("does not change what it is given", () => {
    const freeze = (value: unknown): unknown => {
      if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    const bundle = bundleOf("searchset", [
      lab("o1", { subject: { ...subject, display: "x" } }),
      secretLab("s1"),
      report({ result: [{ reference: "Observation/s1" }] }),
    ]);
    const before = JSON.stringify(bundle);
    released(freeze(bundle) as object);
    expect(JSON.stringify(bundle)).to.equal(before);
  });
});
