import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect } from "chai";
import { tarball, type } from "./support/project.js";
import { expectPromised, promisesIn, snippetsOf } from "./support/snippets.js";

const PAGE = "docs/guide.md";

describe("the guide from nothing to a guarded endpoint", function () {
  this.timeout(120_000);

  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "consentry-guide-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("prints what it says, typed line by line in an empty folder", () => {
    const snippets = snippetsOf(PAGE);
    const texts = (language: string) => snippets.filter((each) => each.language === language).map(({ code }) => code);
    const program = texts("js").join("\n");
    const commands = texts("sh").join("").trim().split("\n");
    const [expected] = texts("text");
    expect(commands.at(-1)).to.equal("node start.js");
    expect(commands.join()).to.include(basename(tarball()));
    expect(promisesIn(program)).to.have.length.above(8);

    writeFileSync(join(folder, "start.js"), program);
    const printed = commands.map((command) => type(command, folder)).at(-1)!;
    expect(printed).to.equal(expected);
    expectPromised(program, printed);
  });

  it("has no block that this test passes over", () => {
    const languages = new Set(snippetsOf(PAGE).map(({ language }) => language));
    expect([...languages]).to.have.members(["js", "sh", "text"]);
  });
});
