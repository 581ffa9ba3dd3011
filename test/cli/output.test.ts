import { expect } from "chai";
import { type Outcome, run } from "./support/consentry.js";
import { limited } from "./support/limited.js";
import { address, LABS, startWorld, wallets, type World } from "./support/world.js";

const { patient, clinic } = address;
const QUESTION = ["decide", "--patient", patient, "--grantee", clinic, "--categories", "LABS", "--purpose", "TREAT"];
const ESCAPE = "\u001b[";

describe("what consentry prints", function () {
  this.timeout(60_000);

  let world: World;

  before(async () => {
    world = await startWorld();
    const { consents } = await world.as("patient");
    for (let i = 0; i < 3; i++) await consents.grant({ ...LABS, grantee: clinic });
  });
  after(() => world.close());

  describe("an error", () => {
    it("as lines with code, message, hint and docs, without a trace", async () => {
      const { stderr } = await world.run([...QUESTION, "--purpose", "TREATT"]);
      expect(stderr).to.match(
        /^error UnknownCode: Unknown purpose .*\n {2}Hint: Did you mean TREAT.*\n {2}Docs: docs\/errors.md#unknowncode\n$/,
      );
    });

    it("as one line of JSON with --json, also of the command line itself", async () => {
      for (const [args, code] of [
        [[...QUESTION, "--purpose", "TREATT", "--json"], "UnknownCode"],
        [["decide", "--json"], "Usage"],
        [["decide", "--nonsense", "--json"], "Usage"],
        [["--json"], "Usage"],
        [["provider", "--json"], "Usage"],
      ] as const) {
        const outcome: Outcome = await world.run(args);
        expect(outcome).to.include({ code: 2, stdout: "" });
        expect(outcome.stderr.trimEnd()).to.not.include("\n");
        const { error } = JSON.parse(outcome.stderr) as { error: Record<string, string> };
        expect(error).to.include({ code, docs: `docs/errors.md#${code.toLowerCase()}` });
        expect(error).to.have.property("message").that.matches(/[.?]$/);
      }
    });

    it("with its trace if --verbose is given, but never with the node's URL", async () => {
      const rpc = "http://user:secret@127.0.0.1:9/v3/secret-key";
      for (const more of [["--verbose"], ["--verbose", "--json"], ["--json"], []]) {
        const { code, stderr } = await world.run([...QUESTION, "--rpc", rpc, ...more]);
        expect(code).to.equal(1);
        expect(/ at .*\.js:\d+/.test(stderr)).to.equal(more.includes("--verbose"));
        expect(stderr).to.not.include("secret");
      }
    });

    it("without what steers a terminal", async () => {
      const { stderr } = await world.run([...QUESTION, "--at", "\u001b[2J"]);
      expect(stderr).to.not.include("\u001b");
      expect(stderr).to.include("\\u{1b}[2J");
    });
  });

  describe("colours", () => {
    it("are for terminals, and for whoever forces them", async () => {
      expect((await world.run(QUESTION)).stdout).to.not.include(ESCAPE);
      expect((await world.run(QUESTION, { env: { FORCE_COLOR: "1" } })).stdout).to.include(ESCAPE);
      const { stderr } = await world.run(["decid"], { terminal: true });
      expect(stderr).to.include(ESCAPE);
    });

    it("are left out with --no-color and with NO_COLOR", async () => {
      const forced = await world.run([...QUESTION, "--no-color"], { env: { FORCE_COLOR: "1" } });
      expect(forced.stdout).to.not.include(ESCAPE);
      expect(forced.stderr).to.equal("");
      const { stderr } = await world.run(["decid"], { terminal: true, env: { NO_COLOR: "1" } });
      expect(stderr).to.match(/^error Usage: /);
    });

    it("are never in JSON", async () => {
      const { stdout } = await world.run([...QUESTION, "--json"], { env: { FORCE_COLOR: "1" } });
      expect(stdout).to.not.include(ESCAPE);
    });
  });

  describe("progress", () => {
    const HISTORY = ["history", "--patient", patient];

    it("is shown at a terminal while there is more to read, on stderr, and taken away", async () => {
      const { url, close } = await limited(world.url, 100);
      const { code, stdout, stderr } = await world.run([...HISTORY, "--rpc", url], { terminal: true });
      await close();
      expect(code).to.equal(0);
      expect(stderr).to.include("Reading the chain");
      expect(stdout).to.include("ConsentGranted").and.to.not.include("Reading the chain");
    });

    it("is not shown elsewhere", async () => {
      const { url, close } = await limited(world.url);
      expect((await world.run([...HISTORY, "--rpc", url])).stderr).to.equal("");
      await close();
    });

    it("interrupted does not look like success", async () => {
      const { url, close } = await limited(world.url, 200);
      for (const stop of ["key", "signal"]) {
        const { child, answer, printed, outcome } = world.start([...HISTORY, "--rpc", url], { terminal: true });
        if (stop === "key") await answer("Reading the chain", "\u0003");
        else await printed("stderr", "Reading the chain").then(() => child.kill("SIGINT"));
        const { code, stdout } = await outcome;
        expect({ code, stdout }, stop).to.deep.equal({ code: 130, stdout: "" });
      }
      await close();
    });
  });

  it("has no secrets where a key signs", async () => {
    const env = { CONSENTRY_PRIVATE_KEY: wallets.patient.privateKey };
    const args = ["provider", "suspend", address.hospital, "--yes", "--verbose"];
    const { code, stdout, stderr } = await world.run(args, { env });
    expect(code).to.equal(1);
    expect(stdout + stderr).to.not.include(wallets.patient.privateKey.slice(2));
    expect((await run([])).code).to.equal(2);
  });
});
