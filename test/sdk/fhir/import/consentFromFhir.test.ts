import { ANY_PROVIDER, InvalidAddressError, InvalidParameterError, newRecordId } from "@consentry/sdk";
import {
  consentFromFhir,
  type ImportedConsents,
  type ImportedGrant,
  type ImportOptions,
  MalformedResourceError,
} from "@consentry/sdk/fhir";
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
  permit,
  purposes,
} from "../evaluation/documents.js";

const PATIENT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const A = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const B = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const RECORD = newRecordId(A);

const OPTIONS: ImportOptions = {
  chainId: 31_337,
  patientOf: ([name]) => (name === "Patient/1" ? PATIENT : undefined),
  granteeOf: ([name]) => Promise.resolve({ "Organization/A": A, "Organization/B": B }[name!]),
  membersOf: ([name]) => (name === "Group/G" ? { members: [B], version: "3" } : undefined),
  recordOf: ([name]) => (name === "Observation/r" ? RECORD : undefined),
  at: "2026-06-01",
};

async function imported(documents: object[], more: Partial<ImportOptions> = {}): Promise<ImportedConsents> {
  return consentFromFhir(documents, { ...OPTIONS, ...more });
}

/** The one grant. */
async function granted(documents: object[], more: Partial<ImportOptions> = {}): Promise<ImportedGrant> {
  const { grants, needsReview } = await imported(documents, more);
  expect(needsReview).to.deep.equal([]);
  expect(grants).to.have.length(1);
  return grants[0]!;
}

const TO_A = { ...actors("IRCP", "Organization/A"), ...purposes("TREAT"), ...actions("access") };

describe("consentFromFhir: elements", () => {
  it("recipient, purposes with their sub-codes, actions; all kinds, and nothing sensitive", async () => {
    const grant = await granted([consent(permit(TO_A))]);
    expect(grant).to.deep.include({ grantee: A, actions: ["access"], until: "until-revoked", conditional: false });
    expect(grant.purposes).to.deep.equal(["TREAT", "ETREAT", "COC", "TREATDS"]);
    expect(grant.categories).to.include.members(["LABS", "OTHER_KIND"]).and.not.include("PSY");
    const { leftOut } = await imported([consent(permit(TO_A))]);
    expect(leftOut).to.have.length(1);
    expect(leftOut[0]).to.have.property("grantee", A);
    expect(leftOut[0]!.categories).to.include.members(["PSY", "RESTRICTED", "OTHER_SENSITIVE"]);
  });

  it("nothing sensitive for kinds of data by this package's names, unless it was written from a scope", async () => {
    const labs = { class: [{ system: "urn:x-consentry:category", code: "LABS" }] };
    const document = consent(permit({ ...TO_A, ...labs }));
    const { grants, leftOut } = await imported([document]);
    expect(grants[0]!.categories).to.deep.equal(["LABS"]);
    expect(leftOut[0]!.categories).to.include.members(["HIV", "PSY", "VERY_RESTRICTED"]);
    const identifier = [{ system: "urn:x-consentry:scope", value: `0x${"0".repeat(64)}` }];
    const own = await imported([{ ...document, identifier }]);
    expect(own.grants[0]!.categories).to.include.members(["LABS", "HIV", "PSY"]);
    expect(own.leftOut).to.deep.equal([]);
  });

  it("sensitive data as written, if the caller says so", async () => {
    const grant = await granted([consent(permit({ ...TO_A, provision: [deny(labels("PSY"))] }))], {
      sensitive: "as-written",
    });
    expect(grant.categories).to.include.members(["HIV", "RESTRICTED"]).and.not.include("PSY");
    expect(grant.conditional).to.be.false;
  });

  it("a period, whose last day is included", async () => {
    const grant = await granted([consent(permit({ ...TO_A, period: { start: "2026-07-01", end: "2026-07-31" } }))]);
    expect(grant.from).to.deep.equal(new Date("2026-07-01T00:00:00Z"));
    expect(grant.until).to.deep.equal(new Date("2026-08-01T00:00:00Z"));
    expect((await imported([consent(permit({ ...TO_A, period: { end: "2026-05-31" } }))])).grants).to.deep.equal([]);
  });

  const conditional: [what: string, root: Record<string, unknown>][] = [
    ["a permit of labels", permit({ ...TO_A, ...labels("N") })],
    ["a permit of a code", permit({ ...TO_A, ...code("http://loinc.org", "2339-0") })],
    ["a permit of some types of a kind", permit({ ...TO_A, ...classes("Observation") })],
    ["a deny of some types of a kind", permit({ ...TO_A, provision: [deny(classes("MedicationRequest"))] })],
    ["a period of the data", permit({ ...TO_A, dataPeriod: { start: "2020" } })],
    ["data of an author", permit({ ...TO_A, provision: [deny(actors("AUT", "Practitioner/1"))] })],
    ["data that are no record", permit({ ...TO_A, ...data("instance", "Observation/x") })],
    [
      "a custodian",
      permit({ ...TO_A, actor: [...parties("IRCP", "Organization/A"), ...parties("CST", "Organization/B")] }),
    ],
    ["a group", permit({ ...TO_A, ...actors("IRCP", "Group/G") })],
    ["a purpose without a bit", permit({ ...TO_A, ...purposes("HDM") })],
    ["a purpose denied under its parent", permit({ ...TO_A, provision: [deny(purposes("ETREAT"))] })],
    ["a deny for a while", permit({ ...TO_A, provision: [deny({ period: { start: "2027", end: "2027" } })] })],
  ];
  for (const [what, root] of conditional) {
    it(`${what}: a ceiling, with conditions`, async () => {
      expect(await granted([consent(root)])).to.have.property("conditional", true);
    });
  }

  it("a deny of a label clears its bit, with its sub-codes'; a permit names what is sensitive", async () => {
    const root = permit({ ...TO_A, ...labels("N", "PSY", "ETHUD"), provision: [deny(labels("SUD"))] });
    const { categories } = await granted([consent(root)]);
    expect(categories).to.include("PSY").and.not.include.members(["ETHUD", "SUD"]);
  });

  it("a deny of every type of a kind clears its bit, also from another document", async () => {
    const types = [
      "Medication",
      "MedicationAdministration",
      "MedicationDispense",
      "MedicationRequest",
      "MedicationStatement",
    ];
    const root = permit({ ...TO_A, provision: [deny(classes("AllergyIntolerance", "Condition"))] });
    const { categories, conditional: isConditional } = await granted([
      consent(root),
      consent(deny(classes("Immunization", "ImmunizationEvaluation", "ImmunizationRecommendation"))),
    ]);
    expect(categories).to.include("MEDICATIONS").and.not.include.members(["ALLERGIES", "PROBLEMS"]);
    expect(categories).to.not.include("IMMUNIZATIONS");
    expect(isConditional).to.be.false;
    expect((await granted([consent(permit({ ...TO_A, ...classes(...types) }))])).conditional).to.be.true;
  });

  it("purposes of several families with the same terms in one grant, with other terms apart", async () => {
    const both = { ...TO_A, ...purposes("TREAT", "HRESCH") };
    expect((await granted([consent(permit(both))])).purposes).to.include.members(["TREAT", "HRESCH"]);
    const research = deny({ ...purposes("HRESCH"), ...classes("AllergyIntolerance") });
    const { grants } = await imported([consent(permit({ ...both, provision: [research] }))]);
    expect(grants.map(({ purposes: [purpose] }) => purpose)).to.deep.equal(["TREAT", "HRESCH"]);
    expect(grants.map(({ categories }) => categories.includes("ALLERGIES"))).to.deep.equal([true, false]);
    expect(grants.every((grant) => !grant.conditional)).to.be.true;
  });

  it("a Group at import, with its version", async () => {
    const { groups, grants } = await imported([consent(permit({ ...TO_A, ...actors("IRCP", "Group/G") }))]);
    expect(groups).to.deep.equal([{ names: ["Group/G"], version: "3", members: [B] }]);
    expect(grants[0]).to.have.property("grantee", B);
  });

  it("R5: a deny with exceptions", async () => {
    expect(await granted([consentR5("deny", [TO_A])])).to.deep.include({ grantee: A, conditional: false });
  });
});

function parties(role: string, reference: string): object[] {
  return actors(role, reference)["actor"] as object[];
}

describe("consentFromFhir: refusals", () => {
  it("of one provider", async () => {
    const { revocations, grants } = await imported([consent(deny(actors("IRCP", "Organization/A")))]);
    expect({ revocations, grants }).to.deep.equal({
      revocations: [{ grantee: A }, { grantee: A, purpose: "BTG" }],
      grants: [],
    });
  });

  it("of a family of purposes", async () => {
    const { revocations } = await imported([
      consent(deny({ ...actors("IRCP", "Organization/A"), ...purposes("HRESCH") })),
    ]);
    expect(revocations).to.deep.equal([{ grantee: A, purpose: "HRESCH" }]);
  });

  it("of one provider where every other is permitted: it is withdrawn from, and gets what is left", async () => {
    const all = permit({
      ...purposes("TREAT"),
      provision: [deny({ ...actors("IRCP", "Organization/A"), ...actions("disclose") })],
    });
    const { revocations, grants } = await imported([consent(all)], { anyProvider: true });
    expect(revocations).to.deep.equal([{ grantee: A }]);
    expect(grants.map(({ grantee }) => grantee)).to.deep.equal([ANY_PROVIDER, A]);
    expect(grants[0]!.actions).to.include("disclose");
    expect(grants[1]!.actions).to.not.include("disclose");
  });

  it("of a record, from one where every other is permitted", async () => {
    const hide = deny({ ...data("instance", "Observation/r"), ...actors("IRCP", "Organization/A") });
    const { revocations } = await imported([consent(permit(purposes("TREAT"))), consent(hide)], { anyProvider: true });
    expect(revocations).to.deep.equal([{ grantee: A }, { grantee: A, record: RECORD }]);
  });

  it("of a record, from one and from everybody", async () => {
    const hide = (more: object) => consent(deny({ ...data("instance", "Observation/r"), ...more }));
    const one = await imported([consent(permit(TO_A)), hide(actors("IRCP", "Organization/A"))]);
    expect(one.revocations).to.deep.equal([{ grantee: A, record: RECORD }]);
    expect(one.grants[0]).to.have.property("conditional", false);
    const everybody = await imported([hide({})]);
    expect(everybody.revocations).to.deep.equal([{ record: RECORD }]);
  });

  it("a permit of one record is a grant in its scope", async () => {
    const grant = await granted([consent(permit({ ...TO_A, ...data("instance", "Observation/r") }))]);
    expect(grant).to.deep.include({ grantee: A, record: RECORD, conditional: false });
  });

  it("two permits of different data leave nothing", async () => {
    const of = (type: string) => consent(permit({ ...TO_A, ...classes(type) }));
    expect((await imported([of("AllergyIntolerance"), of("Condition")])).grants).to.deep.equal([]);
    const newest = [
      consent(permit({ ...TO_A, ...classes("Condition") }), { dateTime: "2020" }),
      of("AllergyIntolerance"),
    ];
    expect((await granted(newest, { combining: "newestWins" })).categories).to.deep.equal(["ALLERGIES"]);
  });
});

describe("consentFromFhir: what needs review", () => {
  const cases: [what: string, document: object, path: string][] = [
    ["no recipient", consent(permit(purposes("TREAT"))), "Consent.provision.actor"],
    ["an unknown recipient", consent(permit(actors("IRCP", "Organization/X"))), "Consent.provision.actor"],
    ["an unknown group", consent(permit(actors("IRCP", "Group/X"))), "Consent.provision.actor"],
    ["an unknown patient", consent(permit(TO_A), { patient: { reference: "Patient/2" } }), "Consent.patient"],
    ["an unknown status", consent(permit(TO_A), { status: "on-hold" }), "Consent.status"],
    ["no base rule", consent({ ...TO_A }), "Consent.provision.type"],
    ["a role", consent(permit(actors("AGNT", "Organization/A"))), "Consent.provision.actor[0].role"],
    [
      "a purpose",
      consent(permit({ ...TO_A, purpose: [{ system: "urn:x", code: "y" }] })),
      "Consent.provision.purpose[0]",
    ],
    ["an action", consent(permit({ ...TO_A, ...actions("look") })), "Consent.provision.action[0]"],
    [
      "deep within",
      consent(permit({ ...TO_A, provision: [deny({ unless: 1 })] })),
      "Consent.provision.provision[0].unless",
    ],
  ];
  for (const [what, document, path] of cases) {
    it(`${what}: nothing is granted`, async () => {
      const { grants, revocations, needsReview } = await imported([consent(permit(TO_A)), document]);
      expect({ grants, revocations }).to.deep.equal({ grants: [], revocations: [] });
      expect(needsReview.map((issue) => issue.path)).to.include(path);
    });
  }

  it("which consent is the newest, where that counts", async () => {
    const undated = consent(deny(actors("IRCP", "Organization/A")), { dateTime: undefined });
    const { grants, needsReview } = await imported([consent(permit(TO_A)), undated], { combining: "newestWins" });
    expect(grants).to.deep.equal([]);
    expect(needsReview.map(({ path }) => path)).to.deep.equal(["Consent.dateTime"]);
    expect((await imported([consent(permit(TO_A)), undated])).needsReview).to.deep.equal([]);
  });

  it("consents of two patients", async () => {
    const other = consent(permit(TO_A), { patient: { reference: "Patient/2" } });
    const { needsReview } = await imported([consent(permit(TO_A)), other], {
      patientOf: ([name]) => (name === "Patient/1" ? PATIENT : B),
    });
    expect(needsReview[0]).to.have.property("reason", "It is of another patient.");
  });

  it("of an address on this chain, never of one on another", async () => {
    const to = (chain: number) => actors("IRCP", `did:pkh:eip155:${chain}:${B.toLowerCase()}`);
    expect(await granted([consent(permit(to(31_337)))])).to.have.property("grantee", B);
    const { grants, needsReview } = await imported([consent(permit(to(1)))]);
    expect(grants).to.deep.equal([]);
    expect(needsReview).to.have.length(1);
    const known = await granted([consent(permit(to(1)))], { granteeOf: () => A });
    expect(known, "but whom the caller knows by it").to.have.property("grantee", A);
  });

  it("nothing in what is not live", async () => {
    const dead = consent(permit(actors("AGNT", "x")), { status: "inactive" });
    expect(await granted([consent(permit(TO_A)), dead])).to.have.property("grantee", A);
  });
});

describe("consentFromFhir: bad input", () => {
  it("is a typed error", async () => {
    const rejected = async (call: Promise<unknown>, type: new (...args: never[]) => Error): Promise<void> => {
      const error = await call.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(type);
    };
    await rejected(imported([consent({ type: "x" })]), MalformedResourceError);
    await rejected(consentFromFhir({} as never, OPTIONS), InvalidParameterError);
    await rejected(consentFromFhir([], {} as never), InvalidParameterError);
    for (const chainId of [0, -1n, 1.5, "1"]) {
      await rejected(imported([], { chainId: chainId as number }), InvalidParameterError);
    }
    await rejected(imported([], { sensitive: "all" as never }), InvalidParameterError);
    await rejected(imported([], { who: 1 } as never), InvalidParameterError);
    await rejected(imported([consent(permit(TO_A))], { granteeOf: () => "0x1" }), InvalidAddressError);
  });

  it("that would take for ever is refused", async () => {
    const rules = Array.from({ length: 5_000 }, (_, i) => {
      const at = new Date(Date.UTC(2030, 0, 1, 0, i)).toISOString();
      return deny({ ...actors("IRCP", i % 2 === 0 ? "Organization/A" : "Organization/B"), period: { start: at } });
    });
    const error = await imported([consent(permit({ ...TO_A, provision: rules }))]).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(MalformedResourceError).with.property("path", "Consent.provision");
  });
});
