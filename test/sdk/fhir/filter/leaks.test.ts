import { allCategories, type Category, isSensitivity } from "@consentry/sdk";
import { filterBundle } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { needFixtures } from "../fixtures.js";
import { patients, type RealBundle, summaries } from "../records.js";
import { problemsOf } from "../validate.js";

const PSY = { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" };
const KINDS = allCategories().filter((name) => !isSensitivity(name));
const without = (...names: Category[]) => KINDS.filter((name) => !names.includes(name));

const CONSENTS: Category[][] = [
  [],
  ["LABS"],
  ["LABS", "VITALS", "CARE_TEAM", "DEMOGRAPHICS"],
  ["MEDICATIONS", "PROBLEMS", "ENCOUNTERS", "CLAIMS", "COVERAGE", "NOTES"],
  without("PROBLEMS"),
  without("DEMOGRAPHICS", "CARE_TEAM"),
  KINDS,
];

/** As they are; with every third resource labelled; as the answer to a search. */
function variantsOf(bundle: RealBundle): RealBundle[] {
  const label = { meta: { security: [PSY] } };
  const labelled = bundle.entry.map((each, i) =>
    i % 3 === 2 ? { ...each, resource: { ...each.resource, ...label } } : each,
  );
  const found = labelled.map(({ fullUrl, resource }, i) => {
    return { fullUrl, resource, search: { mode: i % 4 === 3 ? "include" : "match" } };
  });
  const link = labelled.map(({ resource }) => {
    return { relation: "next", url: `https://ehr.example/${resource.resourceType}?_id=${resource.id}` };
  });
  const total = found.filter(({ search }) => search.mode === "match").length;
  const search = { resourceType: "Bundle", type: "searchset", total, link, entry: found };
  return [bundle, { ...bundle, entry: labelled }, search as RealBundle];
}

/** Every text in a value, the keys left out. */
function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") found.add(value);
  else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) textsIn(each, found);
  return found;
}

/** What a released resource itself says: without narratives, and of references only those to what goes out, and to Patients. */
function ownTexts(value: unknown, names: ReadonlySet<string>, patientNames: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => ownTexts(each, names, patientNames));
  if (typeof value !== "object" || value === null) return value;
  const { reference, type } = value as { reference?: unknown; type?: unknown };
  if (typeof reference === "string" && !reference.startsWith("#") && !names.has(reference)) {
    return patientNames.has(reference) ? { reference, type } : {};
  }
  const own = Object.entries(value).filter(([key, each]) => !(key === "text" && typeof each === "object"));
  return own.map(([, each]) => ownTexts(each, names, patientNames));
}

function namesOf({ fullUrl, resource }: RealBundle["entry"][number]): string[] {
  return [fullUrl, `${resource.resourceType}/${resource.id}`];
}

/** The texts of what was withheld that nothing which was released says by right. */
function secretsOf(bundle: RealBundle, withheld: readonly object[]): string[] {
  const [stay, go] = [true, false].map((stays) =>
    bundle.entry.filter(({ resource }) => withheld.includes(resource) === stays),
  );
  const names = new Set(go!.flatMap(namesOf));
  const patientNames = new Set(stay!.filter(({ resource }) => resource.resourceType === "Patient").flatMap(namesOf));
  const byRight = [
    ...textsIn(
      ownTexts(
        go!.map(({ resource }) => resource),
        names,
        patientNames,
      ),
    ),
  ];
  const known = [...byRight, ...go!.map(({ fullUrl }) => fullUrl), ...patientNames, ...SHELL].join("\n");
  return [...textsIn(stay)].filter((text) => text !== "" && !known.includes(text));
}

const SHELL = ["Bundle", "collection", "searchset", "match", "include", "next", "https://ehr.example/Patient?_id="];

describe("filterBundle over real records", () => {
  before(function () {
    needFixtures(this);
  });

  it("leaves nothing of what is withheld in what is released, which is valid FHIR", function () {
    this.timeout(0);
    let [secrets, cases] = [0, 0];
    for (const [i, bundle] of [...patients(), ...summaries()].flatMap(variantsOf).entries()) {
      for (const categories of CONSENTS) {
        const what = `${i} ${bundle.type} ${categories.join()}`;
        const { bundle: released, withheld } = filterBundle(bundle, { categories });
        if (withheld.length === 0 && bundle.type !== "searchset") expect(released, what).to.equal(bundle);
        const sent = `\n${[...textsIn(released)].join("\n")}\n`;
        const secret = secretsOf(bundle, withheld);
        expect(
          secret.filter((text) => sent.includes(text)),
          what,
        ).to.deep.equal([]);
        expect(problemsOf(released), what).to.deep.equal([]);
        expect(released.entry?.length ?? 0, what).to.equal(bundle.entry.length - withheld.length);
        if (released.type === "searchset") expect(released.total, what).to.equal(matchesIn(released.entry));
        secrets += secret.length;
        cases += withheld.length > 0 && withheld.length < bundle.entry.length ? 1 : 0;
      }
    }
    expect(secrets).to.be.above(20_000);
    expect(cases).to.be.above(100);
  });

  it("finds what an unfiltered record would tell", () => {
    const [bundle] = patients();
    const { withheld } = filterBundle(bundle!, { categories: without("CARE_TEAM") });
    const secrets = secretsOf(bundle!, withheld);
    const told = bundle!.entry.filter(({ resource }) => !withheld.includes(resource));
    const texts = [...textsIn(told)].join("\n");
    expect(secrets.filter((text) => texts.includes(text))).to.have.length.above(0);
  });
});

function matchesIn(entries: readonly { search?: { mode?: string | undefined } | undefined }[] = []): number {
  return entries.filter(({ search }) => search?.mode === "match").length;
}
