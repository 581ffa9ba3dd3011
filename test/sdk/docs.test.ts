import { readFileSync } from "node:fs";
import { DECISIONS } from "@consentry/sdk";
import { expect } from "chai";

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}

/** The first cell of each row of the table under a heading, without its quotes. */
function firstCells(page: string, heading: string): string[] {
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`))!;
  return [...section.matchAll(/^\| `(\w+)` /gm)].map(([, cell]) => cell!);
}

describe("the documentation", () => {
  it("explains every decision, in the order of the contract", () => {
    expect(firstCells(read("docs/model.md"), "The answers")).to.deep.equal([...DECISIONS]);
  });

  it("shows every type that is signed, as the contract hashes it", () => {
    const source = read("contracts/libraries/Statements.sol");
    const hashed = [...source.matchAll(/keccak256\(\s*"(\w+\([^"]*)"/g)].map(([, type]) => type!);
    const page = read("docs/control.md");
    const shown = /```\n(Grants\([^`]*)\n```/.exec(page)![1]!.split("\n");
    const members = new Set(hashed.flatMap((type) => type.match(/\w+\([^)]*\)/g)!));
    expect(hashed).to.have.length.above(10);
    expect(shown).to.have.members([...members]);
    const items = ["Grant", "Revocation"];
    const statements = shown.map((type) => type.split("(")[0]!).filter((name) => !items.includes(name));
    expect(firstCells(page, "What is signed")).to.deep.equal(statements);
  });

  it("says of each statement that is signed whether it has a deadline", () => {
    const page = read("docs/control.md");
    for (const name of firstCells(page, "What is signed")) {
      const type = new RegExp(`^${name}\\(.*$`, "m").exec(page)![0];
      const row = new RegExp(`^\\| \`${name}\` .*\\| (yes|no) +\\|$`, "m").exec(page)!;
      expect(row[1], name).to.equal(type.includes("uint48 deadline") ? "yes" : "no");
    }
  });
});
