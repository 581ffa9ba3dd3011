import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Interface, Wallet, formatEther } from "ethers";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import { ProviderRegistry__factory as ProviderRegistry } from "../../sdk/src/generated/contracts/index.js";
import type { Outcome } from "./support/command.js";
import { ADMIN_DELAY, DEPLOYER, DIRECTORY_DELAY, NETWORK, Trial, account } from "./support/trial.js";

/** Seven contracts and the hand-over. */
const TRANSACTIONS = 8;
const WALLET = new Interface(["function execute(address target, bytes[] calls)"]);
const MANAGER = new Interface(["function schedule(address target, bytes data, uint48 when)"]);

describe("npm run deploy, in earnest", function () {
  this.timeout(180_000);

  let trial: Trial;
  let scratch: string;

  beforeEach(async () => {
    trial = await Trial.start();
    scratch = mkdtempSync(join(tmpdir(), "consentry-scratch-"));
  });

  afterEach(async () => {
    await trial.close();
    rmSync(scratch, { recursive: true });
  });

  const expectSuccess = ({ code, stderr }: Outcome) => expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });

  const expectFailure = ({ code, stdout, stderr }: Outcome, sentence: RegExp) => {
    expect(stderr.trimEnd()).to.match(sentence).and.not.include("\n");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
  };

  const sent = () => trial.provider.getTransactionCount(DEPLOYER.address);

  /** Name, address, gas and cost of each step that a dry run tells. */
  const rowsOf = ({ stdout }: Outcome) =>
    [...stdout.matchAll(/^ {2}(\w+) +(0x\w{40})? +(?:(\d+) gas, ([\d.]+)|(done))$/gm)].map(([, ...row]) => row);

  describe("--dry-run", () => {
    it("tells addresses, gas and cost, sends and writes nothing, and is right", async () => {
      const height = await trial.provider.getBlockNumber();
      const outcome = await trial.deploy({}, "--dry-run");
      expectSuccess(outcome);
      expect(await trial.provider.getBlockNumber()).to.equal(height);
      expect(await sent()).to.equal(0);
      expect(readdirSync(trial.folder)).to.deep.equal([]);
      const rows = rowsOf(outcome);
      expect(rows.map(([name]) => name)).to.deep.equal([...CONTRACT_NAMES, "HandOver"]);
      const price = (await trial.provider.getFeeData()).gasPrice!;
      const total = rows.reduce((sum, [, , gas = ""]) => sum + BigInt(gas), 0n);
      for (const [, , gas = "", cost] of rows) expect(cost).to.equal(formatEther(BigInt(gas) * price));
      expect(outcome.stdout).to.include(`In all ${total} gas, ${formatEther(total * price)} at the present price`);

      expectSuccess(await trial.deploy());
      const { contracts, fromBlock } = trial.record();
      expect(rows.slice(0, -1).map(([, address]) => address)).to.deep.equal(
        Object.values(contracts).map(({ address }) => address),
      );
      const blocks = Array.from({ length: TRANSACTIONS }, (_, i) => trial.provider.getBlock(fromBlock + i));
      const used = (await Promise.all(blocks)).map((block) => String(block?.gasUsed));
      expect(rows.map(([, , gas]) => gas)).to.deep.equal(used);

      const after = await trial.deploy({}, "--dry-run");
      expect(rowsOf(after).map(([name, address, , , done]) => [name, address, done])).to.deep.equal(
        rows.map(([name, address]) => [name, address, "done"]),
      );
      expect(after.stdout).to.include("In all 0 gas, 0.0 at");
    });

    it("tells what the deployer lacks", async () => {
      await trial.node.rpc("anvil_setBalance", DEPLOYER.address, "0x1");
      const outcome = await trial.deploy({}, "--dry-run");
      expectSuccess(outcome);
      expect(outcome.stdout).to.match(/^That is more than the deployer has: send it 0\.0\d+ at least\.$/m);
    });

    it("tells the addresses of a chain in memory, too", async () => {
      const outcome = await trial.deploy({ CONSORTIUM: account(1).address }, "--network", "default", "--dry-run");
      expectSuccess(outcome);
      expect(outcome.stdout).to.match(/^Network default, chain 31337$/m);
      expect(rowsOf(outcome)).to.have.length(TRANSACTIONS);
    });
  });

  describe("a remote signer", () => {
    const remote = (more: Record<string, string> = {}) => ({
      DEPLOYER_KEY: "",
      DEPLOYER_ADDRESS: account(3).address,
      ...more,
    });

    it("pays for all and keeps nothing; this process has no key", async () => {
      expectSuccess(await trial.deploy(remote()));
      expect(trial.record().contracts.AccessManager.arguments).to.deep.equal([account(3).address]);
      expect(await trial.provider.getTransactionCount(account(3).address)).to.equal(TRANSACTIONS);
      expect(await sent()).to.equal(0);
      expectSuccess(await trial.verify(remote()));
      expectSuccess(await trial.deploy(remote()));
      expect(await trial.provider.getTransactionCount(account(3).address)).to.equal(TRANSACTIONS);
    });

    it("that does not hold the account is told", async () => {
      const stranger = Wallet.createRandom().address;
      expectFailure(
        await trial.deploy(remote({ DEPLOYER_ADDRESS: stranger })),
        new RegExp(`^The signer behind RPC_URL does not hold ${stranger}: unlock it there`),
      );
      expectFailure(
        await trial.deploy(remote({ DEPLOYER_ADDRESS: "0x12" })),
        /^DEPLOYER_ADDRESS is not an address: 0x12/,
      );
    });

    it("is not handed over to itself", async () => {
      expectFailure(
        await trial.deploy(remote({ CONSORTIUM: account(3).address })),
        /^CONSORTIUM is the deployer itself, which must keep nothing/,
      );
    });
  });

  describe("a raw key in a file", () => {
    const git = (...args: string[]) => execFileSync("git", args, { cwd: scratch, stdio: "ignore" });

    /** Deploys with the key in this file and nowhere else. */
    const deployWith = (file: string) => {
      const settings = trial.settings({ DOTENV_CONFIG_PATH: file, DOTENV_CONFIG_QUIET: "true" });
      Reflect.deleteProperty(settings, "DEPLOYER_KEY");
      return trial.deployWith(settings, "--dry-run");
    };

    it("is refused where git has the file or would take it, and used where git ignores it", async () => {
      const file = join(scratch, ".env");
      writeFileSync(file, `DEPLOYER_KEY=${DEPLOYER.privateKey}\n`);
      expectSuccess(await deployWith(file));
      git("init");
      expectFailure(await deployWith(file), /^DEPLOYER_KEY stands in .*\.env, which git commits: take it out/);
      writeFileSync(join(scratch, ".gitignore"), ".env\n");
      expectSuccess(await deployWith(file));
      git("add", "--force", ".env");
      expectFailure(await deployWith(file), /^DEPLOYER_KEY stands in .*\.env, which git commits: take it out/);
    });
  });

  describe("the consortium", () => {
    it("may not be a single key, unless that is meant", async () => {
      const CONSORTIUM = account(1).address;
      for (const args of [[], ["--dry-run"]]) {
        expectFailure(
          await trial.deploy({ CONSORTIUM }, ...args),
          /^CONSORTIUM is a single key.*ALLOW_SINGLE_KEY=true/,
        );
      }
      expect(await sent()).to.equal(0);
      expectSuccess(await trial.deploy({ CONSORTIUM, ALLOW_SINGLE_KEY: "true" }));
      const { code, stderr } = await trial.verify();
      expect(code).to.equal(1);
      expect(stderr).to.match(/^The consortium 0x\w{40} is a single key/);
      expectSuccess(await trial.verify({ ALLOW_SINGLE_KEY: "true" }));
    });

    it("that is a contract governs as soon as its delay is over", async () => {
      expectSuccess(await trial.deploy());
      const { AccessManager, ProviderRegistry: providers } = trial.record().contracts;
      const appoint = ProviderRegistry.createInterface().encodeFunctionData("appointAccreditor", [
        1,
        account(4).address,
      ]);
      const schedule = MANAGER.encodeFunctionData("schedule", [providers.address, appoint, 0]);
      const call = (target: string, data: string) =>
        trial.send(account(1).address, trial.consortium, WALLET.encodeFunctionData("execute", [target, [data]]));
      await call(AccessManager.address, schedule);
      const refusal = await call(providers.address, appoint).then(
        () => "none",
        (error: unknown) => String(error),
      );
      expect(refusal).to.match(/A transaction of 0x\w{40} failed/);
      await trial.wait(DIRECTORY_DELAY);
      await call(providers.address, appoint);
      const registry = ProviderRegistry.connect(providers.address, trial.provider);
      expect(await registry.accreditorOf(account(4).address)).to.equal(1n);
    });

    it("is recorded with its delays, and the record keeps what was noted there since", async () => {
      expectSuccess(await trial.deploy());
      const { governance, ...record } = trial.record();
      expect(governance).to.deep.equal({
        consortium: trial.consortium,
        reviewers: [account(2).address],
        directoryDelay: DIRECTORY_DELAY,
        adminDelay: ADMIN_DELAY,
      });
      const path = join(trial.folder, NETWORK, "deployment.json");
      const noted = { ...governance, reviewers: [account(5).address] };
      writeFileSync(path, JSON.stringify({ ...record, governance: noted }));
      expectSuccess(await trial.deploy());
      expect(trial.record().governance).to.deep.equal(noted);
      writeFileSync(path, JSON.stringify(record));
      expectSuccess(await trial.deploy());
      expect(trial.record().governance).to.deep.equal(governance);
    });
  });

  it("has one entry in the list of deployments, however often it is run", async () => {
    const path = join(trial.folder, "CHANGELOG.md");
    expectSuccess(await trial.deploy());
    const text = readFileSync(path, "utf8");
    expect(text).to.match(/^# Deployments, oldest first\n/);
    expect(text).to.match(/^## \d{4}-\d\d-\d\d: trial, chain 2026$/m);
    for (const [name, { address }] of Object.entries(trial.record().contracts)) {
      expect(text).to.include(`- ${name}: \`${address}\`\n`);
    }
    expectSuccess(await trial.deploy());
    expect(readFileSync(path, "utf8")).to.equal(text);
    execFileSync(join("node_modules", ".bin", "prettier"), ["--check", path]);
    rmSync(join(trial.folder, NETWORK), { recursive: true });
    expectSuccess(await trial.deploy());
    const both = readFileSync(path, "utf8");
    expect(both.startsWith(text)).to.equal(true);
    expect(both.match(/^## /gm)).to.have.length(2);
    expect(existsSync(join(trial.folder, NETWORK, "CHANGELOG.md"))).to.equal(false);
  });
});
