import { readFileSync } from "node:fs";
import { expect } from "chai";
import { allCategories, type Category, categoriesToBits, describeCategory } from "@consentry/sdk";
import { labelsOf, MalformedResourceError } from "@consentry/sdk/fhir";

const TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
const ACT_CODE = `${TERMINOLOGY}v3-ActCode`;
const CONFIDENTIALITY = `${TERMINOLOGY}v3-Confidentiality`;
const OBSERVATION_CATEGORY = `${TERMINOLOGY}observation-category`;
const DIAGNOSTIC_SERVICE = `${TERMINOLOGY}v2-0074`;
const US_CORE = "http://hl7.org/fhir/us/core/CodeSystem/us-core-category";
const LOINC = "http://loinc.org";

type Code = [system: string, code: string];

function concepts(...codes: Code[]): object[] {
  return codes.map(([system, code]) => ({ coding: [{ system, code }] }));
}

function labelled(...codes: Code[]): object {
  return { resourceType: "Condition", meta: { security: codes.map(([system, code]) => ({ system, code })) } };
}

function categoriesOf(resource: unknown): readonly Category[] {
  return labelsOf(resource).categories;
}

describe("labelsOf: kinds of data", () => {
  it("follow from the resource type, for every type of the table", () => {
    for (const name of allCategories()) {
      for (const resourceType of describeCategory(name).resourceTypes) {
        expect(categoriesOf({ resourceType }), resourceType).to.deep.equal([name]);
      }
    }
  });

  it("follow from every category code of the table", () => {
    for (const name of allCategories().filter((category) => describeCategory(category).bit < 32)) {
      for (const coding of describeCategory(name).codings) {
        const observation = { resourceType: "Observation", category: [{ coding: [coding] }] };
        expect(categoriesOf(observation), coding.code).to.deep.equal([name]);
      }
    }
  });

  const cases: [what: string, resource: object, kind: Category][] = [
    [
      "a vital sign without category, by its LOINC code",
      { resourceType: "Observation", code: concepts([LOINC, "29463-7"])[0] },
      "VITALS",
    ],
    [
      "an observation whose category beats its code",
      {
        resourceType: "Observation",
        category: concepts([OBSERVATION_CATEGORY, "activity"]),
        code: concepts([LOINC, "8867-4"])[0],
      },
      "WEARABLES",
    ],
    [
      "an observation with one known of two categories",
      { resourceType: "Observation", category: concepts(["urn:local", "x"], [OBSERVATION_CATEGORY, "laboratory"]) },
      "LABS",
    ],
    [
      "a genetic laboratory result",
      {
        resourceType: "Observation",
        category: concepts([OBSERVATION_CATEGORY, "laboratory"], [DIAGNOSTIC_SERVICE, "GE"]),
      },
      "GENOMICS",
    ],
    [
      "a survey of social needs",
      { resourceType: "Observation", category: concepts([OBSERVATION_CATEGORY, "survey"], [US_CORE, "sdoh"]) },
      "SOCIAL_HISTORY",
    ],
    [
      "an observation with an unknown category",
      { resourceType: "Observation", category: concepts(["urn:local", "laboratory"]) },
      "OTHER_KIND",
    ],
    ["an observation without category", { resourceType: "Observation" }, "OTHER_KIND"],
    [
      "an observation whose category is in words",
      { resourceType: "Observation", category: [{ text: "Laboratory" }] },
      "OTHER_KIND",
    ],
    [
      "a laboratory report",
      { resourceType: "DiagnosticReport", category: concepts([DIAGNOSTIC_SERVICE, "LAB"]) },
      "LABS",
    ],
    ["a radiology report", { resourceType: "DiagnosticReport", category: concepts([LOINC, "LP29684-5"]) }, "IMAGING"],
    [
      "a genetics report",
      { resourceType: "DiagnosticReport", category: concepts([DIAGNOSTIC_SERVICE, "GE"]) },
      "GENOMICS",
    ],
    [
      "an electrocardiogram",
      { resourceType: "DiagnosticReport", category: concepts([DIAGNOSTIC_SERVICE, "EC"]) },
      "CLINICAL_TESTS",
    ],
    ["a report without category", { resourceType: "DiagnosticReport" }, "OTHER_KIND"],
    ["a document without category", { resourceType: "DocumentReference" }, "NOTES"],
    [
      "an advance directive document",
      { resourceType: "DocumentReference", type: concepts([LOINC, "42348-3"])[0] },
      "ADVANCE_DIRECTIVES",
    ],
    [
      "an advance directive consent",
      { resourceType: "Consent", scope: concepts([`${TERMINOLOGY}consentscope`, "adr"])[0] },
      "ADVANCE_DIRECTIVES",
    ],
    [
      "a privacy consent",
      { resourceType: "Consent", scope: concepts([`${TERMINOLOGY}consentscope`, "patient-privacy"])[0] },
      "CONSENTS",
    ],
    ["a composition without its entries", { resourceType: "Composition" }, "NOTES"],
    [
      "a category given as one object",
      { resourceType: "DiagnosticReport", category: concepts([DIAGNOSTIC_SERVICE, "LAB"])[0] },
      "LABS",
    ],
    [
      "a security code as category",
      { resourceType: "Observation", category: concepts([ACT_CODE, "PSY"]) },
      "OTHER_KIND",
    ],
    ["a resource type that no table holds", { resourceType: "Basic" }, "OTHER_KIND"],
    ["a resource type that nobody knows", { resourceType: "toString" }, "OTHER_KIND"],
  ];
  for (const [what, resource, kind] of cases) {
    it(`${what}: ${kind}`, () => expect(categoriesOf(resource)).to.deep.equal([kind]));
  }
});

describe("labelsOf: sensitivity", () => {
  it("follows from every label of the table", () => {
    for (const name of allCategories().filter((category) => describeCategory(category).bit >= 32)) {
      for (const { system, code } of describeCategory(name).codings) {
        expect(categoriesOf(labelled([system, code])), code).to.deep.equal(["PROBLEMS", name]);
      }
    }
  });

  const cases: [what: string, resource: object, categories: Category[]][] = [
    ["no meta", { resourceType: "Condition" }, ["PROBLEMS"]],
    ["no label", labelled(), ["PROBLEMS"]],
    [
      "normal and lower confidentiality",
      labelled([CONFIDENTIALITY, "N"], [CONFIDENTIALITY, "M"], [CONFIDENTIALITY, "L"], [CONFIDENTIALITY, "U"]),
      ["PROBLEMS"],
    ],
    ["test data", labelled([`${TERMINOLOGY}v3-ActReason`, "HTEST"]), ["PROBLEMS"]],
    [
      "several labels, one of them twice",
      labelled([CONFIDENTIALITY, "R"], [ACT_CODE, "PSY"], [ACT_CODE, "PSY"], [ACT_CODE, "HIV"]),
      ["PROBLEMS", "PSY", "HIV", "RESTRICTED"],
    ],
    [
      "normal beside very restricted",
      labelled([CONFIDENTIALITY, "N"], [CONFIDENTIALITY, "V"]),
      ["PROBLEMS", "VERY_RESTRICTED"],
    ],
    ["a code of HL7 that the table does not hold", labelled([ACT_CODE, "RACE"]), ["PROBLEMS", "OTHER_SENSITIVE"]],
    ["a known code of another system", labelled(["urn:local", "PSY"]), ["PROBLEMS", "OTHER_SENSITIVE"]],
    ["normal, but of another system", labelled(["urn:local", "N"]), ["PROBLEMS", "OTHER_SENSITIVE"]],
    ["a kind of data as label", labelled([OBSERVATION_CATEGORY, "laboratory"]), ["PROBLEMS", "OTHER_SENSITIVE"]],
    [
      "a label without code",
      { resourceType: "Condition", meta: { security: [{ display: "secret" }] } },
      ["PROBLEMS", "OTHER_SENSITIVE"],
    ],
    [
      "a label without system",
      { resourceType: "Condition", meta: { security: [{ code: "N" }] } },
      ["PROBLEMS", "OTHER_SENSITIVE"],
    ],
    [
      "a document's own label",
      { resourceType: "DocumentReference", securityLabel: concepts([ACT_CODE, "SDV"], [CONFIDENTIALITY, "N"]) },
      ["NOTES", "SDV"],
    ],
    [
      "a document's own label in words",
      { resourceType: "DocumentReference", securityLabel: [{ text: "secret" }] },
      ["NOTES", "OTHER_SENSITIVE"],
    ],
    [
      "a composition's own confidentiality",
      { resourceType: "Composition", confidentiality: "R" },
      ["NOTES", "RESTRICTED"],
    ],
    ["a composition's normal confidentiality", { resourceType: "Composition", confidentiality: "N" }, ["NOTES"]],
    [
      "a composition's unknown confidentiality",
      { resourceType: "Composition", confidentiality: "S" },
      ["NOTES", "OTHER_SENSITIVE"],
    ],
  ];
  for (const [what, resource, categories] of cases) {
    it(`${what}: ${categories.join(", ")}`, () => expect(categoriesOf(resource)).to.deep.equal(categories));
  }

  it("comes with the bits that the contracts compare", () => {
    const { categories, bits } = labelsOf(labelled([ACT_CODE, "PSY"]));
    expect(bits).to.equal(categoriesToBits(categories));
    expect(bits & ~categoriesToBits(["PROBLEMS"])).to.equal(categoriesToBits(["PSY"]));
  });
});

describe("labelsOf: resources within resources", () => {
  const psychiatric = labelled([ACT_CODE, "PSY"]);

  const cases: [what: string, resource: object, categories: Category[]][] = [
    [
      "a Bundle: the union of its entries",
      { resourceType: "Bundle", entry: [{ resource: psychiatric }, { resource: { resourceType: "Patient" } }] },
      ["DEMOGRAPHICS", "PROBLEMS", "PSY"],
    ],
    [
      "a Bundle's own label",
      {
        resourceType: "Bundle",
        meta: { security: [{ system: CONFIDENTIALITY, code: "R" }] },
        entry: [{ resource: { resourceType: "Patient" } }],
      },
      ["DEMOGRAPHICS", "RESTRICTED"],
    ],
    [
      "a Bundle in a Bundle",
      { resourceType: "Bundle", entry: [{ resource: { resourceType: "Bundle", entry: [{ resource: psychiatric }] } }] },
      ["PROBLEMS", "PSY"],
    ],
    ["an empty Bundle", { resourceType: "Bundle" }, ["OTHER_KIND"]],
    [
      "a Bundle whose entries hold no resource",
      { resourceType: "Bundle", entry: [{ fullUrl: "urn:uuid:1" }] },
      ["OTHER_KIND"],
    ],
    [
      "the outcome in a response",
      { resourceType: "Bundle", entry: [{ response: { status: "200", outcome: psychiatric } }] },
      ["PROBLEMS", "PSY"],
    ],
    [
      "a document Bundle",
      {
        resourceType: "Bundle",
        entry: [{ resource: { resourceType: "Composition" } }, { resource: { resourceType: "AllergyIntolerance" } }],
      },
      ["ALLERGIES", "NOTES"],
    ],
    [
      "contained resources where FHIR has none",
      { resourceType: "Bundle", contained: [psychiatric] },
      ["PROBLEMS", "PSY"],
    ],
    [
      "contained resources",
      { resourceType: "MedicationRequest", contained: [psychiatric] },
      ["PROBLEMS", "MEDICATIONS", "PSY"],
    ],
    [
      "Parameters, with parts",
      {
        resourceType: "Parameters",
        parameter: [
          { name: "a", resource: { resourceType: "Patient" } },
          { name: "b", part: [{ name: "c", resource: psychiatric }] },
        ],
      },
      ["DEMOGRAPHICS", "PROBLEMS", "PSY"],
    ],
  ];
  for (const [what, resource, categories] of cases) {
    it(`${what}: ${categories.join(", ")}`, () => expect(categoriesOf(resource)).to.deep.equal(categories));
  }
});

describe("labelsOf: malformed input", () => {
  const condition = { resourceType: "Condition" };
  const cases: [path: string, resource: unknown][] = [
    ["resource", null],
    ["resource", undefined],
    ["resource", "Condition"],
    ["resource", [condition]],
    ["resource.resourceType", {}],
    ["resource.resourceType", { resourceType: 7 }],
    ["resource.resourceType", { resourceType: "" }],
    ["Condition.meta", { ...condition, meta: null }],
    ["Condition.meta.security", { ...condition, meta: { security: { system: ACT_CODE, code: "PSY" } } }],
    ["Condition.meta.security", { ...condition, meta: { security: null } }],
    [
      "Condition.meta.security[1]",
      { ...condition, meta: { security: [{ system: CONFIDENTIALITY, code: "N" }, "PSY"] } },
    ],
    ["Condition.meta.security[0].code", { ...condition, meta: { security: [{ system: ACT_CODE, code: ["PSY"] }] } }],
    ["Condition.contained", { ...condition, contained: {} }],
    ["Observation.category[0]", { resourceType: "Observation", category: ["laboratory"] }],
    ["Observation.category[0].coding", { resourceType: "Observation", category: [{ coding: {} }] }],
    ["Observation.code", { resourceType: "Observation", code: "29463-7" }],
    ["DocumentReference.securityLabel", { resourceType: "DocumentReference", securityLabel: {} }],
    ["DocumentReference.securityLabel[0]", { resourceType: "DocumentReference", securityLabel: [null] }],
    ["Composition.confidentiality", { resourceType: "Composition", confidentiality: ["R"] }],
    ["Bundle.entry", { resourceType: "Bundle", entry: {} }],
    ["Bundle.entry[1]", { resourceType: "Bundle", entry: [{ resource: condition }, null] }],
    ["Bundle.entry[0].resource", { resourceType: "Bundle", entry: [{ resource: null }] }],
    ["Bundle.entry[0].resource.resourceType", { resourceType: "Bundle", entry: [{ resource: {} }] }],
    [
      "Bundle.entry[0].resource.meta.security",
      { resourceType: "Bundle", entry: [{ resource: { ...condition, meta: { security: "R" } } }] },
    ],
    ["Parameters.parameter[0].part", { resourceType: "Parameters", parameter: [{ part: {} }] }],
  ];
  for (const [path, resource] of cases) {
    it(`${resource === undefined ? "undefined" : JSON.stringify(resource)}: ${path}`, () => {
      expect(() => labelsOf(resource))
        .to.throw(MalformedResourceError)
        .that.includes({ path, code: "MalformedResource", docs: "docs/errors.md#malformedresource" });
    });
  }

  it("that nests without end is refused, not followed", () => {
    const bundle = { resourceType: "Bundle", entry: [] as object[] };
    bundle.entry.push({ resource: bundle });
    expect(() => labelsOf(bundle)).to.throw(MalformedResourceError, /at most 16 resources deep/);
    const part = { name: "p", part: [] as object[] };
    part.part.push(part);
    expect(() => labelsOf({ resourceType: "Parameters", parameter: [part] })).to.throw(MalformedResourceError);
  });

  it("is never changed", () => {
    const resource = Object.freeze(labelled([ACT_CODE, "PSY"]));
    const before = JSON.stringify(resource);
    labelsOf(resource);
    expect(JSON.stringify(resource)).to.equal(before);
  });
});

interface Entry {
  resource: { resourceType: string; id: string };
}

function bundleAt(path: string): { resourceType: string; entry: Entry[] } {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as ReturnType<typeof bundleAt>;
}

describe("labelsOf: hostile input", () => {
  const TEN = Array(10).fill(0);

  it("is looked at once where it stands in many places", () => {
    let bundle: object = labelled([ACT_CODE, "PSY"]);
    for (let i = 0; i < 15; i++) {
      const inner = bundle;
      bundle = { resourceType: "Bundle", entry: TEN.map(() => ({ resource: inner })) };
    }
    expect(categoriesOf(bundle)).to.deep.equal(["PROBLEMS", "PSY"]);
  });

  it("is refused in circles, and with too many parts", () => {
    const bundle = { resourceType: "Bundle", entry: [] as object[] };
    bundle.entry.push({ resource: bundle }, { resource: bundle });
    expect(() => labelsOf(bundle)).to.throw(MalformedResourceError, "at most 16 resources deep");
    let part: object = { name: "p" };
    for (let i = 0; i < 12; i++) part = { part: Array(10).fill(part) as object[] };
    const parameters = { resourceType: "Parameters", parameter: [part] };
    expect(() => labelsOf(parameters)).to.throw(MalformedResourceError, "one of at most 100000 parts");
  });

  it("is refused where lists are within lists, however deep", () => {
    let category: unknown = { coding: [] };
    for (let i = 0; i < 100_000; i++) category = [category];
    const error = (() => {
      try {
        return labelsOf({ resourceType: "Observation", category });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).to.be.instanceOf(MalformedResourceError);
    expect((error as MalformedResourceError).path).to.equal("Observation.category[0]");
  });
});

describe("labelsOf: the International Patient Summary with all sections", () => {
  const bundle = bundleAt("../../../node_modules/hl7.fhir.uv.ips/example/Bundle-bundle-ips-all-sections.json");

  const expected: [resource: string, kind: Category][] = [
    ["Composition/9c98f78e-f324-4ad5-97a1-8eb9ef9a1172", "NOTES"],
    ["Patient/d174bd1a-b368-41e6-83a2-af77f2b3c60f", "DEMOGRAPHICS"],
    ["Organization/7a17027f-acc0-4d77-bf84-c0dad8f7c881", "CARE_TEAM"],
    ["Organization/8f8635dc-694e-408f-8ffe-1610d50f9823", "CARE_TEAM"],
    ["PractitionerRole/94d12c8d-a3df-47a7-a0bb-0f29d64bafe2", "CARE_TEAM"],
    ["Practitioner/816cf057-b736-4e08-baed-cc21e081b784", "CARE_TEAM"],
    ["AllergyIntolerance/9838cf73-c30d-4aa5-8ed8-36a079060b81", "ALLERGIES"],
    ["Condition/8039e4a7-d459-454c-92a5-6c17ca2a824b", "PROBLEMS"],
    ["Condition/f8ab8ac1-56d1-4239-8303-dc70c1a3d0e1", "PROBLEMS"],
    ["MedicationStatement/c3d31980-2a88-45b6-a7af-3fe8d32cc6fa", "MEDICATIONS"],
    ["MedicationStatement/b8dac343-16d7-49bf-ac36-b15e6726c343", "MEDICATIONS"],
    ["MedicationStatement/b8e4d4a8-2c18-4f03-88dc-06f5f44f8058", "MEDICATIONS"],
    ["Immunization/17b5a6d7-307b-4726-8c8c-0031e61582ce", "IMMUNIZATIONS"],
    ["Immunization/14e8b0d8-b4e4-4f8e-b263-ef385787453b", "IMMUNIZATIONS"],
    ["Immunization/47befa30-026c-421a-ad32-c0b134597a30", "IMMUNIZATIONS"],
    ["Immunization/2f05b590-ce75-4ac6-be97-c2a275e21cbc", "IMMUNIZATIONS"],
    ["Immunization/c1d3ccb9-8b7d-4732-8e03-abe63be1984c", "IMMUNIZATIONS"],
    ["Immunization/79b66c21-fbd3-4c7f-ae82-ac958ae62e0a", "IMMUNIZATIONS"],
    ["Immunization/9910b96a-793b-4e96-91a9-291c27357f83", "IMMUNIZATIONS"],
    ["Immunization/5b028fb0-bd04-4e75-b2bc-6952771173ea", "IMMUNIZATIONS"],
    ["Observation/b0187efd-5f9b-474d-87bc-efebf877449a", "LABS"],
    ["Observation/f40b9e26-93b4-462b-8811-bdd6943873aa", "LABS"],
    ["Observation/612b7e6a-c902-45cb-b45c-d1894458a26b", "LABS"],
    ["Observation/15bd8c0c-fa53-4f5b-994b-487c7db3dc78", "LABS"],
    ["Observation/5019909f-097d-4a43-84d9-cc50143b8c82", "LABS"],
    ["Observation/5d269392-79c1-4129-a142-0cdee6b49ea4", "LABS"],
    ["Observation/36ff59b8-d5a7-438e-b8c6-cd54af10a4af", "VITALS"],
    ["Observation/96e33a60-dbd8-47ce-b613-be954243939e", "VITALS"],
    ["Observation/4ea539e1-fff9-4f56-964f-650d9e69ce58", "VITALS"],
    ["Observation/9f906425-8c18-4580-ab30-61a56d7f4c05", "SOCIAL_HISTORY"],
    ["Observation/e2e3f8aa-df2a-4357-b01f-a9fba6bb9b41", "SOCIAL_HISTORY"],
    ["PractitionerRole/75ed6f24-9a7e-4568-9c05-91b6d4786743", "CARE_TEAM"],
    ["Flag/e8ae9c4e-8f5a-4270-bfac-02368c567fcf", "ALERTS"],
    ["Procedure/39252", "PROCEDURES"],
    ["DeviceUseStatement/eumfh-70-275-1", "DEVICES"],
    ["Device/eumfh-70-275-2", "DEVICES"],
    ["Consent/080d85fa-c807-42d1-a3af-b3ee70858a54", "ADVANCE_DIRECTIVES"],
    ["DocumentReference/advance-directive-123", "NOTES"],
    ["Condition/4f3d8f79-2f96-48c5-b346-d47f0c66c981", "PROBLEMS"],
    ["Condition/77efacd9-b5a6-4b35-9764-269017ea7567", "PROBLEMS"],
    ["CarePlan/85d57ac7-ea2d-47cf-b019-b867f876ee7c", "CARE_PLANS"],
    ["Observation/f241ac65-5eab-49a0-8b92-7fb263274110", "OTHER_KIND"],
  ];

  it("gives every entry its kind", () => {
    const found = bundle.entry.map(({ resource }) => [
      `${resource.resourceType}/${resource.id}`,
      categoriesOf(resource),
    ]);
    expect(found).to.deep.equal(expected.map(([resource, kind]) => [resource, [kind]]));
  });

  it("carries their union as a whole", () => {
    expect(labelsOf(bundle).bits).to.equal(categoriesToBits(expected.map(([, kind]) => kind)));
  });
});
