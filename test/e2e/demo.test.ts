import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Narrator } from "../../scripts/demo/narrator.js";

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
    expect(Number(all)).to.be.greaterThan(20);
    expect(stdout).not.to.contain("NOT SO");
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
