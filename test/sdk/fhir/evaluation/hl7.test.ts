import { readFileSync } from "node:fs";
import { consentFromFhir, evaluate, type EvaluationRequest, type ImportOptions } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { fixturesIn, needFixtures } from "../fixtures.js";

type Asked = Omit<EvaluationRequest, "patient">;

const TODAY: Asked = {
  actor: ["Practitioner/x", "Organization/x"],
  purpose: "TREAT",
  at: "2026-01-01T00:00:00Z",
  groups: [],
};

/** What is asked, in the words of the table in docs/fhir.md. */
const QUESTIONS: Readonly<Record<string, Asked>> = {
  "for treatment": TODAY,
  "for treatment, in 2018": { ...TODAY, at: "2018-06-01T00:00:00Z" },
  "for treatment, of data at Organization/f001": { ...TODAY, custodian: "Organization/f001" },
  "for treatment, of data elsewhere": { ...TODAY, custodian: "Organization/f002" },
  "by Organization/f001": { ...TODAY, actor: "Organization/f001" },
  "by Practitioner/f007, of data at Organization/f203": {
    ...TODAY,
    actor: "Practitioner/f007",
    custodian: "Organization/f203",
  },
};

const ADDRESS = `0x${"11".repeat(20)}`;
const IMPORT: ImportOptions = {
  chainId: 31_337,
  patientOf: () => `0x${"22".repeat(20)}`,
  granteeOf: () => ADDRESS,
  anyProvider: true,
  at: 0,
};

/** The rows under the heading: document, question, decision. */
function rows(version: string): [document: string, question: string, decision: string][] {
  const page = readFileSync(new URL("../../../../docs/fhir.md", import.meta.url), "utf8");
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`HL7's examples, ${version}\n`))!;
  return [...section.matchAll(/^\| `([\w-]+)` +\| .*? +\| (.*?) +\| `(\w+)` +\|/gm)].map((row) => [
    row[1]!,
    row[2]!,
    row[3]!,
  ]);
}

describe("evaluate: HL7's examples", () => {
  before(function () {
    needFixtures(this);
  });

  for (const [version, folder] of [
    ["R4", "hl7-r4"],
    ["R5", "hl7-r5"],
  ] as const) {
    it(`of ${version} are decided as docs/fhir.md lists them, every one`, async () => {
      const documents = fixturesIn(folder, "Consent");
      const listed = rows(version);
      expect([...new Set(listed.map(([document]) => document))]).to.have.members(documents.map(({ id }) => id));
      for (const [id, question, decision] of listed) {
        const document = documents.find((each) => each.id === id)! as unknown as Record<string, { reference: string }>;
        const patient = (document["patient"] ?? document["subject"])!.reference;
        const asked = QUESTIONS[question]!;
        expect(asked, question).to.exist;
        expect(evaluate([document], { ...asked, patient }).decision, `${id}, ${question}`).to.equal(decision);
        const { grants, needsReview } = await consentFromFhir([document], IMPORT);
        if (decision === "needsReview")
          expect({ grants, isClear: needsReview.length === 0 }).to.deep.equal({ grants: [], isClear: false });
        else expect(needsReview, id).to.deep.equal([]);
      }
    });
  }
});
