import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { run as runCli } from "../cli/support/consentry.js";
import { ROOT } from "./support/command.js";
import { type Manifest, run } from "./support/package.js";

describe("the packed command line, in a project of somebody else", function () {
  this.timeout(60_000);

  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "consentry-packed-"));
    for (const name of ["sdk", "cli"]) install(name);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Packs what was built and unpacks it, with the packages that it says it needs and no others. */
  const install = (name: string) => {
    const home = join(folder, "node_modules/@consentry", name);
    const packed = run(join(ROOT, name), "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    mkdirSync(home, { recursive: true });
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", home, "--strip-components=1"]);
    const { dependencies } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as Manifest;
    for (const needed of Object.keys(dependencies ?? {})) if (needed !== "@consentry/sdk") link(name, needed);
  };

  const link = (workspace: string, name: string) => {
    const path = join(folder, "node_modules", name);
    const own = join(ROOT, workspace, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(existsSync(own) ? own : join(ROOT, "node_modules", name), path, "junction");
  };

  it("runs, with what it says it needs and nothing else", async () => {
    const bin = join(folder, "node_modules/@consentry/cli/bin/consentry.js");
    const { version } = JSON.parse(readFileSync(join(ROOT, "cli/package.json"), "utf8")) as { version: string };
    const settings = { bin, cwd: folder };
    expect(await runCli(["--version"], settings)).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: "" });
    const address = `0x${"12".repeat(20)}`;
    const asked = await runCli(["provider", "get", address, "--rpc", "http://127.0.0.1:9"], settings);
    expect(asked.code).to.equal(1);
    expect(asked.stderr).to.match(/^error Network: /);
    writeFileSync(join(folder, "deployment.json"), "{}");
    expect((await runCli(["deployments", "--deployment", "deployment.json"], settings)).stderr).to.include(
      "InvalidDeployment",
    );
  });

  it("asks for the versions of this repository", () => {
    const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
    const sdk = JSON.parse(readFileSync(join(ROOT, "sdk/package.json"), "utf8")) as { version: string };
    const cli = JSON.parse(readFileSync(join(ROOT, "cli/package.json"), "utf8")) as Manifest;
    expect(cli.dependencies).to.include({
      "@consentry/sdk": sdk.version,
      ethers: root.devDependencies?.["ethers"],
      dotenv: root.devDependencies?.["dotenv"],
    });
  });
});
