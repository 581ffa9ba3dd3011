import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { address, LABS, startWorld, type World } from "../support/world.js";

const { patient, otherPatient, clinic, hospital } = address;
const WATCH = ["watch", "--patient", patient, "--interval", "50"];

interface Event {
  type: string;
  grantee?: string;
  removed: boolean;
}

const eventsIn = (lines: string) =>
  lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Event]));

describe("consentry watch", function () {
  this.timeout(60_000);

  let world: World;

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const grant = async (grantee: string) => (await world.as("patient")).consents.grant({ ...LABS, grantee });

  it("prints each event on a line as it happens, and at Ctrl-C the cursor with which another goes on", async () => {
    const { hash } = await grant(clinic);
    const first = world.start([...WATCH, "--from-block", "0"]);
    await first.printed("stdout", hash);
    await (await world.as("patient")).consents.revoke({ grantee: clinic });
    await first.printed("stdout", "ConsentRevoked");
    first.child.kill("SIGINT");
    const { code, stdout, stderr } = await first.outcome;
    expect(code).to.equal(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => /^block \d+ (\w+) of (\S+); to (\S+); /.exec(line)?.slice(1))).to.deep.equal([
      ["ConsentGranted", patient, clinic],
      ["ConsentRevoked", patient, clinic],
    ]);
    const [, cursor] = /^Go on with: --cursor '(.*)'\n$/.exec(stderr)!;

    await grant(hospital);
    const second = world.start([...WATCH, "--cursor", cursor!, "--json"]);
    await second.printed("stdout", "\n");
    second.child.kill("SIGINT");
    expect(eventsIn((await second.outcome).stdout))
      .to.have.length(1)
      .and.to.have.nested.property("[0].grantee", hospital);
  });

  it("keeps the cursor in a file: killed and started again, it goes on", async () => {
    const file = join(world.folder, "watch.cursor");
    const args = [...WATCH, "--from-block", "0", "--json", "--cursor-file", file];
    await grant(clinic);
    const first = world.start(args);
    await first.printed("stdout", "\n");
    await grant(hospital);
    await first.printed("stdout", hospital);
    // The file is written once the line is.
    while (!readFileSync(file, "utf8").includes(hospital.slice(2).toLowerCase())) await new Promise(setImmediate);
    first.child.kill("SIGKILL");
    expect((await first.outcome).code).to.equal(null);

    await (await world.as("patient")).consents.revokeAll();
    const second = world.start(args);
    await second.printed("stdout", "\n");
    second.child.kill("SIGTERM");
    const { code, stdout, stderr } = await second.outcome;
    expect(code).to.equal(0);
    expect(eventsIn(stdout).map(({ type, removed }) => [type, removed])).to.deep.equal([["AllRevoked", false]]);
    expect(JSON.parse(stderr)).to.deep.equal({ cursor: readFileSync(file, "utf8").trim() });
  });

  it("tells what a reorganisation took back", async () => {
    const snapshot = await world.rpc("evm_snapshot");
    const { hash } = await grant(clinic);
    const watch = world.start([...WATCH, "--from-block", "0"]);
    await watch.printed("stdout", hash);
    await world.rpc("evm_revert", snapshot);
    await world.rpc("hardhat_mine", "0x3");
    await watch.printed("stdout", "taken back: ");
    watch.child.kill("SIGINT");
    const lines = (await watch.outcome).stdout.trimEnd().split("\n");
    expect(lines).to.have.length(2);
    expect(lines[1]).to.equal(`taken back: ${lines[0]!}`);
  });

  it("leaves out what is of others", async () => {
    await (await world.as("otherPatient")).consents.grant({ ...LABS, grantee: clinic });
    const { hash } = await grant(clinic);
    const watch = world.start([...WATCH, "--from-block", "0"]);
    await watch.printed("stdout", hash);
    watch.child.kill("SIGINT");
    expect((await watch.outcome).stdout).to.not.include(otherPatient);
  });

  it("goes on while the node is down, with a warning", async () => {
    const watch = world.start([...WATCH, "--from-block", "0", "--json"]);
    await grant(clinic);
    await watch.printed("stdout", "\n");
    await world.stop();
    await watch.printed("stderr", "\n");
    watch.child.kill("SIGINT");
    const { code, stderr } = await watch.outcome;
    expect(code).to.equal(0);
    const [warning] = stderr.split("\n", 1);
    expect((JSON.parse(warning!) as { warning: object }).warning).to.include({ code: "Network" });
  });

  it("exits with 2 for a cursor that is none, with 1 for a file that can't be read", async () => {
    expect((await world.run([...WATCH, "--cursor", "[]"])).code).to.equal(2);
    const { code, stderr } = await world.run([...WATCH, "--cursor-file", world.folder]);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error File: .* can't be used as the file of a cursor\.\n {2}Details: EISDIR/);
  });
});
