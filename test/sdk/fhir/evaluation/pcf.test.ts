import { expect } from "chai";
import { evaluate } from "@consentry/sdk/fhir";
import { fixture, type Fixture, needFixtures } from "../fixtures.js";

interface Row {
  name: string;
  source: string;
  consents: string[];
  request: {
    patient: string;
    actor: string;
    purposeOfUse: { system: string; code: string };
    at: string;
    resources: string[];
  };
  expected: { decision: "permit" | "deny" | "not-applicable"; released: string[]; withheld: string[] };
}

const DECISIONS = { permit: "permit", deny: "deny", "not-applicable": "notApplicable" } as const;

function consentOf(reference: string): Fixture {
  return fixture("ihe-pcf", `${reference.replace("/", "-")}.json`) as Fixture;
}

function resourceOf(reference: string): Fixture {
  return fixture("ihe-pcf", "context", `${reference.replace("/", "-")}.json`) as Fixture;
}

function nameOf({ resourceType, id }: Fixture): string {
  return `${resourceType}/${id}`;
}

describe("evaluate: IHE Privacy Consent on FHIR", () => {
  before(function () {
    needFixtures(this);
  });

  it("decides every case as its narrative says", () => {
    const { cases } = fixture("ihe-pcf", "decisions.json") as { cases: Row[] };
    expect(cases).to.have.length.of.at.least(11);
    for (const { name, consents, request, expected } of cases) {
      const { patient, actor, purposeOfUse: purpose, at } = request;
      const resources = request.resources.map(resourceOf);
      const answer = evaluate(consents.map(consentOf), { patient, actor, purpose, at, resources });
      expect(answer.decision, name).to.equal(DECISIONS[expected.decision]);
      expect(answer.released.map(nameOf), name).to.have.members(expected.released);
      expect(
        answer.withheld.map(({ resource }) => nameOf(resource)),
        name,
      ).to.have.members(expected.withheld);
    }
  });
});
