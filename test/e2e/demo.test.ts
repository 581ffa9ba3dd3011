import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Narrator } from "../../scripts/demo/narrator.js";

/** What the story must not leave out. */
const CLAIMS = [
  /✓ "lisinopril" stands in [1-9]\d* of the \d+ resources, and in 0 of the \d+ files\./,
  /│ categories +MEDICATIONS, LABS +class MEDICATIONS, LABS/,
  /✓ By the evidence on the chain, 0x\w{8}…, the document is found again, and its hash fits\./,
  /✓ The keys of 9 records are wrapped for the clinic/,
  /✓ Relabelled for the insurer, it does not open\./,
  /│ conditional +the document narrows it +dataPeriod 2023-01-01/,
  /✓ Without the document it releases none\./,
  /✓ If the new files leak to the clinic, the keys that it has are not theirs\./,
  /✓ What is put back from the backup opens no more\./,
  /✓ The root on the chain still proves the entry of the erased record/,
];

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("the demo", function () {
  this.timeout(120_000);

  it("ends well, and says so", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/demo.ts"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
    const [, held, all] = /^(\d+) of (\d+) expectations held\.$/m.exec(stdout) ?? [];
    expect(held).to.equal(all);
    expect(Number(all)).to.be.greaterThan(50);
    expect(stdout).not.to.contain("NOT SO").and.not.to.contain("undefined");
    const told = stdout.replaceAll(/\n {5}(?=\S)/g, " ");
    for (const claim of CLAIMS) expect(told).to.match(claim);
    expect(stdout.split("\n").filter((line) => line.length > 100)).to.deep.equal([]);
  });

  it("breaks what is too long for a line between words", () => {
    const told: string[] = [];
    const { log } = console;
    console.log = (line: unknown) => told.push(String(line));
    try {
      new Narrator().say(`${"word ".repeat(30)}${"x".repeat(200)}`);
      new Narrator().quote(["a column      another", ""]);
    } finally {
      console.log = log;
    }
    const words = (count: number) => Array.from({ length: count }, () => "word").join(" ");
    expect(told).to.deep.equal([
      `   ${words(19)}`,
      `     ${words(11)}`,
      `     ${"x".repeat(200)}`,
      "   │ a column      another",
      "   │",
    ]);
  });

  it("does not end well when an expectation did not hold", async () => {
    const told: string[] = [];
    const [log, error, table] = [console.log, console.error, console.table];
    console.log = console.error = console.table = (line: unknown) => told.push(String(line));
    try {
      const narrator = new Narrator();
      await narrator.step("A step", async () => {
        narrator.expect(false, "All is well.");
        return Promise.resolve();
      });
      expect(narrator.close()).to.equal(false);
    } finally {
      [console.log, console.error, console.table] = [log, error, table];
    }
    expect(told).to.include("   ✗ NOT SO: All is well.").and.to.include("0 of 1 expectations held.");
  });
});
