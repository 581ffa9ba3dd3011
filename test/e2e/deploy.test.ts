import { mkdtempSync, readFileSync, readdirSync, rmSync, appendFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { JsonRpcProvider, Wallet, getCreateAddress, id } from "ethers";
import hre from "hardhat";
import { deploySuite } from "../../scripts/deployment/deploy.js";
import type { DeploymentRecord } from "../../scripts/deployment/records.js";
import { settingsToTry } from "../../scripts/deployment/settings.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import {
  AccessManager__factory as AccessManager,
  AuditLog__factory as AuditLog,
  ConsentRegistry__factory as ConsentRegistry,
  ProviderRegistry__factory as ProviderRegistry,
  RecordRegistry__factory as RecordRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { type Outcome, type Run, start } from "./support/command.js";
import { type Moment, killAt, mineSoon } from "./support/kill.js";
import { type Node, startNode } from "./support/node.js";

// The first two accounts of every Hardhat chain.
const DEPLOYER = new Wallet("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const CONSORTIUM = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const NETWORK = "trial";

/** What each constructor is given; a name stands for that contract's address. */
const ARGUMENTS: Record<ContractName, unknown[]> = {
  AccessManager: [DEPLOYER.address],
  ProviderRegistry: ["AccessManager"],
  ConsentRegistry: ["ProviderRegistry", 14_400, 20, 86_400],
  RecordRegistry: ["ConsentRegistry"],
  AuditLog: ["RecordRegistry"],
  ERC7913WebAuthnVerifier: [],
  ERC7913P256Verifier: [],
};

/** How many transactions a deployment is made of: seven contracts and the hand-over. */
const TRANSACTIONS = 8;

/** At which transaction each run is killed, counted from what the one before it left; one that was not sent is counted again. */
const STOPS: Record<Moment, number[]> = {
  "not sent": [1, 2, 2, 2, 2, 2, 2, 2],
  "mined, unheard": [1, 1, 1, 1, 1, 1, 1, 1],
  "waiting, unheard": [1, 2, 5],
  "waiting, heard": [1, 2, 5],
};

describe("npm run deploy", function () {
  this.timeout(300_000);

  let node: Node;
  let folder: string;

  beforeEach(async () => {
    node = await startNode();
    folder = mkdtempSync(join(tmpdir(), "consentry-deploy-"));
  });

  afterEach(async () => {
    await node.close();
    rmSync(folder, { recursive: true });
  });

  const settings = (more: Record<string, string> = {}) => ({
    NETWORK_NAME: NETWORK,
    RPC_URL: node.url,
    CHAIN_ID: "31337",
    DEPLOYER_KEY: DEPLOYER.privateKey,
    CONSORTIUM,
    DEPLOYMENTS_DIR: folder,
    ...more,
  });

  const launch = (more: Record<string, string> = {}, args: string[] = []): Run =>
    start("deploy.ts", ["--network", NETWORK, ...args], settings(more));

  const deploy = (more?: Record<string, string>, args?: string[]): Promise<Outcome> => launch(more, args).outcome;

  const record = (): DeploymentRecord =>
    JSON.parse(readFileSync(join(folder, NETWORK, "deployment.json"), "utf8")) as DeploymentRecord;

  const sent = async () => Number(await node.ask<string>("eth_getTransactionCount", DEPLOYER.address, "pending"));

  const expectDeployed = async ({ code, stderr }: Outcome) => {
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
    const addresses = Object.values(record().contracts).map(({ address }) => address);
    expect(addresses).to.deep.equal(
      CONTRACT_NAMES.map((_, nonce) => getCreateAddress({ from: DEPLOYER.address, nonce })),
    );
    expect(await sent()).to.equal(TRANSACTIONS);
  };

  const expectFailure = ({ code, stdout, stderr }: Outcome, sentence: RegExp) => {
    expect(stderr.trimEnd()).to.match(sentence).and.not.include("\n");
    expect(stdout.trim()).to.equal("");
    expect(code).to.equal(1);
  };

  describe("an uninterrupted deployment", () => {
    beforeEach(async () => {
      await expectDeployed(await deploy());
    });

    it("records what the chain holds", async () => {
      const { network, chainId, fromBlock, commit, contracts } = record();
      expect({ network, chainId, fromBlock }).to.deep.equal({ network: NETWORK, chainId: 31337, fromBlock: 1 });
      if (existsSync(".git")) expect(commit).to.match(/^[0-9a-f]{40}(-changed)?$/);
      else expect(commit).to.equal(null);
      expect(Object.keys(contracts)).to.deep.equal(CONTRACT_NAMES);
      const isName = (arg: unknown): arg is ContractName => CONTRACT_NAMES.includes(arg as ContractName);
      const valueOf = (arg: unknown) => (isName(arg) ? contracts[arg].address : arg);
      for (const name of CONTRACT_NAMES) {
        const { address, transaction, block, arguments: args, abiHash } = contracts[name];
        const { abi } = await hre.artifacts.readArtifact(name);
        const receipt = await node.ask<Record<string, string>>("eth_getTransactionReceipt", transaction);
        expect(receipt).to.include({ from: DEPLOYER.address.toLowerCase(), contractAddress: address.toLowerCase() });
        expect(Number(receipt["blockNumber"])).to.equal(block);
        expect(await node.ask("eth_getCode", address, "latest")).to.have.length.above(1000);
        expect(args).to.deep.equal(ARGUMENTS[name].map(valueOf));
        expect(abiHash).to.equal(id(JSON.stringify(abi)));
      }
    });

    it("wires each contract to the one before it, and leaves the deployer nothing", async () => {
      const { contracts } = record();
      const runner = new JsonRpcProvider(node.url);
      const addressOf = (name: keyof typeof contracts) => contracts[name].address;
      const providers = ProviderRegistry.connect(addressOf("ProviderRegistry"), runner);
      const consents = ConsentRegistry.connect(addressOf("ConsentRegistry"), runner);
      const records = RecordRegistry.connect(addressOf("RecordRegistry"), runner);
      const audit = AuditLog.connect(addressOf("AuditLog"), runner);
      expect(await providers.authority()).to.equal(addressOf("AccessManager"));
      expect(await consents.providers()).to.equal(addressOf("ProviderRegistry"));
      expect(await records.consents()).to.equal(addressOf("ConsentRegistry"));
      expect(await audit.records()).to.equal(addressOf("RecordRegistry"));
      expect(await audit.authority()).to.equal(addressOf("AccessManager"));

      const manager = AccessManager.connect(addressOf("AccessManager"), runner);
      for (const role of [0, 1, 2]) {
        expect([...(await manager.hasRole(role, CONSORTIUM))]).to.deep.equal([true, 0n]);
        expect([...(await manager.hasRole(role, DEPLOYER.address))]).to.deep.equal([false, 0n]);
      }
      const granted = await manager.queryFilter(manager.filters.RoleGranted());
      expect(granted.map(({ args }) => [args.roleId, args.account])).to.deep.equal([
        [0n, DEPLOYER.address],
        [1n, CONSORTIUM],
        [2n, CONSORTIUM],
        [0n, CONSORTIUM],
      ]);
      runner.destroy();
    });

    it("is not repeated by a second run", async () => {
      const before = readFileSync(join(folder, NETWORK, "deployment.json"), "utf8");
      await expectDeployed(await deploy());
      expect(readFileSync(join(folder, NETWORK, "deployment.json"), "utf8")).to.equal(before);
      expect(Number(await node.ask("eth_blockNumber"))).to.equal(TRANSACTIONS);
    });

    for (const [what, more] of [
      ["another consortium", { CONSORTIUM: Wallet.createRandom().address }],
      ["another delay", { DIRECTORY_DELAY: "60" }],
      ["another window of break-glass", { EMERGENCY_WINDOW: "60" }],
    ] as const) {
      it(`is not mixed with ${what}`, async () => {
        expectFailure(await deploy(more), /^The contracts or the settings have changed/);
        expect(await sent()).to.equal(TRANSACTIONS);
      });
    }

    it("is refused from the moment at which the deployer holds a role again", async () => {
      await node.ask("hardhat_impersonateAccount", CONSORTIUM);
      const manager = AccessManager.createInterface();
      const data = manager.encodeFunctionData("grantRole", [2, DEPLOYER.address, 0]);
      const to = record().contracts.AccessManager.address;
      await node.ask("eth_sendTransaction", { from: CONSORTIUM, to, data });
      expectFailure(await deploy(), /^The deployer 0x\w+ holds the role 2 of the AccessManager/);
    });

    it("is not taken for that of a chain that was restarted, until it is reset", async () => {
      await node.close();
      node = await startNode();
      expectFailure(await deploy(), /trial records contracts that this chain does not have.*--reset/);
      expect(await sent()).to.equal(0);
      await expectDeployed(await deploy({}, ["--reset"]));
    });

    it("keeps a second network from claiming the same chain", async () => {
      expectFailure(
        await start("deploy.ts", ["--network", "other"], settings({ NETWORK_NAME: "other" })).outcome,
        /^The networks trial and other both stand for chain 31337/,
      );
    });
  });

  describe("a deployment that is killed", () => {
    const kill = (moment: Moment, count: number) => killAt(node, (url) => launch({ RPC_URL: url }), moment, count);

    for (const [moment, counts] of Object.entries(STOPS) as [Moment, number[]][]) {
      const every = counts.length === TRANSACTIONS ? "each of its transactions" : "its first, its third and its last";
      it(`continues when it is killed at ${every}, ${moment}`, async () => {
        for (const count of counts) {
          await kill(moment, count);
          expect(existsSync(join(folder, NETWORK, "deployment.json"))).to.equal(false);
          if (moment.startsWith("waiting")) await mineSoon(node);
        }
        await expectDeployed(await deploy());
      });
    }

    it("does not continue if the deployer's key made something else of its time", async () => {
      await kill("mined, unheard", 5);
      const manager = AccessManager.createInterface();
      const data = manager.encodeFunctionData("grantRole", [2, Wallet.createRandom().address, 0]);
      const to = getCreateAddress({ from: DEPLOYER.address, nonce: 0 });
      await node.ask("eth_sendTransaction", { from: DEPLOYER.address, to, data });
      expectFailure(await deploy(), /^Something else was sent from the deployer's account/);
      expect(existsSync(join(folder, NETWORK, "deployment.json"))).to.equal(false);
    });

    it("tells by a dry run what is done and what is left", async () => {
      await kill("mined, unheard", 3);
      const { code, stdout } = await deploy({}, ["--dry-run"]);
      expect(code).to.equal(0);
      const rows = [...stdout.matchAll(/^ {2}(\w+) .* {2}(?:\d+ gas|(done))/gm)].map(([, name, done]) => [name, done]);
      expect(rows).to.deep.equal([...CONTRACT_NAMES, "HandOver"].map((name, i) => [name, i < 3 ? "done" : undefined]));
      expect(await sent()).to.equal(3);
      await expectDeployed(await deploy());
      const addresses = [...stdout.matchAll(/^ {2}\w+ +(0x\w{40})/gm)].map(([, address]) => address);
      expect(addresses).to.deep.equal(Object.values(record().contracts).map(({ address }) => address));
    });

    it("continues when the journal's last line was cut off", async () => {
      await kill("mined, unheard", 3);
      appendFileSync(join(folder, NETWORK, "journal.jsonl"), '\n{"type":"TRANSACTION_SE');
      await expectDeployed(await deploy());
    });

    it("does not continue on a chain that was restarted", async () => {
      await kill("mined, unheard", 3);
      await node.close();
      node = await startNode();
      expectFailure(await deploy(), /--reset/);
    });
  });

  describe("what is refused, in one sentence", () => {
    const REFUSALS: [what: string, sentence: RegExp, settings: Record<string, string>, args?: string[]][] = [
      ["no address of a node", /^RPC_URL is not set/, { RPC_URL: "" }],
      ["no node", /^No node answers at RPC_URL/, { RPC_URL: "http://127.0.0.1:9" }],
      ["no key", /^DEPLOYER_KEY is not set/, { DEPLOYER_KEY: "" }],
      ["a key that is none", /^DEPLOYER_KEY is not a private key/, { DEPLOYER_KEY: "0x12" }],
      ["no chain id", /^CHAIN_ID is not set/, { CHAIN_ID: "" }],
      ["a chain id that is none", /^CHAIN_ID is not a number/, { CHAIN_ID: "mainnet" }],
      ["another chain", /^The node is on another chain than CHAIN_ID says/, { CHAIN_ID: "5" }],
      ["no consortium", /^CONSORTIUM is not set/, { CONSORTIUM: "" }],
      ["a consortium that is no address", /^CONSORTIUM is not an address: 0x12/, { CONSORTIUM: "0x12" }],
      ["the zero address", /^CONSORTIUM is not an address/, { CONSORTIUM: `0x${"0".repeat(40)}` }],
      ["the deployer as consortium", /^CONSORTIUM is the deployer itself/, { CONSORTIUM: DEPLOYER.address }],
      ["a reviewer that is no address", /^REVIEWERS is not an address: 0x12/, { REVIEWERS: `${CONSORTIUM}, 0x12` }],
      ["the deployer as reviewer", /^REVIEWERS is the deployer itself/, { REVIEWERS: DEPLOYER.address }],
      ["a delay that is no number", /^DIRECTORY_DELAY is not a whole number from 0/, { DIRECTORY_DELAY: "1 day" }],
      ["a delay that is too long", /^ADMIN_DELAY is not a whole number .*4294967296/, { ADMIN_DELAY: "4294967296" }],
      ["a window that is none", /^EMERGENCY_WINDOW is not a whole number from 1/, { EMERGENCY_WINDOW: "0" }],
      ["a window that is too long", /^EMERGENCY_WINDOW is longer/, { EMERGENCY_WINDOW: "4294967295" }, ["--dry-run"]],
      ["a deployer without funds", /^The deployer cannot pay for gas/, { DEPLOYER_KEY: id("somebody") }],
      ["a network's name that is taken", /^NETWORK_NAME must not be/, { NETWORK_NAME: "localhost" }],
      ["an unknown option", /^Unknown option '--force'.*Usage/, {}, ["--force"]],
      ["a dry run that resets", /^--dry-run changes nothing, --reset does/, {}, ["--dry-run", "--reset"]],
      ["two signers", /^DEPLOYER_KEY and DEPLOYER_ADDRESS are both set/, { DEPLOYER_ADDRESS: DEPLOYER.address }],
    ];

    for (const [what, sentence, more, args] of REFUSALS) {
      it(what, async () => {
        expectFailure(await deploy(more, args), sentence);
        expect(await sent()).to.equal(0);
      });
    }

    it("an unknown network", async () => {
      const { outcome } = start("deploy.ts", ["--network", "nowhere"], settings());
      expectFailure(await outcome, /^There is no network nowhere: use .*trial.*localhost/);
    });

    it("--reset on a chain that is not for development", async () => {
      await node.close();
      node = await startNode({ chainId: 2026 });
      expectFailure(
        await deploy({ CHAIN_ID: "2026", ALLOW_SINGLE_KEY: "true" }, ["--reset"]),
        /^--reset is for development chains only/,
      );
    });
  });
});

describe("deploySuite", () => {
  it("deploys into a chain in this process and writes nothing", async () => {
    const before = readdirSync("deployments");
    const connection = await hre.network.create("default");
    const { network, chainId, fromBlock, contracts } = await deploySuite(connection, {
      settings: settingsToTry(CONSORTIUM),
    });
    expect({ network, chainId, fromBlock }).to.deep.equal({ network: "default", chainId: 31337, fromBlock: 1 });
    const manager = await connection.ethers.getContractAt("AccessManager", contracts.AccessManager.address);
    expect((await manager.hasRole(0, CONSORTIUM)).isMember).to.equal(true);
    expect(Object.values(contracts).map(({ block }) => block)).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    expect(readdirSync("deployments")).to.deep.equal(before);
    await connection.close();
  });
});
