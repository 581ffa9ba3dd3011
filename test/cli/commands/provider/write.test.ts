import { expect } from "chai";
import { address, keystoreOf, PASSWORD, startWorld, wallets, type World } from "../../support/world.js";
import type { Settings } from "../../support/consentry.js";

const { clinic } = address;
const REGISTER = [
  "provider",
  "register",
  clinic,
  "--kind",
  "organization",
  "--name",
  "Clinic",
  "--until",
  "2098-12-31",
];
const SUSPEND = ["provider", "suspend", clinic];

/** The environment with the key of somebody. */
function key(name: "accreditor" | "consortium" | "patient"): Settings {
  return { env: { CONSENTRY_PRIVATE_KEY: wallets[name].privateKey } };
}

describe("consentry provider register, suspend and reinstate", function () {
  this.timeout(60_000);

  let world: World;

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const standing = async () => (await world.json("provider", "get", clinic))["standing"];
  const sent = async (name: "accreditor" | "patient") => {
    return Number(await world.rpc("eth_getTransactionCount", address[name], "latest"));
  };

  it("sends with --yes, shows what it sent, and prints the receipt", async () => {
    const options = [
      "--capabilities",
      "contribute",
      "--endpoint",
      "https://fhir.example/r4",
      "--time-zone",
      "Europe/Berlin",
    ];
    const { code, stdout, stderr } = await world.run([...REGISTER, ...options, "--yes"], key("accreditor"));
    expect(code).to.equal(0);
    expect(stderr).to.match(/^Action +Register a provider\n/);
    for (const shown of [clinic, "2098-12-31", "test, chain 31337", address.accreditor, "(ProviderRegistry)"]) {
      expect(stderr).to.include(shown);
    }
    expect(stdout).to.match(/^Done +ProviderRegistered\nTransaction +0x[0-9a-f]{64}\nBlock +\d+\n.*\nGas +\d+\n$/);
    expect(await world.json("provider", "get", clinic)).to.deep.include({
      standing: "active",
      name: "Clinic",
      capabilities: ["contribute"],
      endpoint: "https://fhir.example/r4",
      until: "2098-12-31T23:00:00.000Z",
    });
  });

  it("prints one JSON document, with gas as a string, and nothing else", async () => {
    const { code, stdout, stderr } = await world.run([...REGISTER, "--yes", "--json"], key("accreditor"));
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const result = JSON.parse(stdout) as { gasUsed: string; events: { type: string; provider: string }[] };
    expect(result.gasUsed).to.match(/^\d+$/);
    expect(result.events[0]).to.include({ type: "ProviderRegistered", provider: clinic });
  });

  it("suspends and reinstates", async () => {
    await world.run([...REGISTER, "--yes"], key("accreditor"));
    expect((await world.run([...SUSPEND, "--yes"], key("accreditor"))).stdout).to.match(/^Done +ProviderSuspended\n/);
    expect(await standing()).to.equal("suspended");
    const { stdout } = await world.run(["provider", "reinstate", clinic, "--yes"], key("consortium"));
    expect(stdout).to.match(/^Done +ProviderReinstated\n/);
    expect(await standing()).to.equal("active");
  });

  it("takes the key of .env", async () => {
    const path = world.write("key.env", `CONSENTRY_PRIVATE_KEY=${wallets.accreditor.privateKey}\n`);
    const { code } = await world.run([...REGISTER, "--yes"], { env: { DOTENV_CONFIG_PATH: path } });
    expect(code).to.equal(0);
  });

  describe("sends nothing", () => {
    it("without a terminal and without --yes", async () => {
      const { code, stdout, stderr } = await world.run(REGISTER, key("accreditor"));
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.match(/^error Usage: There is no terminal to ask for confirmation at\.\n {2}Hint: .*--yes\.\n/);
    });

    it("without a key, or with one that is none, which is not shown", async () => {
      const none = await world.run([...REGISTER, "--yes"]);
      expect(none.code).to.equal(1);
      expect(none.stderr).to.match(/^error Key: There is no key to sign with\.\n {2}Hint: .*--keystore/);
      const secret = `${wallets.accreditor.privateKey}00`;
      const broken = await world.run([...REGISTER, "--yes", "--verbose"], { env: { CONSENTRY_PRIVATE_KEY: secret } });
      expect(broken.code).to.equal(1);
      expect(broken.stderr).to.match(/^error Key: CONSENTRY_PRIVATE_KEY is not a private key\./);
      expect(broken.stderr).to.not.include(secret.slice(2, 20));
    });

    it("that the contract refuses: its error, with the code of the contract", async () => {
      const { code, stdout, stderr } = await world.run([...REGISTER, "--yes", "--json"], key("patient"));
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      const { error } = JSON.parse(stderr) as { error: Record<string, unknown> };
      expect(error).to.include({ code: "NotAccreditor", docs: "docs/errors.md#notaccreditor" });
      expect(error["message"]).to.be.a("string");
      expect(await sent("patient")).to.equal(0);
    });

    it("for a kind, a name, an end, a capability or an endpoint that is none", async () => {
      const before = await sent("accreditor");
      for (const [option, value] of [
        ["--kind", "hospital"],
        ["--name", " "],
        ["--until", "tomorrow"],
        ["--capabilities", "emergency"],
        ["--endpoint", "ftp://example"],
        ["--time-zone", "Mars"],
      ] as const) {
        const args = REGISTER.map((each, i) => (REGISTER[i - 1] === option ? value : each));
        const { code, stdout } = await world.run(
          [...args, ...(args.includes(option) ? [] : [option, value]), "--yes"],
          key("accreditor"),
        );
        expect({ code, stdout }, option).to.deep.equal(
          option === "--capabilities" ? { code: 1, stdout: "" } : { code: 2, stdout: "" },
        );
      }
      expect(await sent("accreditor")).to.equal(before);
    });
  });

  describe("at a terminal", () => {
    it("sends once it is confirmed with y", async () => {
      const { answer, outcome } = world.start(REGISTER, { ...key("accreditor"), terminal: true });
      await answer("Send this?", "y");
      const { code, stdout } = await outcome;
      expect(code).to.equal(0);
      expect(stdout).to.include("ProviderRegistered");
    });

    for (const [what, keys] of [
      ["Enter alone", "\r"],
      ["n", "n"],
      ["Ctrl-C", "\u0003"],
    ] as const) {
      it(`sends nothing after ${what}`, async () => {
        const before = await sent("accreditor");
        const { answer, outcome } = world.start(REGISTER, { ...key("accreditor"), terminal: true });
        await answer("Send this?", keys);
        const { code, stdout, stderr } = await outcome;
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
        expect(stderr).to.include("NotConfirmed");
        expect(await sent("accreditor")).to.equal(before);
      });
    }

    it("sends nothing if the terminal goes away", async () => {
      const before = await sent("accreditor");
      const { child, printed, outcome } = world.start(REGISTER, { ...key("accreditor"), terminal: true });
      await printed("stderr", "Send this?");
      child.stdin!.end();
      expect((await outcome).code).to.equal(1);
      expect(await sent("accreditor")).to.equal(before);
    });

    it("opens a keystore with a password, which is not shown", async () => {
      const keystore = world.write("key.json", keystoreOf("accreditor"));
      const { answer, outcome } = world.start([...REGISTER, "--keystore", keystore], { terminal: true });
      await answer("Password of ", `${PASSWORD}\r`);
      await answer("Send this?", "y");
      const { code, stderr } = await outcome;
      expect(code).to.equal(0);
      expect(stderr)
        .to.not.include(PASSWORD)
        .and.to.not.match(/[▪•*]{3}/);
      expect(await standing()).to.equal("active");
    });

    it("says that the password is wrong, or that the file is no keystore", async () => {
      const keystore = world.write("key.json", keystoreOf("accreditor"));
      const { answer, outcome } = world.start([...SUSPEND, "--keystore", keystore], { terminal: true });
      await answer("Password of ", "wrong horse\r");
      const { code, stderr } = await outcome;
      expect(code).to.equal(1);
      expect(stderr).to.include("The password does not open the keystore.").and.to.not.include("wrong horse");

      const none = await world.run([...SUSPEND, "--keystore", world.write("none.json", "{}")], { terminal: true });
      expect(none.code).to.equal(1);
      expect(none.stderr).to.include("none.json can't be used as an encrypted JSON keystore.");
    });

    it("asks for a password nowhere else, even with --yes", async () => {
      const keystore = world.write("key.json", keystoreOf("accreditor"));
      const { code, stderr } = await world.run([...SUSPEND, "--keystore", keystore, "--yes"]);
      expect(code).to.equal(2);
      expect(stderr).to.include("There is no terminal to ask for the password at.");
    });
  });
});
