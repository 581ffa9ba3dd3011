import { readFileSync } from "node:fs";
import { expect } from "chai";
import { problemsOf } from "../../../scripts/codes/tables.js";
import { readTables, renderFiles, staleFiles } from "../../../scripts/codes.js";
import {
  actionsFromBits,
  actionsToBits,
  allActions,
  allCategories,
  allPurposes,
  anyPurpose,
  type Category,
  categoriesFromBits,
  categoriesToBits,
  type CodeInfo,
  type CodeInput,
  ConsentryError,
  describeAction,
  describeCategory,
  describePurpose,
  expandPurposes,
  familyMembers,
  familyOf,
  findCategory,
  isPlainLabel,
  isSensitivity,
  type Purpose,
  purposesFromBits,
  purposesToBits,
  requestedPurpose,
  toAction,
  toCategory,
  toPurpose,
  UnknownBitsError,
  UnknownCodeError,
} from "@consentry/sdk";

const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";

const TABLES = {
  category: {
    all: allCategories,
    to: categoriesToBits,
    from: categoriesFromBits,
    one: toCategory,
    of: describeCategory,
  },
  purpose: { all: allPurposes, to: purposesToBits, from: purposesFromBits, one: toPurpose, of: describePurpose },
  action: { all: allActions, to: actionsToBits, from: actionsFromBits, one: toAction, of: describeAction },
} as unknown as Record<string, TableUnderTest>;

interface TableUnderTest {
  all: () => string[];
  to: (inputs: readonly CodeInput<string>[]) => bigint;
  from: (bits: bigint) => string[];
  one: (input: CodeInput<string>) => string;
  of: (input: CodeInput<string>) => CodeInfo<string>;
}

/** What `run` throws, which must be of `type`. */
function thrown<T extends ConsentryError>(run: () => unknown, type: new (...args: never[]) => T): T {
  try {
    run();
  } catch (error) {
    expect(error).to.be.instanceOf(type);
    return error as T;
  }
  return expect.fail("nothing was thrown");
}

describe("codes", () => {
  for (const [kind, table] of Object.entries(TABLES)) {
    describe(`of the ${kind} table`, () => {
      it("go from name to bit and back, for every row", () => {
        for (const name of table.all()) {
          const bits = 1n << BigInt(table.of(name).bit);
          expect(table.to([name]), name).to.equal(bits);
          expect(table.from(bits), name).to.deep.equal([name]);
        }
      });

      it("go from every HL7 coding to the name", () => {
        for (const name of table.all()) {
          for (const coding of table.of(name).codings) expect(table.one(coding), coding.code).to.equal(name);
        }
      });

      it("make one mask of all, in the order of the bits", () => {
        const all = table.all();
        expect(table.from(table.to([...all].reverse()))).to.deep.equal(all);
        expect(table.to([...all, ...all])).to.equal(table.to(all));
        expect(table.to([])).to.equal(0n);
        expect(table.from(0n)).to.deep.equal([]);
      });

      it("have one line of plain words each", () => {
        for (const name of table.all()) expect(table.of(name).text, name).to.match(/^[A-Z][^\n]{10,100}[^.\s]$/);
      });

      it("refuse what they do not know", () => {
        const unknown = ["", "toString", "__proto__", "X".repeat(10_000), { system: "", code: "" }, { code: "TREAT" }];
        const mistyped: unknown[] = [null, undefined, 7, {}, [], Symbol("x"), Object.create(null)];
        for (const input of [...unknown, ...mistyped] as string[]) {
          const error = thrown(() => table.to([table.all()[0] ?? "", input]), UnknownCodeError);
          expect(error.table).to.equal(kind);
          expect(error.shortMessage.length).to.be.below(140);
        }
      });

      it("refuse undefined bits and negative numbers", () => {
        const beyond = 1n << 64n;
        expect(thrown(() => table.from(beyond | 1n), UnknownBitsError).bits).to.equal(beyond);
        expect(thrown(() => table.from(-1n), UnknownBitsError).bits).to.equal(-1n);
      });
    });
  }

  describe("as HL7 writes them", () => {
    it("are understood without their system where no mistake is possible", () => {
      expect(categoriesToBits(["laboratory", "R", "VIP"])).to.equal(
        categoriesToBits(["LABS", "RESTRICTED", "CEL"] satisfies Category[]),
      );
      expect(toCategory({ system: DIAGNOSTIC_SERVICE, code: "IMM" })).to.equal("LABS");
      expect(thrown(() => toCategory("IMM"), UnknownCodeError).suggestions).to.deep.equal(["IMMUNIZATIONS"]);
    });

    it("are compared with their system", () => {
      expect(findCategory({ system: ACT_CODE, code: "R" })).to.equal(undefined);
      expect(findCategory({ system: "http://hl7.org/fhir/v3/ActCode", code: "PSY" })).to.equal(undefined);
      expect(findCategory({ system: ACT_CODE, code: "psy" })).to.equal(undefined);
      expect(findCategory({ system: ACT_CODE, code: "PSY" })).to.equal("PSY");
    });

    it("tell labels that say nothing sensitive", () => {
      for (const code of ["U", "L", "M", "N"])
        expect(isPlainLabel({ system: CONFIDENTIALITY, code }), code).to.equal(true);
      for (const code of ["R", "V", "X"]) expect(isPlainLabel({ system: CONFIDENTIALITY, code }), code).to.equal(false);
      expect(isPlainLabel({ system: ACT_REASON, code: "HTEST" })).to.equal(true);
      expect(isPlainLabel({ system: ACT_CODE, code: "N" })).to.equal(false);
    });

    it("accept a Coding with more than system and code", () => {
      const coding = { system: ACT_REASON, code: "TREAT", display: "treatment", userSelected: true };
      expect(toPurpose(coding)).to.equal("TREAT");
    });
  });

  describe("that are unknown", () => {
    const near: [input: CodeInput<Category>, suggestions: string[]][] = [
      ["labs", ["LABS"]],
      ["MEDICATION", ["MEDICATIONS"]],
      ["ALERGIES", ["ALLERGIES"]],
      ["very-restricted", ["VERY_RESTRICTED", "RESTRICTED"]],
      [{ system: "urn:oid:2.16.840.1.113883.5.4", code: "PSYTHPN" }, ["PSYTHPN", "PSY"]],
      ["zebra", []],
    ];
    for (const [input, suggestions] of near) {
      it(`suggest what ${typeof input === "string" ? input : input.code} may mean`, () => {
        const error = thrown(() => toCategory(input), UnknownCodeError);
        expect(error.suggestions).to.deep.equal(suggestions);
        expect(error.hint).to.equal(suggestions.length > 0 ? `Did you mean ${suggestions.join(" or ")}?` : undefined);
      });
    }

    it("make an error with all its parts", () => {
      const error = thrown(() => toPurpose({ system: ACT_REASON, code: "TREET" }), UnknownCodeError);
      expect(error).to.be.instanceOf(ConsentryError).and.to.be.instanceOf(Error);
      expect(error.name).to.equal("UnknownCodeError");
      expect(error.code).to.equal("UnknownCode");
      expect(error.input).to.equal(`${ACT_REASON}|TREET`);
      expect(error.docs).to.equal("docs/errors.md#unknowncode");
      expect(error.message.split("\n")).to.deep.equal([
        `Unknown purpose ${ACT_REASON}|TREET.`,
        "Hint: Did you mean TREAT?",
        "Docs: docs/errors.md#unknowncode",
      ]);
    });
  });

  describe("of kinds and sensitivity", () => {
    it("keep to their half of the mask", () => {
      for (const name of allCategories()) expect(isSensitivity(name), name).to.equal(describeCategory(name).bit >= 32);
      expect(describeCategory("OTHER_KIND").bit).to.equal(31);
      expect(describeCategory("OTHER_SENSITIVE").bit).to.equal(63);
    });

    it("do not cover one another", () => {
      expect(describeCategory("ETHUD").parent).to.equal("SUD");
      expect(categoriesFromBits(categoriesToBits(["SUD"]))).to.deep.equal(["SUD"]);
    });
  });

  describe("of purposes, expanded", () => {
    const cases: [named: Purpose[], covered: Purpose[]][] = [
      [["TREAT"], ["TREAT", "ETREAT", "COC", "TREATDS"]],
      [["ETREAT"], ["ETREAT"]],
      [["HPAYMT"], ["HPAYMT", "COVAUTH", "COVERAGE"]],
      [["HOPERAT"], ["HOPERAT", "CAREMGT", "HQUALIMP"]],
      [["HRESCH"], ["HRESCH", "BIORCH", "CLINTRCH", "DSRCH"]],
      [["PATRQT"], ["PATRQT", "FAMRQT", "PWATRNY"]],
      [["PUBHLTH"], ["PUBHLTH", "DISASTER", "THREAT"]],
      [["HMARKT"], ["HMARKT"]],
      [["MLTRAINING"], ["MLTRAINING"]],
      [["BTG"], ["BTG"]],
      [
        ["POPHLTH", "TREAT", "TREAT"],
        ["TREAT", "ETREAT", "COC", "TREATDS", "POPHLTH"],
      ],
      [[], []],
    ];
    for (const [named, covered] of cases) {
      it(`${named.join(" and ") || "nothing"} covers ${covered.join(", ") || "nothing"}`, () => {
        expect(expandPurposes(named)).to.deep.equal(covered);
      });
    }

    it("never reach an explicit-only one that is not named", () => {
      const explicit = allPurposes().filter((name) => describePurpose(name).explicitOnly);
      expect(explicit).to.include.members(["BTG", "MLTRAINING", "CLINTRL", "POPHLTH", "HMARKT"]);
      const others = allPurposes().filter((name) => !explicit.includes(name));
      expect(expandPurposes(others)).to.deep.equal(others);
      expect(anyPurpose()).to.deep.equal(others);
    });

    it("refuse an unknown one", () => {
      expect(() => expandPurposes(["TREAT", "NONSENSE"])).to.throw(UnknownCodeError);
    });
  });

  describe("of purpose families", () => {
    const roots = ["TREAT", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "PUBHLTH", "HMARKT"] as const;

    it("hold every purpose but break-glass, exactly once", () => {
      const members = roots.flatMap(familyMembers);
      expect([...members, "BTG"]).to.deep.equal(allPurposes());
      expect(familyOf("BTG")).to.equal(undefined);
      for (const root of roots) for (const name of familyMembers(root)) expect(familyOf(name), name).to.equal(root);
    });

    it("never expand into another family", () => {
      for (const root of roots) expect(familyMembers(root)).to.include.members(expandPurposes([root]));
    });
  });

  describe("of requests", () => {
    it("give a sub-code without a bit its nearest ancestor's", () => {
      expect(requestedPurpose("ERTREAT")).to.equal("ETREAT");
      expect(requestedPurpose({ system: ACT_REASON, code: "CLINTRCHPC" })).to.equal("CLINTRCH");
      expect(requestedPurpose("TREAT")).to.equal("TREAT");
    });

    it("are stricter in a grant, which is never rounded up", () => {
      expect(() => purposesToBits(["ERTREAT"])).to.throw(UnknownCodeError);
      expect(() => expandPurposes(["ERTREAT"])).to.throw(UnknownCodeError);
    });

    it("refuse what HL7 does not know as a purpose", () => {
      for (const input of ["NONSENSE", { system: ACT_CODE, code: "ERTREAT" }, null] as string[]) {
        expect(() => requestedPurpose(input)).to.throw(UnknownCodeError);
      }
    });
  });
});

describe("codes.json", () => {
  const tables = readTables();

  it("keeps its rules", () => {
    expect(problemsOf(tables)).to.deep.equal([]);
  });

  it("is what both generated files say", async () => {
    expect(staleFiles(await renderFiles(tables))).to.deep.equal([]);
  });

  it("would make them differ if a bit moved", async () => {
    const moved = structuredClone(tables);
    const last = moved.categories.find(({ name }) => name === "GENDER");
    if (last !== undefined) last.bit = 60;
    expect(staleFiles(await renderFiles(moved))).to.have.length(2);
  });

  const broken: [rule: string, problem: RegExp, change: (copy: typeof tables) => void][] = [
    ["one row per bit", /bit 1 is used twice/, (copy) => void (row(copy.categories, "DEMOGRAPHICS").bit = 1)],
    ["bits in range", /bit 32 of BTG is not in 0\.\.31/, (copy) => void (row(copy.purposes, "BTG").bit = 32)],
    ["one row per name", /LABS means two rows/, (copy) => void (row(copy.categories, "VITALS").name = "LABS")],
    [
      "one row per coding",
      /actCode#PSY is used twice/,
      (copy) => void row(copy.categories, "MH").codings["actCode"]?.push("PSY"),
    ],
    [
      "known systems",
      /system cpt is not defined/,
      (copy) => void (row(copy.categories, "LABS").codings["cpt"] = ["1"]),
    ],
    ["parents that exist", /parent TREET is not defined/, (copy) => void (row(copy.purposes, "COC").parent = "TREET")],
    [
      "families in one run",
      /family of TREAT is not contiguous/,
      (copy) => void (row(copy.purposes, "COVAUTH").parent = "TREAT"),
    ],
    ["break-glass alone", /BTG must stand alone/, (copy) => void (row(copy.purposes, "BTG").parent = "ETREAT")],
    [
      "one kind per resource type",
      /type Patient has two kinds/,
      (copy) => void row(copy.categories, "NOTES").resourceTypes?.push("Patient"),
    ],
    ["a source per kind", /LABS has no source/, (copy) => delete row(copy.categories, "LABS").source],
  ];
  for (const [rule, problem, change] of broken) {
    it(`demands ${rule}`, () => {
      const copy = structuredClone(tables);
      change(copy);
      expect(problemsOf(copy).join("; ")).to.match(problem);
    });
  }

  function row<R extends { name: string }>(rows: R[], name: string): R {
    return rows.find((candidate) => candidate.name === name) ?? expect.fail(`no row ${name}`);
  }
});

describe("Codes.sol", () => {
  const source = readFileSync(new URL("../../../contracts/libraries/Codes.sol", import.meta.url), "utf8");
  const constants = new Map(
    [...source.matchAll(/uint(?:8|32|64) internal constant (\w+) = (0x[0-9a-f]+);/g)].map(([, name, value]) => [
      name,
      BigInt(value ?? 0),
    ]),
  );

  it("defines exactly the bits of the tables", () => {
    expect(constants.get("CATEGORIES")).to.equal(categoriesToBits(allCategories()));
    expect(constants.get("KINDS")).to.equal(categoriesToBits(allCategories().filter((name) => !isSensitivity(name))));
    expect(constants.get("PURPOSES")).to.equal(purposesToBits(allPurposes()));
    expect(constants.get("BTG")).to.equal(purposesToBits(["BTG"]));
    expect(constants.get("ACTIONS")).to.equal(actionsToBits(allActions()));
    for (const name of allActions()) expect(constants.get(name.toUpperCase()), name).to.equal(actionsToBits([name]));
  });

  it("agrees on what must be named and what a custodian may do", () => {
    const explicit = allPurposes().filter((name) => describePurpose(name).explicitOnly);
    expect(constants.get("EXPLICIT_ONLY")).to.equal(purposesToBits(explicit));
    expect(constants.get("CUSTODIAN_PURPOSES")).to.equal(
      purposesToBits(expandPurposes(["TREAT", "HPAYMT", "HOPERAT"])),
    );
  });

  it("agrees on the families", () => {
    const families = [...new Set(allPurposes().map((name) => familyOf(name)))].filter((name) => name !== undefined);
    expect([...constants.keys()].filter((name) => name?.endsWith("_FAMILY"))).to.have.length(families.length);
    for (const family of families) {
      expect(constants.get(family), family).to.equal(purposesToBits([family]));
      expect(constants.get(`${family}_FAMILY`), family).to.equal(purposesToBits(familyMembers(family)));
      expect(source).to.include(`if ((purpose & ${family}_FAMILY) != 0) return ${family};`);
      expect(source).to.include(`if (root == ${family}) return ${family}_FAMILY;`);
    }
  });
});

describe("ConsentryError", () => {
  const root = new Error("no route");
  const middle = new ConsentryError("The node did not answer.", {
    code: "Unreachable",
    cause: root,
    details: "port 8545",
  });
  const top = new ConsentryError("The grant was not sent.", { code: "NotSent", cause: middle });

  it("walks to the deepest cause", () => {
    expect(top.walk()).to.equal(root);
    expect(new ConsentryError("Alone.", { code: "Alone" }).walk()).to.be.instanceOf(ConsentryError);
  });

  it("walks to the first that matches, itself first", () => {
    expect(top.walk((error) => error instanceof ConsentryError)).to.equal(top);
    expect(top.walk((error) => error instanceof ConsentryError && error.code === "Unreachable")).to.equal(middle);
    expect(top.walk((error) => error instanceof UnknownCodeError)).to.equal(undefined);
  });

  it("ends where causes go in a circle", () => {
    const first = new Error("first");
    const second = new ConsentryError("Second.", { code: "Second", cause: first });
    first.cause = second;
    expect(second.walk()).to.equal(first);
  });

  it("has details in its message and no cause where none was given", () => {
    expect(middle.message).to.equal("The node did not answer.\nDetails: port 8545\nDocs: docs/errors.md#unreachable");
    expect("cause" in new ConsentryError("Alone.", { code: "Alone" })).to.equal(false);
  });
});
