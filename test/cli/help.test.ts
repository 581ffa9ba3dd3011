import { governanceOf } from "@consentry/sdk/governance";
import { expect } from "chai";
import type { Outcome } from "./support/consentry.js";
import { run } from "./support/consentry.js";
import { address, keystoreOf, LABS, type Name, PASSWORD, startWorld, wallets, type World } from "./support/world.js";

const COMMANDS = ["", "deployments", "decide", "explain", "list", "history", "watch", "provider", "governance"];

/** What sends a transaction: what comes of it, and who signs. */
const WRITES: Record<string, [done: string, by: Name]> = {
  "provider register": ["ProviderRegistered", "accreditor"],
  "provider renew": ["ProviderRenewed", "accreditor"],
  "provider suspend": ["ProviderSuspended", "accreditor"],
  "provider revoke": ["ProviderRevoked", "accreditor"],
  "provider reinstate": ["ProviderReinstated", "consortium"],
  "provider set-member": ["MemberChanged", "clinic"],
  "provider remove-member": ["MemberChanged", "clinic"],
  "provider set-own-key": ["OwnKeySwitched", "member"],
  "provider restore-own-key": ["OwnKeySwitched", "consortium"],
  "provider set-entry": ["EntryChanged", "accreditor"],
  "provider set-capabilities": ["CapabilitiesChanged", "accreditor"],
  "provider set-emergency": ["CapabilitiesChanged", "consortium"],
  "provider set-identifier": ["IdentifierMoved", "accreditor"],
  "provider move-identifier": ["IdentifierMoved", "consortium"],
  "provider publish-credential": ["CredentialChanged", "accreditor"],
  "provider appoint-accreditor": ["AccreditorAppointed", "consortium"],
  "governance execute": ["OperationExecuted", "consortium"],
  "governance cancel": ["OperationCanceled", "consortium"],
  "governance grant-role": ["RoleGranted", "consortium"],
  "governance revoke-role": ["RoleRevoked", "consortium"],
};

/** The file of an example, by who signs. */
const KEYSTORES: Partial<Record<Name, string>> = { clinic: "organization", member: "manager" };

const HOUR = 3600;
const IDENTIFIER = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" };

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
  /** Where what the consortium does waits. */
  let slow: World;

  before(async () => {
    [world, slow] = [await startWorld(), await startWorld(HOUR)];
    await (await world.as("patient")).consents.grant({ ...LABS, grantee: address.clinic });
    for (const name of ["accreditor", "consortium", "clinic", "member"] as const) {
      for (const each of [world, slow]) each.write(`${KEYSTORES[name] ?? name}.json`, keystoreOf(name));
    }
  });
  after(async () => {
    await world.close();
    await slow.close();
  });

  const helpOf = async (command: string) => {
    const { code, stdout, stderr } = await run([...argumentsOf(command), "--help"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    return stdout;
  };

  /** Brings the clinic to where the command is of use. */
  const prepare = async (command: string) => {
    if (command === "provider register") return;
    const { providers } = await world.as("accreditor");
    const governance = governanceOf(await world.as("consortium"));
    const provider = address.clinic;
    const atClinic = (await world.as("clinic")).providers;
    const manager = { member: address.member, abilities: ["manage"], until: "until-revoked" } as const;
    await providers.register({
      ...{ provider, kind: "organization", name: "Clinic", until: "2098-12-31" },
      capabilities: ["contribute"],
    });
    const before: Record<string, () => Promise<unknown>> = {
      "provider reinstate": () => providers.suspend({ provider }),
      "provider remove-member": () => atClinic.setMember(manager),
      "provider set-own-key": () => atClinic.setMember(manager),
      "provider restore-own-key": async () => {
        await atClinic.setMember(manager);
        await governanceOf(await world.as("member")).setOwnKey({ organization: provider, off: true });
      },
      "provider move-identifier": async () =>
        governanceOf(await world.as("accreditor")).setIdentifier({ provider, identifier: IDENTIFIER }),
      "governance revoke-role": () =>
        governance.grantRole({ role: "reviewer", account: address.otherMember, delay: 0 }),
    };
    await before[command]?.();
  };

  /** Something that is announced, and can be done. */
  const announced = async (): Promise<string> => {
    const { setEmergency } = governanceOf(await slow.as("consortium"));
    const { id } = await setEmergency.announce({ provider: address.hospital, capable: true });
    await slow.pass(HOUR);
    return id;
  };

  /** Runs an example at a terminal; whoever sits there answers what is asked. */
  const at = async (own: World, args: string[], name: Name): Promise<Outcome> => {
    const env = { CONSENTRY_PRIVATE_KEY: wallets[name].privateKey };
    const { answer, outcome } = own.start(args, { terminal: true, env });
    if (args.includes("--keystore")) await answer("Password of ", `${PASSWORD}\r`);
    if (!args.includes("--yes")) await answer("Send this?", "y");
    return outcome;
  };

  it("names every command, and the exit codes in every help text", async () => {
    const help = await helpOf("");
    for (const command of COMMANDS) expect(help).to.include(`\n  ${command}`);
    for (const command of [...COMMANDS, "provider get", "governance announced", ...Object.keys(WRITES)]) {
      expect(await helpOf(command), command).to.match(/\nExit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
    }
  });

  for (const command of [
    "",
    "deployments",
    "decide",
    "explain",
    "list",
    "history",
    "provider get",
    "governance announced",
  ]) {
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

  for (const [command, [done, by]] of Object.entries(WRITES)) {
    it(`has examples that work: ${command}`, async () => {
      const examples = examplesIn(await helpOf(command));
      expect(examples).to.have.length.above(1);
      for (const example of examples) {
        const announces = example.includes("--announce");
        const own = announces || /execute|cancel/.test(command) ? slow : world;
        const snapshot = await own.rpc("evm_snapshot");
        try {
          if (own === world) await prepare(command);
          const id = announces || own === world ? "" : await announced();
          const args = example.map((each) => (each.startsWith("0x4bd62a2a") ? id : each));
          const { code, stdout, stderr } = await at(own, args, by);
          const types = /^Done +(.*)/.exec(stdout)?.[1]?.split(", ");
          expect({ code, types }, stderr).to.deep.include({ code: 0 });
          expect(types).to.include(announces ? "OperationScheduled" : done);
        } finally {
          await own.rpc("evm_revert", snapshot);
        }
      }
    });
  }

  it("is shown on stderr where a command is missing, with 2", async () => {
    for (const args of [[], ["provider"], ["governance"]]) {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.match(/^Usage: consentry/);
    }
    expect(await run(["help", "decide"])).to.deep.include({ code: 0, stdout: await helpOf("decide") });
    expect((await run(["--version"])).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});
