import { expect } from "chai";
import type { Outcome } from "./support/consentry.js";
import { run } from "./support/consentry.js";
import { address, keystoreOf, LABS, PASSWORD, startWorld, wallets, type World } from "./support/world.js";

const COMMANDS = ["", "deployments", "decide", "explain", "list", "history", "watch", "provider"];
const WRITES = ["provider register", "provider suspend", "provider reinstate"];

/** The arguments of a command as a shell takes them apart. */
function argumentsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

/** The commands that a help text shows as examples. */
function examplesIn(help: string): string[][] {
  const [, section = ""] = help.split("\nExamples:\n");
  return [...section.matchAll(/^ {2}\$ consentry (.*)$/gm)].map(([, line]) => argumentsOf(line!));
}

describe("consentry --help", function () {
  this.timeout(120_000);

  let world: World;

  before(async () => {
    world = await startWorld();
    await (await world.as("patient")).consents.grant({ ...LABS, grantee: address.clinic });
    for (const name of ["accreditor", "consortium"] as const) world.write(`${name}.json`, keystoreOf(name));
  });
  after(() => world.close());

  const helpOf = async (command: string) => {
    const { code, stdout, stderr } = await run([...argumentsOf(command), "--help"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    return stdout;
  };

  /** Brings the clinic to where the command is of use. */
  const prepare = async (command: string) => {
    if (command === "provider register") return;
    const { providers } = await world.as("accreditor");
    await providers.register({ provider: address.clinic, kind: "organization", name: "Clinic", until: "2098-12-31" });
    if (command === "provider reinstate") await providers.suspend({ provider: address.clinic });
  };

  /** Runs an example at a terminal; whoever sits there answers what is asked. */
  const at = async (args: string[]): Promise<Outcome> => {
    const name = args[1] === "reinstate" ? "consortium" : "accreditor";
    const env = { CONSENTRY_PRIVATE_KEY: wallets[name].privateKey };
    const { answer, outcome } = world.start(args, { terminal: true, env });
    if (args.includes("--keystore")) await answer("Password of ", `${PASSWORD}\r`);
    if (!args.includes("--yes")) await answer("Send this?", "y");
    return outcome;
  };

  it("names every command, and the exit codes in every help text", async () => {
    const help = await helpOf("");
    for (const command of COMMANDS) expect(help).to.include(`\n  ${command}`);
    for (const command of [...COMMANDS, "provider get", ...WRITES]) {
      expect(await helpOf(command), command).to.match(/\nExit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
    }
  });

  for (const command of ["", "deployments", "decide", "explain", "list", "history", "provider get"]) {
    it(`has examples that work: ${command}`, async () => {
      const examples = examplesIn(await helpOf(command));
      expect(examples).to.have.length.above(1);
      for (const example of examples) {
        const args = example.map((each) => each.replace("http://127.0.0.1:8545", world.url));
        const { code, stdout, stderr } = await world.run(args);
        expect(stderr).to.equal("");
        expect(code, args.join(" ")).to.be.oneOf(command === "decide" ? [0, 3] : [0]);
        if (args.includes("--json")) expect(JSON.parse(stdout)).to.be.an("object");
      }
    });
  }

  it("has examples that work: watch", async () => {
    const examples = examplesIn(await helpOf("watch"));
    expect(examples).to.have.length.above(1);
    for (const example of examples) {
      const { child, printed, outcome } = world.start([...example, "--from-block", "0", "--interval", "50"]);
      await printed("stdout", "ConsentGranted");
      child.kill("SIGINT");
      expect((await outcome).code).to.equal(0);
    }
  });

  for (const command of WRITES) {
    it(`has examples that work: ${command}`, async () => {
      const examples = examplesIn(await helpOf(command));
      expect(examples).to.have.length.above(1);
      for (const example of examples) {
        const snapshot = await world.rpc("evm_snapshot");
        await prepare(command);
        const { code, stdout, stderr } = await at(example);
        expect({ code, done: /^Done +(\w+)/.exec(stdout)?.[1] }, stderr).to.deep.equal({
          code: 0,
          done: { register: "ProviderRegistered", suspend: "ProviderSuspended", reinstate: "ProviderReinstated" }[
            example[1]!
          ],
        });
        await world.rpc("evm_revert", snapshot);
      }
    });
  }

  it("is shown on stderr where a command is missing, with 2", async () => {
    for (const args of [[], ["provider"]]) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.match(/^Usage: consentry/);
    }
    expect(await run(["help", "decide"])).to.deep.include({ code: 0, stdout: await helpOf("decide") });
    expect((await run(["--version"])).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});
