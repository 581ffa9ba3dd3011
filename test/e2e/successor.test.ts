import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { Interface, formatEther, getCreateAddress, id, parseEther } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { EthereumProvider } from "hardhat/types/providers";
import solc from "solc";
import { Chain } from "../../scripts/deployment/chain.js";
import { type DeploymentRecord, readRecords } from "../../scripts/deployment/records.js";
import { inspect } from "../../scripts/verification/inspect.js";
import { readOthers } from "../../scripts/verification/record.js";
import type { Submission } from "../../scripts/verification/standardJson.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import {
  AuditLog__factory as AuditLog,
  ConsentRegistrySuccessor__factory as ConsentRegistrySuccessor,
  RecordRegistry__factory as RecordRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { type Outcome, start } from "./support/command.js";
import { type Moment, killAt, mineSoon } from "./support/kill.js";
import { type Node, startNode } from "./support/node.js";
import { ADMIN_DELAY, CHAIN_ID, DEPLOYER, NETWORK, Trial, account } from "./support/trial.js";

const NEXT = "trial-2";
/** Another account than the one that deployed what is before. */
const OTHER = account(6);
const STRANGER = account(5).address;
const RENEWED: ContractName[] = ["ConsentRegistry", "RecordRegistry", "AuditLog"];
const KEPT = CONTRACT_NAMES.filter((name) => !RENEWED.includes(name));
const WALLET = new Interface(["function execute(address target, bytes[] calls)"]);

const expectSuccess = ({ code, stderr }: Outcome) => expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });

const expectFailure = ({ code, stdout, stderr }: Outcome, sentence: RegExp) => {
  expect(stderr.trimEnd()).to.match(sentence).and.not.include("\n");
  expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
};

const recordIn = (folder: string, network: string): DeploymentRecord =>
  JSON.parse(readFileSync(join(folder, network, "deployment.json"), "utf8")) as DeploymentRecord;

describe("npm run deploy, after another deployment", function () {
  this.timeout(300_000);

  let trial: Trial;

  /** What .env says of a deployment that comes after another. */
  const settings = (more: Record<string, string> = {}) =>
    trial.settings({
      ...{ NETWORK_NAME: NEXT, PREDECESSOR: NETWORK, DEPLOYER_KEY: OTHER.privateKey, CONSORTIUM: "", REVIEWERS: "" },
      ...more,
    });

  const run = (script: string, network: string, more: Record<string, string> = {}, ...args: string[]) =>
    start(script, ["--network", network, ...args], settings({ NETWORK_NAME: network, ...more })).outcome;

  const deploy = (more: Record<string, string> = {}, ...args: string[]) => run("deploy.ts", NEXT, more, ...args);

  const verify = (network: string, ...args: string[]) =>
    run("verify.ts", network, { DEPLOYER_KEY: "", PREDECESSOR: "" }, ...args);

  const sent = (address: string) => trial.provider.getTransactionCount(address);

  describe("in earnest", () => {
    let connection: NetworkConnection;
    let dry: Outcome;
    let deployed: Outcome;
    let first: DeploymentRecord;
    let record: DeploymentRecord;
    let snapshot: unknown;
    /** What the consortium has to send, as it was printed. */
    let printed: Record<string, string>;

    before(async () => {
      trial = await Trial.start();
      expectSuccess(await trial.deploy());
      const burst = { EMERGENCY_BURST: "7" };
      dry = await deploy(burst, "--dry-run");
      expectSuccess(dry);
      expect(await sent(OTHER.address)).to.equal(0);
      deployed = await deploy(burst);
      expectSuccess(deployed);
      const lines = [...deployed.stdout.matchAll(/^ {2}(\w+) +(0x\w+)$/gm)];
      printed = Object.fromEntries(lines.map(([, name, value]) => [name!, value!]));
      connection = await hre.network.create({ network: "localhost", override: { url: trial.node.url } });
    });

    after(async () => {
      await trial.close();
      await connection.close();
    });

    beforeEach(async () => {
      first = recordIn(trial.folder, NETWORK);
      record = recordIn(trial.folder, NEXT);
      snapshot = await trial.node.rpc("evm_snapshot");
    });

    afterEach(() => trial.node.rpc("evm_revert", snapshot));

    const addressOf = (name: ContractName) => record.contracts[name].address;

    /** The consortium, a contract, sends what was printed. */
    const send = (data: string | undefined) =>
      trial.send(
        account(1).address,
        trial.consortium,
        WALLET.encodeFunctionData("execute", [printed["target"], [data]]),
      );

    const open = async () => {
      await send(printed["schedule"]);
      await trial.wait(ADMIN_DELAY);
      await send(printed["execute"]);
    };

    it("deploys three contracts, each with the one before it, and records the rest as it was recorded before", async () => {
      const { commit, contracts, governance, ...place } = record;
      expect(place).to.deep.equal({
        network: NEXT,
        chainId: CHAIN_ID,
        fromBlock: first.fromBlock,
        predecessor: first.contracts.ConsentRegistry.address,
      });
      expect(commit).to.equal(first.commit);
      expect(governance).to.deep.equal(first.governance);
      expect(Object.keys(contracts)).to.deep.equal(CONTRACT_NAMES);
      for (const name of KEPT) expect(contracts[name]).to.deep.equal(first.contracts[name]);
      const { ConsentRegistry, RecordRegistry: records } = contracts;
      const given: Partial<Record<ContractName, unknown[]>> = {
        ConsentRegistry: [record.predecessor, addressOf("ProviderRegistry"), 14_400, 7, 86_400],
        RecordRegistry: [ConsentRegistry.address],
        AuditLog: [records.address],
      };
      for (const [nonce, name] of RENEWED.entries()) {
        const { abi } = await hre.artifacts.readArtifact(nonce === 0 ? "ConsentRegistrySuccessor" : name);
        const { transaction, block, ...rest } = contracts[name];
        const address = getCreateAddress({ from: OTHER.address, nonce });
        expect(rest).to.deep.equal({ address, arguments: given[name], abiHash: id(JSON.stringify(abi)) });
        const receipt = await trial.provider.getTransactionReceipt(transaction!);
        expect(receipt).to.include({ from: OTHER.address, contractAddress: address, blockNumber: block });
      }
      expect(await sent(OTHER.address)).to.equal(RENEWED.length);
    });

    it("wires them to each other, to the directory and to the registry before", async () => {
      const consents = ConsentRegistrySuccessor.connect(addressOf("ConsentRegistry"), trial.provider);
      const records = RecordRegistry.connect(addressOf("RecordRegistry"), trial.provider);
      const audit = AuditLog.connect(addressOf("AuditLog"), trial.provider);
      expect(await consents.predecessor()).to.equal(first.contracts.ConsentRegistry.address);
      expect(await consents.providers()).to.equal(first.contracts.ProviderRegistry.address);
      expect(await records.consents()).to.equal(addressOf("ConsentRegistry"));
      expect(await audit.records()).to.equal(addressOf("RecordRegistry"));
      expect(await audit.authority()).to.equal(first.contracts.AccessManager.address);
    });

    it("was told by the dry run, addresses, gas and cost, and is told as done afterwards", async () => {
      const rowsOf = ({ stdout }: Outcome) =>
        [...stdout.matchAll(/^ {2}(\w+) +(0x\w{40}) +(?:(\d+) gas, ([\d.]+)|(done))$/gm)].map(([, ...row]) => row);
      const rows = rowsOf(dry);
      expect(rows.map(([name, address]) => [name, address])).to.deep.equal(
        RENEWED.map((name) => [name, addressOf(name)]),
      );
      const receipts = RENEWED.map((name) => trial.provider.getTransactionReceipt(record.contracts[name].transaction!));
      const used = (await Promise.all(receipts)).map((receipt) => receipt!.gasUsed);
      expect(rows.map(([, , gas]) => gas)).to.deep.equal(used.map(String));
      const total = used.reduce((sum, gas) => sum + gas, 0n);
      const cost = rows.reduce((sum, [, , , each]) => sum + parseEther(each!), 0n);
      expect(dry.stdout).to.include(`In all ${total} gas, ${formatEther(cost)} at the present price`);
      const again = await deploy({ EMERGENCY_BURST: "7" }, "--dry-run");
      expect(rowsOf(again).map(([name, address, , , done]) => [name, address, done])).to.deep.equal(
        RENEWED.map((name) => [name, addressOf(name), "done"]),
      );
    });

    it("is not repeated by a second run, which prints the same, and has one entry in the list", async () => {
      const before = JSON.stringify(record);
      const again = await deploy({ EMERGENCY_BURST: "7" });
      expect(again).to.deep.equal(deployed);
      expect(await sent(OTHER.address)).to.equal(RENEWED.length);
      expect(JSON.stringify(recordIn(trial.folder, NEXT))).to.equal(before);
      const [, one, other, ...none] = readFileSync(join(trial.folder, "CHANGELOG.md"), "utf8").split(/^## /m);
      expect(none).to.deep.equal([]);
      expect(one)
        .to.match(/: trial, chain 2026\n/)
        .and.to.not.include("Comes after");
      expect(other).to.match(/: trial-2, chain 2026\n/);
      expect(other).to.include(`- Comes after: trial \`${first.contracts.ConsentRegistry.address}\`\n`);
      expect(other).to.include(`- First block: ${record.contracts.ConsentRegistry.block}\n`);
      for (const name of CONTRACT_NAMES) expect(other).to.include(`- ${name}: \`${addressOf(name)}\`\n`);
    });

    it("is not mixed with other settings, nor taken for a chain's first deployment", async () => {
      expectFailure(await deploy({ EMERGENCY_BURST: "8" }), /^The contracts or the settings have changed/);
      expectFailure(
        await deploy({ PREDECESSOR: "", CONSORTIUM: trial.consortium, REVIEWERS: account(2).address }),
        /^The contracts or the settings have changed/,
      );
      expect(await sent(OTHER.address)).to.equal(RENEWED.length);
    });

    it("lacks one decision of the consortium, which is printed, and is verified once that is done", async () => {
      const missing =
        /^AuditLog\.review is for no reviewer yet: have the consortium send what `npm run deploy` prints .*, setTargetFunctionRole\(0x\w{40}, \[0x\w{8}\], 2\) to the AccessManager at 0x\w{40}\.$/;
      expectFailure(await verify(NEXT), missing);
      expectSuccess(await verify(NETWORK));
      expect(printed["target"]).to.equal(addressOf("AccessManager"));
      const refused = await send(printed["calldata"]).catch(String);
      expect(refused).to.match(/A transaction of 0x\w{40} failed/);
      await send(printed["schedule"]);
      await trial.wait(ADMIN_DELAY - 60);
      expect(await send(printed["execute"]).catch(String)).to.match(/failed/);
      await trial.wait(60);
      await send(printed["execute"]);

      const outcome = await verify(NEXT);
      expectSuccess(outcome);
      expect(outcome.stdout).to.include("all is as deployment.json and this repository say");
      expect(outcome.stdout).to.include(`Comes after the ConsentRegistry at ${record.predecessor}: verify that`);
      // What comes after it is nothing that the one before has to explain.
      expectSuccess(await verify(NETWORK));
      const again = await deploy({ EMERGENCY_BURST: "7" });
      expectSuccess(again);
      expect(again.stdout).to.not.include("Reviewers can't");
    });

    it("can be decided without announcing where nothing waits", async () => {
      const to = addressOf("AccessManager");
      await trial.govern("grantRole", [0, trial.consortium, 0]);
      await trial.wait(ADMIN_DELAY);
      const { stdout } = await deploy({ EMERGENCY_BURST: "7" });
      const [, calldata] = /^ {2}calldata {2}(0x\w+)$/m.exec(stdout)!;
      expect(stdout).to.not.match(/^ {2}(schedule|execute) /m);
      await trial.send(trial.consortium, to, calldata!);
      const again = await deploy({ EMERGENCY_BURST: "7" });
      expect(again.stdout).to.not.include("Reviewers can't");
    });

    it("is what explorers are given, which compiles to what is on the chain", async () => {
      await open();
      const folder = join(trial.folder, "standard-json");
      expectSuccess(await verify(NEXT, "--standard-json", folder));
      const text = readFileSync(join(folder, "contracts.json"), "utf8");
      const submissions = JSON.parse(text) as Record<ContractName, Submission>;
      expect(Object.keys(submissions)).to.deep.equal(CONTRACT_NAMES);
      const { input, contract, constructorArguments, transaction } = submissions.ConsentRegistry;
      const [source = "", name = ""] = contract.split(":");
      expect(name).to.equal("ConsentRegistrySuccessor");
      const output = (solc.compile as (input: string) => string)(readFileSync(join(folder, input), "utf8"));
      const { contracts } = JSON.parse(output) as {
        contracts: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
      };
      const bytecode = contracts[source]?.[name]?.evm.bytecode.object ?? "";
      const created = await trial.provider.getTransaction(transaction ?? "");
      expect(`0x${bytecode}${constructorArguments}` === created?.data).to.equal(true);
    });

    it("is looked at by npm run status", async () => {
      const { stdout } = await run("status.ts", NEXT, { DEPLOYER_KEY: "" });
      expect(stdout).to.match(/AuditLog\.review is for no reviewer yet/);
      await open();
      const after = await run("status.ts", NEXT, { DEPLOYER_KEY: "" });
      expect(after.stdout).to.match(/deployment +as recorded, and as this repository builds/);
      const before = await run("status.ts", NETWORK, { DEPLOYER_KEY: "" });
      expect(before.stdout).to.match(/deployment +as recorded, and as this repository builds/);
    });

    describe("is verified, which tells", () => {
      beforeEach(open);

      const found = async (provider: Pick<EthereumProvider, "request"> = connection.provider) =>
        (await inspect(new Chain(provider), record, readOthers(trial.folder, record))).map(({ sentence }) => sentence);

      const expectFound = async (...patterns: RegExp[]) => {
        const sentences = await found();
        expect(sentences).to.have.length(patterns.length, sentences.join("\n"));
        for (const pattern of patterns) {
          expect(sentences.some((each) => pattern.test(each))).to.equal(true, sentences.join("\n"));
        }
        for (const sentence of sentences) expect(sentence).to.match(/^[^\n]+: [^\n]+\.$/);
      };

      const setCode = (code: string) => trial.node.rpc("anvil_setCode", addressOf("ConsentRegistry"), code);
      const codeOf = (address: string) => trial.provider.getCode(address);

      it("nothing if all is in order", () => expectFound());

      it("a predecessor of which there is no record", async () => {
        record.predecessor = STRANGER;
        await expectFound(/^deployment\.json says that it comes after the ConsentRegistry at 0x\w{40}, but no record/);
        expect(await inspect(new Chain(connection.provider), recordIn(trial.folder, NEXT))).to.have.length(1);
      });

      it("another predecessor, whose record is there", async () => {
        const address = STRANGER;
        const forged = { ...first, network: "forged" };
        forged.contracts = { ...first.contracts, ConsentRegistry: { ...first.contracts.ConsentRegistry, address } };
        record.predecessor = address;
        const findings = await inspect(new Chain(connection.provider), record, [forged]);
        const sentences = findings.map(({ sentence }) => sentence).join("\n");
        expect(sentences).to.match(/^deployment\.json says that ConsentRegistry was given \(0x\w{40}, .*\), where a/m);
      });

      it("no predecessor, where there is one", async () => {
        Reflect.deleteProperty(record, "predecessor");
        const sentences = (await found()).join("\n");
        expect(sentences).to.match(/^deployment\.json says that ConsentRegistry was given/m);
        expect(sentences).to.match(/^The ABI of ConsentRegistry is not the one/m);
        expect(sentences).to.match(/^ConsentRegistry at 0x\w{40} can't come of the deployer/m);
      });

      it("the code of another registry", async () => {
        await setCode(await codeOf(first.contracts.ConsentRegistry.address));
        await expectFound(/^The code of ConsentRegistry at 0x\w{40} is not what this repository builds: /);
      });

      it("a registry that comes after another one than is recorded", async () => {
        const [known, other] = [record.predecessor!, STRANGER].map((each) => each.slice(2).toLowerCase());
        const code = await codeOf(addressOf("ConsentRegistry"));
        expect(code).to.include(known);
        await setCode(code.replaceAll(known!, other!));
        await expectFound(
          /^ConsentRegistry at 0x\w{40} was constructed with other values than deployment.json tells: /,
        );
      });

      it("a node that answers of another predecessor than the code holds", async () => {
        const selector = id("predecessor()").slice(0, 10);
        const request = async (call: Parameters<EthereumProvider["request"]>[0]): Promise<unknown> => {
          const [{ data = "" } = {}] = (call.params ?? []) as { data?: string }[];
          const asks = call.method === "eth_call" && data.startsWith(selector);
          return asks ? `0x${STRANGER.slice(2).padStart(64, "0")}` : connection.provider.request(call);
        };
        const sentences = await found({ request });
        expect(sentences).to.have.length(1);
        expect(sentences[0]).to.match(
          /^ConsentRegistry\.predecessor is 0x\w{40}, not 0x\w{40}, which deployment\.json/,
        );
      });

      it("other arguments than the transaction carried", async () => {
        const [predecessor, providers] = record.contracts.ConsentRegistry.arguments as string[];
        Object.assign(record.contracts.ConsentRegistry, { arguments: [predecessor, providers, 14_400, 8, 86_400] });
        await expectFound(
          /^The constructor of ConsentRegistry was given .* 7, 86400\), deployment.json says .* 8, 86400\): /,
        );
      });

      it("a contract of the one before that is recorded with another address", async () => {
        record.contracts.ProviderRegistry.address = first.contracts.RecordRegistry.address;
        const sentences = (await found()).join("\n");
        expect(sentences).to.match(/^ProviderRegistry at 0x\w{40} can't come of the deployer/m);
      });

      it("a role that its deployer holds", async () => {
        await trial.govern("grantRole", [2, OTHER.address, 0]);
        await expectFound(
          new RegExp(`^The deployer ${OTHER.address} holds REVIEWER \\(2\\), where it should hold nothing: `),
        );
      });

      it("functions of the audit logs, of either deployment, that belong to another role", async () => {
        const review = id("review(bytes32,uint8,bytes32)").slice(0, 10);
        const old = first.contracts.AuditLog.address;
        await trial.govern("setTargetFunctionRole", [addressOf("AuditLog"), [review], 2n ** 64n - 1n]);
        await trial.govern("setTargetFunctionRole", [old, [review], 1]);
        await expectFound(
          /^AuditLog\.review is for everybody instead of REVIEWER \(2\): /,
          /^AuditLog of trial\.review is for DIRECTORY \(1\) instead of REVIEWER \(2\): /,
        );
      });
    });

    it("can have one after it, from any account, and then nothing else comes after the one before", async () => {
      const third = { NETWORK_NAME: "another", PREDECESSOR: NEXT, DEPLOYER_KEY: DEPLOYER.privateKey };
      try {
        expectSuccess(await run("deploy.ts", "another", third));
        expect(readRecords(trial.folder).map(({ network }) => network)).to.deep.equal([NETWORK, NEXT, "another"]);
        const last = recordIn(trial.folder, "another");
        expect(last.predecessor).to.equal(addressOf("ConsentRegistry"));
        for (const name of KEPT) expect(last.contracts[name]).to.deep.equal(first.contracts[name]);
        expectFailure(await verify("another"), /^AuditLog\.review is for no reviewer yet: /);
        await open();
        for (const network of [NETWORK, NEXT]) expectSuccess(await verify(network));
        expectFailure(
          await run("deploy.ts", "fourth", { PREDECESSOR: NETWORK }),
          /^PREDECESSOR is trial, after which trial-2 comes already: set it to another, the chain's last deployment\.$/,
        );
        // A deployment in the middle can still be run again.
        expectSuccess(await deploy({ EMERGENCY_BURST: "7" }));
      } finally {
        rmSync(join(trial.folder, "another"), { recursive: true });
      }
    });
  });

  describe("what is refused, in one sentence, before anything is sent", () => {
    before(async () => {
      trial = await Trial.start();
      expectSuccess(await trial.deploy());
    });

    after(() => trial.close());

    const refused = async (pattern: RegExp, more: Record<string, string> = {}) => {
      expectFailure(await deploy(more), pattern);
      expect(await sent(OTHER.address)).to.equal(0);
    };

    const REFUSALS: [what: string, sentence: RegExp, more: Record<string, string>][] = [
      [
        "what is not recorded",
        /^PREDECESSOR is nothing, but .*nothing.deployment\.json does not exist/,
        { PREDECESSOR: "nothing" },
      ],
      ["itself", /^PREDECESSOR is trial-2, the name of the new one: /, { PREDECESSOR: NEXT }],
      [
        "nothing named",
        /^The networks trial and trial-2 both stand for chain 2026, and neither .* PREDECESSOR\.$/,
        { PREDECESSOR: "", CONSORTIUM: STRANGER, ALLOW_SINGLE_KEY: "true" },
      ],
      ["another consortium", /^CONSORTIUM is not what the record of trial says, 0x\w{40}, /, { CONSORTIUM: STRANGER }],
      ["another reviewer", /^REVIEWERS is not what the record of trial says, 0x\w{40}, /, { REVIEWERS: STRANGER }],
      ["another delay", /^DIRECTORY_DELAY is not what the record of trial says, 86400, /, { DIRECTORY_DELAY: "0" }],
      ["another delay of roles", /^ADMIN_DELAY is not what the record of trial says, 259200, /, { ADMIN_DELAY: "60" }],
      ["a delay that is none", /^ADMIN_DELAY is not a whole number/, { ADMIN_DELAY: "soon" }],
      ["a reviewer who deploys", /^The deployer governs or reviews trial: /, { DEPLOYER_KEY: account(2).privateKey }],
      ["--reset in earnest", /^--reset is for development chains only/, { reset: "true" }],
    ];

    for (const [what, sentence, { reset, ...more }] of REFUSALS) {
      it(what, async () => {
        if (reset === undefined) await refused(sentence, more);
        else expectFailure(await deploy(more, "--reset"), sentence);
      });
    }

    it("settings that say the same, which are not refused", async () => {
      const { governance } = trial.record();
      const same = {
        CONSORTIUM: governance.consortium.toLowerCase(),
        REVIEWERS: governance.reviewers.join(","),
        DIRECTORY_DELAY: "86400",
        ADMIN_DELAY: "259200",
      };
      expectSuccess(await deploy(same, "--dry-run"));
      expect(await sent(OTHER.address)).to.equal(0);
    });

    it("a deployment on another chain", async () => {
      const path = join(trial.folder, "elsewhere", "deployment.json");
      mkdirSync(dirname(path));
      writeFileSync(path, JSON.stringify({ ...trial.record(), network: "elsewhere", chainId: 5 }));
      await refused(/^PREDECESSOR is elsewhere, which is on chain 5, and the node is on chain 2026: /, {
        PREDECESSOR: "elsewhere",
      });
      rmSync(dirname(path), { recursive: true });
    });

    it("a deployment whose contracts are not there", async () => {
      const { address } = trial.record().contracts.ERC7913P256Verifier;
      const code = await trial.provider.getCode(address);
      await trial.node.rpc("anvil_setCode", address, "0x");
      await refused(/^There is no contract at 0x\w{40}, where ERC7913P256Verifier of trial should be: /);
      await trial.node.rpc("anvil_setCode", address, code);
    });

    it("a predecessor is nothing to a chain in memory", async () => {
      const more = { CONSORTIUM: account(1).address, PREDECESSOR: "nothing" };
      expectSuccess(await start("deploy.ts", ["--dry-run"], settings(more)).outcome);
    });
  });

  describe("that is killed", () => {
    let node: Node;
    let folder: string;

    beforeEach(async () => {
      node = await startNode();
      folder = mkdtempSync(join(tmpdir(), "consentry-successor-"));
      expectSuccess(await launch(NETWORK, node.url, { DEPLOYER_KEY: DEPLOYER.privateKey }).outcome);
    });

    afterEach(async () => {
      await node.close();
      rmSync(folder, { recursive: true });
    });

    const launch = (network: string, url: string, more: Record<string, string>) =>
      start("deploy.ts", ["--network", network], {
        NETWORK_NAME: network,
        RPC_URL: url,
        CHAIN_ID: "31337",
        CONSORTIUM: account(1).address,
        DEPLOYMENTS_DIR: folder,
        ...more,
      });

    const next = (url: string) => launch(NEXT, url, { PREDECESSOR: NETWORK, DEPLOYER_KEY: OTHER.privateKey });

    const STOPS: Record<Moment, number[]> = {
      "not sent": [1, 2, 2],
      "mined, unheard": [1, 1, 1],
      "waiting, unheard": [1, 2],
      "waiting, heard": [1, 2],
    };

    for (const [moment, counts] of Object.entries(STOPS) as [Moment, number[]][]) {
      it(`continues, ${moment}`, async () => {
        for (const count of counts) {
          await killAt(node, next, moment, count);
          expect(() => recordIn(folder, NEXT)).to.throw(/ENOENT/);
          if (moment.startsWith("waiting")) await mineSoon(node);
        }
        expectSuccess(await next(node.url).outcome);
        const { contracts } = recordIn(folder, NEXT);
        expect(RENEWED.map((name) => contracts[name].address)).to.deep.equal(
          RENEWED.map((_, nonce) => getCreateAddress({ from: OTHER.address, nonce })),
        );
        const count = await node.ask("eth_getTransactionCount", OTHER.address, "pending");
        expect(Number(count)).to.equal(RENEWED.length);
      });
    }
  });
});
