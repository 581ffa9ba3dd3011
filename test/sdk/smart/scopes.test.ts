import {
  type Action,
  allActions,
  allCategories,
  type Category,
  InvalidParameterError,
  isSensitivity,
  UnknownCodeError,
} from "@consentry/sdk";
import { InvalidSmartScopeError, labelsOf, scopesFromTerms, termsFromScopes } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { type Random, randomOf, SEED } from "../../contracts/random.js";
import { ACTION_OF_LETTER, EXAMPLES, lets } from "./resources.js";

const KINDS = allCategories().filter((category) => !isSensitivity(category));
const CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
const TYPES = [...new Set(EXAMPLES.map(({ resourceType }) => resourceType))];
const LETTERS = ["c", "r", "u", "d", "s"];

function covers(
  terms: { categories: readonly Category[]; actions: readonly Action[] },
  i: number,
  letter: string,
): boolean {
  const action = ACTION_OF_LETTER[letter];
  if (action === undefined || !terms.actions.includes(action)) return false;
  return labels[i]!.every((category) => terms.categories.includes(category));
}

const labels = EXAMPLES.map((resource) => labelsOf(resource).categories);

function reasonsOf(scopes: string | readonly string[]): string[] {
  return termsFromScopes(scopes).leftOut.map(({ scope, reason }) => `${scope} ${reason}`);
}

describe("termsFromScopes", () => {
  it("says what is asked for wholly", () => {
    const scopes = "patient/AllergyIntolerance.rs patient/Condition.rs patient/FamilyMemberHistory.rs";
    expect(termsFromScopes(scopes)).to.deep.equal({
      categories: ["PROBLEMS", "ALLERGIES", "FAMILY_HISTORY"],
      actions: ["access"],
      leftOut: [],
      ceiling: { categories: ["PROBLEMS", "ALLERGIES", "FAMILY_HISTORY"], actions: ["access"], conditional: false },
    });
  });

  it("takes a list as a text, and every context", () => {
    const scopes = ["user/AllergyIntolerance.rs", "system/Condition.r", "patient/Condition.s", ""];
    expect(termsFromScopes(scopes).categories).to.deep.equal(["PROBLEMS", "ALLERGIES"]);
    expect(termsFromScopes(`  ${scopes.join("  ")} `)).to.deep.equal(termsFromScopes(scopes));
    expect(termsFromScopes([])).to.deep.equal(termsFromScopes(""));
    expect(termsFromScopes("").ceiling).to.deep.include({ categories: [], actions: [] });
  });

  it("takes everything for every kind, and nothing sensitive", () => {
    expect(termsFromScopes("patient/*.rs")).to.deep.include({ categories: KINDS, actions: ["access"], leftOut: [] });
    expect(termsFromScopes("patient/*.cus").actions).to.deep.equal(["collect", "correct"]);
  });

  for (const [old, now] of [
    ["read", "rs"],
    ["write", "cud"],
    ["*", "cruds"],
  ]) {
    it(`takes .${old} of SMART 1 for .${now}`, () => {
      for (const type of ["Condition", "*"]) {
        const [before, after] = [termsFromScopes(`patient/${type}.${old}`), termsFromScopes(`patient/${type}.${now}`)];
        const { categories, actions, ceiling } = after;
        expect(before).to.deep.include({ categories, actions, ceiling });
        expect(before.leftOut.map(({ reason }) => reason)).to.deep.equal(after.leftOut.map(({ reason }) => reason));
      }
    });
  }

  describe("leaves out, and tells", () => {
    const cases: [scopes: string, told: string[]][] = [
      ["launch", ["launch no-data"]],
      ["launch/patient openid fhirUser", ["launch/patient no-data", "openid no-data", "fhirUser no-data"]],
      ["offline_access", ["offline_access no-data"]],
      ["patient/Condition.d", ["patient/Condition.d delete"]],
      ["patient/Condition.r", ["patient/Condition.r part"]],
      ["patient/Immunization.rs", ["patient/Immunization.rs part"]],
      ["patient/Observation.rs", ["patient/Observation.rs part"]],
      ["patient/Basic.rs", ["patient/Basic.rs part"]],
      [
        `patient/Observation.rs?category=${CATEGORY}|laboratory`,
        [`patient/Observation.rs?category=${CATEGORY}|laboratory part`],
      ],
      ["patient/Condition.rs?code=1", ["patient/Condition.rs?code=1 part"]],
      ["patient/Condition.crs patient/AllergyIntolerance.rs", ["patient/AllergyIntolerance.rs uneven"]],
    ];
    for (const [scopes, told] of cases) {
      it(told.join(", "), () => expect(reasonsOf(scopes)).to.deep.equal(told));
    }

    it("in plain words", () => {
      for (const { explanation } of termsFromScopes("launch patient/*.cruds patient/Basic.r").leftOut) {
        expect(explanation).to.match(/^[A-Z].*\.$/);
      }
    });
  });

  describe("has as a ceiling", () => {
    const ceilings: [scopes: string, categories: Category[], actions: Action[]][] = [
      ["patient/Observation.rs?category=laboratory", ["LABS"], ["access"]],
      [`patient/Observation.rs?category=${CATEGORY}%7Claboratory`, ["LABS"], ["access"]],
      [`patient/Observation.rs?category=${CATEGORY}|laboratory,vital-signs`, ["VITALS", "LABS"], ["access"]],
      ["patient/DiagnosticReport.crs?category=http://loinc.org|LP29684-5", ["IMAGING"], ["collect", "access"]],
      ["patient/Condition.r", ["PROBLEMS"], ["access"]],
      ["patient/Condition.d", [], []],
      ["patient/Condition.rs patient/AllergyIntolerance.u", ["PROBLEMS", "ALLERGIES"], ["access", "correct"]],
    ];
    for (const [scopes, categories, actions] of ceilings) {
      it(`${categories.join(", ") || "nothing"} for ${scopes}`, () => {
        const { ceiling } = termsFromScopes(scopes);
        expect(ceiling).to.deep.include({ categories, actions });
        expect(ceiling.conditional).to.equal(categories.length > 0);
      });
    }

    it("all that a type can be of, where a code is not known or none is named", () => {
      const { categories } = termsFromScopes("patient/Observation.rs").ceiling;
      expect(categories).to.include.members(["LABS", "VITALS", "SOCIAL_HISTORY", "OTHER_KIND"]);
      for (const query of [
        "category=unheard-of",
        "category=laboratory,unheard-of",
        "code=1",
        "category=other|laboratory",
      ]) {
        expect(termsFromScopes(`patient/Observation.rs?${query}`).ceiling.categories, query).to.deep.equal(categories);
      }
    });
  });

  const wrong = [
    "patient/Observation.sr",
    "patient/Observation.",
    "patient/Observation",
    "patient/observation.rs",
    "patient/.rs",
    "patient/Observation.rr",
    "patient/Observation.rs?",
    "patient/Observation.rs?category",
    "patient/Observation.rs?category=",
    "patient/Observation.rs?=laboratory",
    "patient/Observation.rs?category=%",
    "patient/Observation.read?category=laboratory",
    "patient/Observation.rs\npatient/Condition.rs",
    "system/",
  ];
  for (const scope of wrong) {
    it(`refuses ${JSON.stringify(scope)}`, () => {
      expect(() => termsFromScopes(["patient/Condition.rs", scope]))
        .to.throw(InvalidSmartScopeError)
        .with.property("scope");
    });
  }

  it("never says more than scopes ask for, whatever they ask", () => {
    const random = randomOf(SEED);
    let covered = 0;
    for (let run = 0; run < 150; run++) {
      const scopes = someScopes(random);
      const terms = termsFromScopes(scopes);
      EXAMPLES.forEach((resource, i) => {
        for (const letter of LETTERS) {
          if (!covers(terms, i, letter)) continue;
          covered++;
          if (!lets(scopes, resource, letter)) {
            expect.fail(`${scopes.join(" ")} does not ask for ${letter} of ${JSON.stringify(resource)}`);
          }
        }
      });
    }
    expect(covered).to.be.above(1_000);
  });
});

describe("scopesFromTerms", () => {
  it("names types where all their resources are granted, codes where they tell", () => {
    const granted = { categories: ["ALLERGIES", "LABS"], actions: ["access", "collect"] } as const;
    expect(scopesFromTerms(granted)).to.deep.equal({
      scopes: [
        "patient/AllergyIntolerance.crs",
        "patient/Specimen.crs",
        `patient/Observation.crs?category=${CATEGORY}|laboratory`,
        "patient/DiagnosticReport.crs?category=http://terminology.hl7.org/CodeSystem/v2-0074|LAB",
        "patient/DiagnosticReport.crs?category=http://loinc.org|LP7839-6",
      ],
      leftOut: [],
    });
  });

  it("takes no code of an observation for the category of a report", () => {
    const { scopes } = scopesFromTerms({ categories: ["VITALS"], actions: ["access"] });
    expect(scopes).to.deep.equal([`patient/Observation.rs?category=${CATEGORY}|vital-signs`]);
  });

  it("names everything where everything is granted", () => {
    const { scopes, leftOut } = scopesFromTerms({ categories: KINDS, actions: ["access", "correct"] }, "user");
    expect(scopes).to.deep.equal(["user/*.rus"]);
    expect(leftOut).to.deep.equal([]);
  });

  it("leaves out, and tells, what no scope says", () => {
    const { scopes, leftOut } = scopesFromTerms({
      categories: ["PSY", "OTHER_KIND", "ALERTS"],
      actions: ["use", "access"],
    });
    expect(scopes).to.deep.equal(["patient/AdverseEvent.rs", "patient/DetectedIssue.rs", "patient/Flag.rs"]);
    expect(leftOut.map(({ term, reason }) => `${term ?? ""} ${reason}`)).to.deep.equal([
      "PSY sensitivity",
      "OTHER_KIND no-scope",
      "use no-scope",
    ]);
    for (const { explanation } of leftOut) expect(explanation).to.match(/^[A-Z].*\.$/);
  });

  it("says nothing of actions that are no interaction", () => {
    expect(scopesFromTerms({ categories: KINDS, actions: ["use", "disclose"] }).scopes).to.deep.equal([]);
    expect(scopesFromTerms({ categories: ["ALLERGIES"], actions: ["use"] }).scopes).to.deep.equal([]);
  });

  it("says nothing of what a document narrows", () => {
    const terms = { categories: ["ALLERGIES"], actions: ["access"], conditional: true } as const;
    const { scopes, leftOut } = scopesFromTerms(terms);
    expect(scopes).to.deep.equal([]);
    expect(leftOut.map(({ reason }) => reason)).to.deep.equal(["conditional"]);
  });

  it("takes HL7 codes, and terms as events have them", () => {
    const terms = { categories: ["ALLERGIES"], purposes: ["TREAT"], actions: ["access"], from: undefined, until: "x" };
    expect(scopesFromTerms(terms, "system").scopes).to.deep.equal(["system/AllergyIntolerance.rs"]);
    expect(scopesFromTerms({ categories: ["laboratory"], actions: ["access"] }).scopes).to.not.be.empty;
  });

  it("refuses what is none", () => {
    const actions = ["access"];
    expect(() => scopesFromTerms({ categories: ["LAB"], actions })).to.throw(UnknownCodeError);
    expect(() => scopesFromTerms({ categories: [], actions })).to.throw(InvalidParameterError);
    expect(() => scopesFromTerms({ categories: ["LABS"], actions: [] })).to.throw(InvalidParameterError);
    expect(() => scopesFromTerms({ categories: ["LABS"], actions }, "practitioner" as never)).to.throw(
      InvalidParameterError,
    );
    expect(() => scopesFromTerms({ categories: ["LABS"], actions, conditonal: true } as never)).to.throw(
      InvalidParameterError,
    );
  });

  it("never says more than is granted, whatever that is", () => {
    const random = randomOf(SEED);
    let allowed = 0;
    for (let run = 0; run < 150; run++) {
      const terms = { categories: some(random, KINDS), actions: some(random, allActions()) };
      const { scopes } = scopesFromTerms(terms);
      EXAMPLES.forEach((resource, i) => {
        for (const letter of LETTERS) {
          if (!lets(scopes, resource, letter)) continue;
          allowed++;
          if (!covers(terms, i, letter)) {
            expect.fail(
              `${terms.categories.join()} for ${terms.actions.join()} lets ${letter} of ${JSON.stringify(resource)}`,
            );
          }
        }
      });
    }
    expect(allowed).to.be.above(1_000);
  });

  it("is read back as no more than was granted", () => {
    const random = randomOf(SEED);
    for (let run = 0; run < 150; run++) {
      const granted = { categories: some(random, KINDS), actions: some(random, allActions()) };
      const { ceiling } = termsFromScopes(scopesFromTerms(granted).scopes);
      expect(granted.categories).to.include.members(ceiling.categories);
      expect(granted.actions).to.include.members(ceiling.actions);
    }
  });
});

function some<Item>(random: Random, items: readonly Item[]): Item[] {
  const percent = random.pick([5, 50, 95, 100]);
  const chosen = items.filter(() => random.chance(percent));
  return chosen.length > 0 ? chosen : [random.pick(items)];
}

function someScopes(random: Random): string[] {
  const types = random.chance(30) ? TYPES : some(random, TYPES);
  const letters = random.pick(["rs", "crus", "cruds", "r", "s", "cu", "read", "write", "*"]);
  return types.map((type) => {
    const own = random.chance(90) ? letters : random.pick(["rs", "c", "d", "us"]);
    const query = random.chance(10) && /^[a-z]+$/.test(own) && !/read|write/.test(own);
    return `patient/${type}.${own}${query ? `?category=${random.pick(["laboratory", "vital-signs", "unheard-of"])}` : ""}`;
  });
}
