import { expect } from "chai";
import { fixture, fixturesIn, needFixtures } from "./fixtures.js";
import { problemsOf } from "./validate.js";

describe("the validator of these tests", () => {
  it("finds what FHIR R4 forbids", () => {
    const status = { system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code: "active" };
    const required = { resourceType: "AllergyIntolerance", clinicalStatus: { coding: [status] } };
    const allergy = { ...required, patient: { reference: "Patient/1" } };
    expect(problemsOf(allergy)).to.deep.equal([]);
    const bundle = { resourceType: "Bundle", type: "collection" };
    const wrong = [
      required,
      { ...allergy, clinicalStatus: undefined },
      { ...allergy, patient: [{ reference: "Patient/1" }] },
      { ...allergy, colour: "red" },
      { ...allergy, onsetDateTime: "yesterday" },
      { ...bundle, total: 1 },
      { ...bundle, entry: [{ resource: required }] },
      { resourceType: "Nonsense" },
    ];
    for (const resource of wrong) expect(problemsOf(resource), JSON.stringify(resource)).to.have.length.above(0);
  });

  it("takes what others wrote", function () {
    needFixtures(this);
    const events = [...fixturesIn("hl7-r4", "AuditEvent"), ...fixturesIn("ihe-balp", "AuditEvent")];
    for (const event of [...events, fixture("hl7-r4", "DocumentReference-example.json") as object]) {
      expect(problemsOf(event)).to.deep.equal([]);
    }
  });
});
