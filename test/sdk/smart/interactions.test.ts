import { allActions } from "@consentry/sdk";
import { actionOf, INTERACTIONS, UnknownInteractionError } from "@consentry/sdk/fhir";
import { expect } from "chai";

describe("actionOf", () => {
  const cases: [interactions: string[], action: string | undefined][] = [
    [["read", "vread", "history", "history-instance", "history-type", "history-system"], "access"],
    [["search", "search-type", "search-system"], "access"],
    [["$everything", "$export", "$summary", "$document", "$docref", "$lastn"], "access"],
    [["create"], "collect"],
    [["update", "patch"], "correct"],
    [["delete"], undefined],
  ];
  for (const [interactions, action] of cases) {
    it(`is ${action ?? "none"} for ${interactions.join(", ")}`, () => {
      for (const interaction of interactions) expect(actionOf(interaction), interaction).to.equal(action);
    });
  }

  it("covers the whole table, with actions that there are", () => {
    expect(Object.keys(INTERACTIONS)).to.have.members(cases.flatMap(([interactions]) => interactions));
    for (const action of Object.values(INTERACTIONS)) expect([...allActions(), undefined]).to.include(action);
  });

  for (const interaction of ["batch", "transaction", "capabilities", "$erase", "READ", "toString", "", undefined]) {
    it(`is an error for ${String(interaction)}`, () => {
      expect(() => actionOf(interaction!)).to.throw(UnknownInteractionError);
    });
  }
});
