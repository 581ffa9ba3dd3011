import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./support/command.js";
import { link, type Manifest, unpack } from "./support/package.js";
import { tarball } from "./support/project.js";

const EXAMPLE = join(ROOT, "examples/guarded-fhir-read");
const ABSENT =
  '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found",' +
  '"details":{"text":"There is no such resource."}}]}';

describe("the example of a guarded read, beside the packed SDK", function () {
  this.timeout(180_000);

  let folder: string;
  let project: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "consentry-example-"));
    project = join(folder, "project");
    cpSync(EXAMPLE, project, { recursive: true, filter: (path) => !/node_modules|\.tgz$/.test(path) });
    unpack(tarball(), project);
  });
  after(() => rmSync(folder, { recursive: true }));

  const start = (file: string) => spawnSync(process.execPath, [file], { cwd: project, encoding: "utf8" });

  it("says what is missing where Hardhat is not installed", () => {
    link("ethers", project);
    writeFileSync(
      join(project, "bare.js"),
      'import { createTestbed, TestbedError } from "@consentry/sdk/testing";\n' +
        "await createTestbed().catch((error) => console.log(error instanceof TestbedError, error.hint));\n",
    );
    const { stdout, stderr } = start("bare.js");
    expect(stderr).to.equal("");
    expect(stdout).to.match(/^true .*npm install -D hardhat@3/);
  });

  it("needs the packages that it names and no others, and answers as the patient says", () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(project, "package.json"), "utf8"),
    ) as Manifest;
    const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      if (name === "@consentry/sdk") continue;
      expect(version, name).to.equal(root.devDependencies?.[name]);
      if (name !== "ethers") link(name, project);
    }
    const { status, stdout, stderr } = start("start.js");
    expect([status, stderr]).to.deep.equal([0, ""]);
    const answers = [...stdout.matchAll(/^\$ curl (.*)\n(?: {2}server.*\n)?\s+HTTP\/1\.1 (\d+) .*\n\s+(.*)$/gm)];
    expect(answers.map(([, , code]) => code)).to.deep.equal(["404", "200", "404", "404", "404", "404"]);
    const bodies = answers.map(([, , , body]) => body!);
    expect(bodies[1]).to.match(/^\{"resourceType":"Observation"/);
    expect(bodies.filter((_, i) => i !== 1)).to.deep.equal(Array.from({ length: 5 }, () => ABSENT));
    const logged = [...stdout.matchAll(/the clinic asked for .*: (\w+)$/gm)].map(([, decision]) => decision);
    expect(logged).to.deep.equal(["NoConsent", "Permit", "CategoryNotCovered", "Revoked"]);
  });
});
