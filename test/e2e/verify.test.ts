import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Interface, concat, id } from "ethers";
import hre from "hardhat";
import type { EthereumProvider } from "hardhat/types/providers";
import type { NetworkConnection } from "hardhat/types/network";
import solc from "solc";
import { Chain } from "../../scripts/deployment/chain.js";
import type { DeploymentRecord } from "../../scripts/deployment/records.js";
import { inspect } from "../../scripts/verification/inspect.js";
import type { Submission } from "../../scripts/verification/standardJson.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import { ADMIN_DELAY, DEPLOYER, DIRECTORY_DELAY, NETWORK, Trial, account } from "./support/trial.js";

const [DIRECTORY, REVIEWER] = [1, 2];
const STRANGER = account(5).address;
const SUSPEND = id("suspend(address)").slice(0, 10);

describe("npm run verify", function () {
  this.timeout(300_000);

  let trial: Trial;
  let connection: NetworkConnection;
  let record: DeploymentRecord;
  let snapshot: unknown;

  before(async () => {
    trial = await Trial.start();
    const { code, stderr } = await trial.deploy();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    connection = await hre.network.create({ network: "localhost", override: { url: trial.node.url } });
  });

  after(async () => {
    await connection.close();
    await trial.close();
  });

  beforeEach(async () => {
    record = trial.record();
    snapshot = await trial.node.rpc("evm_snapshot");
  });

  afterEach(async () => {
    await trial.node.rpc("evm_revert", snapshot);
    Reflect.deleteProperty(process.env, "ALLOW_SINGLE_KEY");
  });

  const addressOf = (name: ContractName) => record.contracts[name].address;

  const found = async (provider: Pick<EthereumProvider, "request"> = connection.provider) =>
    (await inspect(new Chain(provider), record)).map(({ sentence }) => sentence);

  /** So many sentences as there are patterns, one for each. */
  const expectFound = async (...patterns: RegExp[]) => {
    const sentences = await found();
    expect(sentences).to.have.length(patterns.length, sentences.join("\n"));
    patterns.forEach((pattern) =>
      expect(sentences.some((each) => pattern.test(each))).to.equal(true, sentences.join("\n")),
    );
    for (const sentence of sentences) expect(sentence).to.match(/^[^\n]+: [^\n]+\.$/);
  };

  const setCode = (name: ContractName, code: string) => trial.node.rpc("anvil_setCode", addressOf(name), code);
  const codeOf = (name: ContractName) => trial.provider.getCode(addressOf(name));

  describe("the command", () => {
    it("finds nothing wrong after a deployment, and needs neither key nor journal nor settings", async () => {
      rmSync(join(trial.folder, NETWORK, "journal.jsonl"));
      const { code, stdout, stderr } = await trial.verify();
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout).to.include("all is as deployment.json and this repository say");
      expect(stdout).to.include(
        `Governed by ${trial.consortium}: the directory after ${DIRECTORY_DELAY} s, roles after ${ADMIN_DELAY} s.`,
      );
    });

    it("tells each finding in a line, and ends with exit code 1", async () => {
      await trial.govern("grantRole", [REVIEWER, DEPLOYER.address, 0]);
      await trial.govern("revokeRole", [REVIEWER, account(2).address]);
      const { code, stdout, stderr } = await trial.verify();
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      const lines = stderr.trimEnd().split("\n").sort();
      expect(lines).to.have.length(2);
      expect(lines[0]).to.match(
        /^0x\w{40} does not hold REVIEWER \(2\), as it should: have an administrator grant it\.$/,
      );
      expect(lines[1]).to.match(/^The deployer 0x\w{40} holds REVIEWER \(2\), where it should hold nothing: /);
    });

    it("refuses what it can't go by, in one sentence", async () => {
      const refused = async (pattern: RegExp, more: Record<string, string>, ...args: string[]) => {
        const { code, stdout, stderr } = await trial.verify(more, ...args);
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
        expect(stderr.trimEnd()).to.match(pattern).and.not.include("\n");
      };
      const folder = mkdtempSync(join(tmpdir(), "consentry-empty-"));
      await refused(/^There is no .*deployment\.json: deploy first/, { DEPLOYMENTS_DIR: folder });
      await refused(/^Unknown option '--force'.*Usage/, {}, "--force");
      await refused(/^The node is on another chain than CHAIN_ID says/, { CHAIN_ID: "5" });
      rmSync(folder, { recursive: true });
      const path = join(trial.folder, NETWORK, "deployment.json");
      const text = readFileSync(path, "utf8");
      try {
        writeFileSync(path, JSON.stringify({ ...record, governance: undefined }));
        await refused(/does not say who governs .*: run `npm run deploy` again/, {});
        writeFileSync(path, "{}");
        await refused(/is no record of a deployment: take it as the deployment wrote it/, {});
      } finally {
        writeFileSync(path, text);
      }
    });

    it("writes what Blockscout and Sourcify are given, which compiles to what is on the chain", async () => {
      const folder = join(trial.folder, "standard-json");
      const { code, stderr } = await trial.verify({}, "--standard-json", folder);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      const text = readFileSync(join(folder, "contracts.json"), "utf8");
      const submissions = JSON.parse(text) as Record<ContractName, Submission>;
      expect(Object.keys(submissions)).to.deep.equal(CONTRACT_NAMES);
      for (const name of CONTRACT_NAMES) {
        const { address, input, contract, compiler, constructorArguments, transaction } = submissions[name];
        expect(address).to.equal(addressOf(name));
        expect(compiler).to.equal(`v${(solc.version as () => string)().replace(/\.Emscripten.*/, "")}`);
        const [source = "", ...rest] = contract.split(":");
        const output = (solc.compile as (input: string) => string)(readFileSync(join(folder, input), "utf8"));
        const { contracts } = JSON.parse(output) as Record<string, Record<string, Record<string, Compiled>>>;
        const bytecode = contracts?.[source]?.[rest.join(":")]?.evm.bytecode.object ?? "";
        const sent = await trial.provider.getTransaction(transaction ?? "");
        expect(`0x${bytecode}${constructorArguments}` === sent?.data).to.equal(true, name);
      }
    });
  });

  describe("tells of the contracts", () => {
    it("another code at an address", async () => {
      await setCode("RecordRegistry", await codeOf("AuditLog"));
      await expectFound(
        /^The code of RecordRegistry at 0x\w{40} is not what this repository builds: check out commit /,
      );
    });

    it("a value of the constructor that is another in the code", async () => {
      const [known, other] = [addressOf("ConsentRegistry"), STRANGER].map((each) => each.slice(2).toLowerCase());
      await setCode("RecordRegistry", (await codeOf("RecordRegistry")).replaceAll(known!, other!));
      await expectFound(/^RecordRegistry at 0x\w{40} was constructed with other values than deployment.json tells: /);
    });

    it("no code", async () => {
      await setCode("ERC7913P256Verifier", "0x");
      await expectFound(/^There is no contract at 0x\w{40}, where ERC7913P256Verifier should be: /);
    });

    it("more code than a chain takes, and none that is", async () => {
      await setCode("AuditLog", `0x${"00".repeat(24_577)}`);
      await expectFound(/^The code of AuditLog/, /^AuditLog has 24577 bytes, more than 24576, /);
    });

    it("an AccessManager that is another one, whatever it says", async () => {
      await setCode("AccessManager", "0x00");
      await expectFound(/^The code of AccessManager at 0x\w{40} is not what this repository builds: /);
    });

    it("a contract that was given another one than the one before it", async () => {
      const { abi, bytecode } = await hre.artifacts.readArtifact("RecordRegistry");
      const twin = await deployTwin("ConsentRegistry", [addressOf("ProviderRegistry"), 14_400, 20, 86_400]);
      const data = bytecode + new Interface(abi).encodeDeploy([twin]).slice(2);
      const { contractAddress, hash, blockNumber } = await trial.send(DEPLOYER.address, null, data);
      const { arguments: given } = record.contracts.RecordRegistry;
      const { abiHash } = record.contracts.RecordRegistry;
      const stray = {
        address: contractAddress!,
        arguments: given!,
        transaction: hash,
        block: blockNumber,
        abiHash: abiHash!,
      };
      record.contracts.RecordRegistry = stray;
      await expectFound(
        /^RecordRegistry at 0x\w{40} can't come of the deployer, the order and the arguments/,
        /^The constructor of RecordRegistry was given \(0x\w{40}\), deployment.json says \(0x\w{40}\): /,
        /^deployment.json says that AuditLog was given \(0x\w{40}\), where a deployment gives \(0x\w{40}\): /,
      );
    });

    it("another AccessManager over one of them", async () => {
      await trial.govern("updateAuthority", [addressOf("ProviderRegistry"), addressOf("AuditLog")]);
      await expectFound(/^ProviderRegistry.authority is 0x\w{40}, not AccessManager at 0x\w{40}: /);
    });
  });

  async function deployTwin(name: ContractName, args: unknown[]): Promise<string> {
    const { abi, bytecode } = await hre.artifacts.readArtifact(name);
    const { contractAddress } = await trial.send(
      STRANGER,
      null,
      bytecode + new Interface(abi).encodeDeploy(args).slice(2),
    );
    return contractAddress!;
  }

  describe("tells of the record", () => {
    const forge = (name: ContractName, change: Partial<DeploymentRecord["contracts"][ContractName]>) =>
      Object.assign(record.contracts[name], change);

    it("a wrong argument of a constructor", async () => {
      forge("ConsentRegistry", { arguments: [addressOf("ProviderRegistry"), 60, 20, 86_400] });
      await expectFound(
        /^ConsentRegistry at 0x\w{40} was constructed with other values than deployment.json tells: /,
        /^The constructor of ConsentRegistry was given \(0x\w{40}, 14400, 20, 86400\), deployment.json says \(0x\w{40}, 60, 20, 86400\): /,
      );
    });

    it("an argument that no code shows", async () => {
      forge("ConsentRegistry", { arguments: [addressOf("ProviderRegistry"), 14_400, 21, 86_400] });
      await expectFound(
        /^The constructor of ConsentRegistry was given .* 20, 86400\), deployment.json says .* 21, 86400\): /,
      );
    });

    it("arguments that no constructor takes", async () => {
      forge("ConsentRegistry", { arguments: [addressOf("ProviderRegistry"), 0, 0, 0] });
      const sentences = await found();
      expect(sentences).to.have.length(CONTRACT_NAMES.length + 1);
      expect(sentences[0]).to.match(/^AccessManager at 0x\w{40} can't come of the deployer/);
    });

    it("another deployer", async () => {
      forge("AccessManager", { arguments: [STRANGER] });
      const sentences = await found();
      expect(sentences.filter((each) => each.includes("can't come of the deployer"))).to.have.length(
        CONTRACT_NAMES.length,
      );
      expect(sentences.filter((each) => /^\w+ was created by 0x\w{40}, not by the deployer/.test(each))).to.have.length(
        CONTRACT_NAMES.length,
      );
    });

    it("another ABI", async () => {
      forge("AuditLog", { abiHash: id("another") });
      await expectFound(/^The ABI of AuditLog is not the one that deployment.json has the hash of: check out commit /);
    });

    it("a transaction that made another contract, and one that the node does not know", async () => {
      const { transaction } = record.contracts.AuditLog;
      forge("ProviderRegistry", { transaction: transaction! });
      forge("AuditLog", { transaction: id("nowhere") });
      await expectFound(
        /^The transaction 0x\w{64} did not create ProviderRegistry at 0x\w{40} in block \d+: /,
        /^The node does not show the transaction 0x\w{64} that created AuditLog: /,
      );
    });

    it("no transaction, without which nothing of the AccessManager counts", async () => {
      Reflect.deleteProperty(record.contracts.AccessManager, "transaction");
      await trial.node.rpc("anvil_setCode", trial.consortium, "0x");
      await expectFound(/^deployment.json does not tell which transaction created AccessManager: /);
    });

    it("another block", async () => {
      forge("AuditLog", { block: 1 });
      await expectFound(/^The transaction 0x\w{64} did not create AuditLog at 0x\w{40} in block 1: /);
    });

    it("another chain, and nothing else", async () => {
      record.chainId = 5;
      await expectFound(/^The node is on chain 2026, the deployment on 5: /);
    });
  });

  describe("tells of who governs", () => {
    it("a role that the deployer holds", async () => {
      await trial.govern("grantRole", [DIRECTORY, DEPLOYER.address, 60]);
      await expectFound(/^The deployer 0x\w{40} holds DIRECTORY \(1\), where it should hold nothing: /);
    });

    it("a role that somebody holds whom the record does not name", async () => {
      await trial.govern("grantRole", [0, STRANGER, 0]);
      await expectFound(
        /^0x\w{40} holds ADMIN \(0\), which deployment.json does not tell: have the consortium revoke it/,
      );
    });

    it("nothing once the record names a reviewer that was added", async () => {
      await trial.govern("grantRole", [REVIEWER, STRANGER, 0]);
      record.governance.reviewers = [...record.governance.reviewers, STRANGER];
      await expectFound();
    });

    it("nothing once another consortium has taken over, and the record says so", async () => {
      const other = await deployTwin("AccessManager", [STRANGER]);
      await trial.govern("grantRole", [0, other, ADMIN_DELAY]);
      await trial.govern("grantRole", [DIRECTORY, other, DIRECTORY_DELAY]);
      const former = trial.consortium;
      record.governance = { ...record.governance, consortium: other, former: [former] };
      const sentences = await found();
      expect(sentences).to.have.length(2);
      for (const each of sentences)
        expect(each).to.match(new RegExp(`^${former} holds .* have the consortium revoke it`));
      for (const role of [DIRECTORY, 0]) await trial.govern("revokeRole", [role, former], other);
      await expectFound();
    });

    it("a role that begins later", async () => {
      await trial.govern("setGrantDelay", [REVIEWER, 9 * ADMIN_DELAY]);
      await trial.wait(3 * ADMIN_DELAY);
      record.governance.reviewers = [...record.governance.reviewers, STRANGER];
      await trial.govern("grantRole", [REVIEWER, STRANGER, 0]);
      await expectFound(
        /^REVIEWER \(2\) begins 2332800 s after it was granted, instead of at once: /,
        /^0x\w{40} holds REVIEWER \(2\) only from 2\d{3}-\d\d-\d\dT.*Z on: verify again after that\.$/,
      );
    });

    it("a wrong delay, before and after it begins", async () => {
      await trial.govern("grantRole", [DIRECTORY, trial.consortium, 60]);
      await expectFound(/^The delay with which 0x\w{40} holds DIRECTORY \(1\) becomes 60 s at 2.*Z: /);
      await trial.wait(DIRECTORY_DELAY);
      await expectFound(/^0x\w{40} holds DIRECTORY \(1\) with a delay of 60 s instead of 86400 s: /);
    });

    it("an administrator without a delay", async () => {
      await trial.govern("grantRole", [0, trial.consortium, 0]);
      await trial.wait(ADMIN_DELAY);
      await expectFound(/^0x\w{40} holds ADMIN \(0\) with a delay of 0 s instead of 259200 s: /);
    });

    it("another administrator and another guardian of a role", async () => {
      await trial.govern("setRoleAdmin", [DIRECTORY, REVIEWER]);
      await trial.govern("setRoleGuardian", [7, REVIEWER]);
      await expectFound(
        /^DIRECTORY \(1\) is granted and revoked by REVIEWER \(2\): /,
        /^What is announced for role 7 can be called off by REVIEWER \(2\): /,
      );
    });

    it("functions of another role", async () => {
      const [review, everybody] = [id("review(bytes32,uint8,bytes32)").slice(0, 10), 2n ** 64n - 1n];
      await trial.govern("setTargetFunctionRole", [addressOf("AuditLog"), [review], everybody]);
      await trial.govern("setTargetFunctionRole", [addressOf("ProviderRegistry"), [SUSPEND, "0x12345678"], REVIEWER]);
      await expectFound(
        /^AuditLog.review is for everybody instead of REVIEWER \(2\): /,
        /^ProviderRegistry.suspend is for REVIEWER \(2\) instead of ADMIN \(0\): /,
        /^ProviderRegistry.0x12345678 is for REVIEWER \(2\) instead of ADMIN \(0\): /,
      );
    });

    it("a contract that is closed, and one with a delay of its own", async () => {
      await trial.govern("setTargetClosed", [addressOf("AuditLog"), true]);
      await trial.govern("setTargetAdminDelay", [addressOf("ProviderRegistry"), 60]);
      await trial.wait(3 * ADMIN_DELAY);
      await expectFound(
        /^AuditLog is closed, so that nobody can govern it: /,
        /^ProviderRegistry has an administrator's delay of its own, 60 s: /,
      );
    });

    it("one key that governs alone, also where it has delegated, unless that is meant", async () => {
      for (const code of ["0x", concat(["0xef0100", addressOf("AuditLog")])]) {
        await trial.node.rpc("anvil_setCode", trial.consortium, code);
        Reflect.deleteProperty(process.env, "ALLOW_SINGLE_KEY");
        await expectFound(/^The consortium 0x\w{40} is a single key, and whoever has it governs alone: /);
        process.env.ALLOW_SINGLE_KEY = "true";
        await expectFound();
      }
    });
  });

  it("asks again for fewer blocks where a node answers only for some", async () => {
    await trial.govern("grantRole", [REVIEWER, STRANGER, 0]);
    await trial.node.rpc("anvil_mine", "0x40");
    const ranges: number[] = [];
    const request = async (call: Parameters<EthereumProvider["request"]>[0]): Promise<unknown> => {
      if (call.method === "eth_getLogs") {
        const [{ fromBlock, toBlock }] = call.params as [Record<"fromBlock" | "toBlock", string>];
        const count = Number(toBlock) - Number(fromBlock) + 1;
        if (count > 10) throw new Error("query exceeds max block range");
        ranges.push(count);
      }
      return connection.provider.request(call);
    };
    const sentences = await found({ request });
    expect(sentences).to.have.length(1);
    expect(sentences[0]).to.match(/holds REVIEWER \(2\), which deployment.json does not tell/);
    expect(ranges.length).to.be.above(7);
  });
});

interface Compiled {
  evm: { bytecode: { object: string } };
}
