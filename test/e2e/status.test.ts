import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startRelayer } from "@consentry/relayer";
import { type Client, connect } from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { Interface, Wallet } from "ethers";
import { parse } from "yaml";
import type { DeploymentRecord } from "../../scripts/deployment/records.js";
import { freePort } from "../../scripts/ports.js";
import { METRICS, exposition } from "../../scripts/status/metrics.js";
import { statusOf } from "../../scripts/status/status.js";
import type { NodeAddress, Sample, Settings } from "../../scripts/status/types.js";
import {
  AccessManager__factory as AccessManager,
  ProviderRegistry__factory as ProviderRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { settingsIn } from "../network/besu/support/network.js";
import { type Anvil, startAnvil } from "../sdk/anvil.js";
import { type Fault, type Line, honest, lineTo } from "../sdk/faults/line.js";
import { ROOT, start } from "./support/command.js";
import { CHAIN_ID, DEPLOYER, NETWORK, Trial, account } from "./support/trial.js";

const REVIEWER = 2n;
const [DAY, BURST] = [86_400, 4];
const [ACCREDITOR, HOSPITAL, CLINIC, PATIENT] = [3, 4, 5, 6].map(account) as [Wallet, Wallet, Wallet, Wallet];
const MANAGER: Interface = AccessManager.createInterface();
const DIRECTORY: Interface = ProviderRegistry.createInterface();

describe("npm run status", function () {
  this.timeout(300_000);

  let trial: Trial;
  let record: DeploymentRecord;
  let line: Line;
  const anvils: Anvil[] = [];

  before(async () => {
    trial = await Trial.start();
    const delays = { DIRECTORY_DELAY: "0", ADMIN_DELAY: "0", EMERGENCY_BURST: String(BURST) };
    const { code, stderr } = await trial.deploy(delays);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    record = trial.record();
    line = await lineTo(() => trial.node.url);
  });

  after(async () => {
    for (const anvil of anvils) await anvil.stop();
    await trial.close();
    await line.close();
  });

  beforeEach(async () => {
    line.fail();
    await mineNow();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const timeOf = async () => (await trial.provider.getBlock("latest"))!.timestamp;

  /** A block that is dated as the clock says: several of one second are dated ahead. */
  async function mineNow(): Promise<void> {
    while ((await timeOf()) >= now()) await sleep(200);
    await trial.node.rpc("evm_mine");
  }

  /** Another node, which is stopped in the end. */
  async function another(...options: string[]): Promise<Anvil> {
    const anvil = await startAnvil(0, "--chain-id", String(CHAIN_ID), ...options);
    anvils.push(anvil);
    return anvil;
  }

  const main = (): NodeAddress => ({ name: "main", url: trial.node.url });
  const lookAt = (more: Partial<Settings> = {}) => statusOf({ record, nodes: [main()], ...more });

  /** What is told of these nodes, or of the trial's: each severity with its sentence. */
  async function told(more?: Partial<Settings>): Promise<string[]> {
    return (await lookAt(more)).findings.map(({ severity, sentence }) => `${severity}: ${sentence}`);
  }

  /** So many findings as there are patterns, one for each, and each a sentence that says what to do. */
  function expectAll(findings: readonly string[], ...patterns: RegExp[]): void {
    expect(findings).to.have.length(patterns.length, findings.join("\n"));
    for (const pattern of patterns) {
      expect(findings.filter((each) => pattern.test(each))).to.have.length(1, `${pattern}\n${findings.join("\n")}`);
    }
    for (const finding of findings) expect(finding).to.match(/^(critical|warning): [^\n]+: [^\n]+\.$/);
  }

  /** What is told of a chain without the contracts, as far as it is about this. */
  async function toldOf({ url }: Anvil, about: RegExp): Promise<string[]> {
    return (await told({ nodes: [{ name: "alone", url }] })).filter((each) => about.test(each));
  }

  const valuesOf = (samples: readonly Sample[], metric: string) =>
    samples.filter((sample) => sample.metric === metric).map(({ value }) => value);

  const run = (more: Record<string, string> = {}, ...args: string[]) => {
    const settings = { ...trial.settings(), DEPLOYER_KEY: "", CONSORTIUM: "", REVIEWERS: "", ...more };
    return start("status.ts", ["--network", NETWORK, ...args], settings);
  };

  describe("the command", () => {
    it("finds nothing wrong after a deployment, and needs no key", async () => {
      const { code, stdout, stderr } = await run().outcome;
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" }, stdout);
      expect(stdout).to.match(/^trial, chain 2026\nnode 127\.0\.0\.1:\d+ +block \d+\b/);
      expect(stdout).to.match(/^newest block +-?\d+ s (old|ahead), one every [\d.]+ s$/m);
      expect(stdout).to.match(/^gas +\d+ % of the last \d+ blocks used$/m);
      expect(stdout).to.match(/^validators +left out, as the node does not answer qbft_ questions$/m);
      expect(stdout).to.match(/^deployment +as recorded, and as this repository builds$/m);
      expect(stdout).to.match(/^providers +0 active, 0 expired, 0 suspended, 0 revoked$/m);
      expect(stdout).to.match(/\n\nAll is as it should be\.\n$/);
    });

    it("ends with exit code 1 where something is critical, and shows no password of a URL", async () => {
      const nodes = `http://somebody:secret@127.0.0.1:${await freePort()}, ${trial.node.url}`;
      const { code, stdout, stderr } = await run({ STATUS_NODES: nodes }).outcome;
      expect({ code, stderr }).to.deep.equal({ code: 1, stderr: "" });
      expect(stdout.trimEnd().split("\n").at(-1)).to.match(
        /^critical: The node 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\): start it, /,
      );
      expect(stdout.match(/^node /gm)).to.have.length(2);
      expect(stdout).to.not.match(/somebody|secret/);
    });

    it("refuses what it can't go by, in one sentence", async () => {
      const refused = async (pattern: RegExp, more: Record<string, string>, ...args: string[]) => {
        const { code, stdout, stderr } = await run(more, ...args).outcome;
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
        expect(stderr.trimEnd()).to.match(pattern).and.not.include("\n");
      };
      const folder = mkdtempSync(join(tmpdir(), "consentry-empty-"));
      await refused(/^There is no .*deployment\.json: deploy first/, { DEPLOYMENTS_DIR: folder });
      await refused(/^Unknown option '--force'.*Usage/, {}, "--force");
      await refused(/^Which port\? Usage/, {}, "--serve", "70000");
      await refused(/^There is no node of a network default: /, {}, "--network", "default");
      await refused(/^RPC_URL or STATUS_NODES names something else than http\(s\) URLs: /, { STATUS_NODES: "node" });
      rmSync(folder, { recursive: true });
    });
  });

  describe("tells of the nodes", () => {
    it("one that is down, and one that takes the question and never answers", async () => {
      line.fail(() => undefined);
      const down = { name: "down", url: `http://127.0.0.1:${await freePort()}` };
      const { findings, samples } = await lookAt({ nodes: [down, main(), { name: "mute", url: line.url }] });
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^critical: The node down does not answer \(ECONNREFUSED\): start it, /,
        /^critical: The node mute does not answer \(no answer in time\): start it, /,
      );
      expect(valuesOf(samples, "consentry_node_up")).to.deep.equal([0, 1, 0]);
    });

    it("none that answers", async () => {
      const down = { name: "down", url: `http://127.0.0.1:${await freePort()}` };
      expectAll(await told({ nodes: [down] }), /^critical: The node down does not answer/);
    });

    it("one on another chain", async () => {
      const other = await startAnvil(0, "--chain-id", "5");
      anvils.push(other);
      const wrong = /^critical: The node other is on chain 5, the deployment on 2026: correct its address /;
      expectAll(await told({ nodes: [{ name: "other", url: other.url }] }), wrong);
      expectAll(await told({ nodes: [{ name: "other", url: other.url }, main()] }), wrong);
    });

    it("one that lags behind another, which is asked all else", async () => {
      // A fork has the blocks of the chain up to where it began, and gets no others.
      const behind = await another("--fork-url", trial.node.url);
      const nodes = [{ name: "behind", url: behind.url }, main()];
      expectAll(await told({ nodes }));
      await trial.node.rpc("anvil_mine", "0x6");
      await mineNow();
      expectAll(await told({ nodes }), /^critical: The node behind is 7 blocks behind: whoever asks it /);
    });

    it("two that have different blocks", async () => {
      const strayed = await another("--fork-url", trial.node.url);
      await strayed.rpc("evm_mine");
      await sleep(1_100);
      await mineNow();
      const { findings, samples } = await lookAt({ nodes: [main(), { name: "strayed", url: strayed.url }] });
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^critical: The nodes main, strayed do not have the same block \d+: /,
      );
      expect(valuesOf(samples, "consentry_node_agrees")).to.deep.equal([0, 0]);
    });
  });

  describe("tells of blocks", () => {
    const about = /Blocks arrive|stands still|newest block is dated/;

    it("that are dated ahead of this machine's clock", async () => {
      const ahead = await another();
      await ahead.rpc("evm_setNextBlockTimestamp", now() + 300);
      await ahead.rpc("evm_mine");
      expectAll(
        await toldOf(ahead, about),
        /^critical: The newest block is dated (29\d|300) s ahead of this machine's clock: set the clocks /,
      );
    });

    it("that arrive, but are dated behind this machine's clock", async () => {
      const behind = await another("--timestamp", String(now() - 600), "--block-time", "1");
      await sleep(2_500);
      expectAll(
        await toldOf(behind, about),
        /^critical: Blocks arrive, but are dated (59\d|6\d\d) s behind this machine's clock: set the clocks /,
      );
    });

    it("that come no more", async () => {
      const stalled = await another("--timestamp", String(now() - 600));
      expectAll(await toldOf(stalled, about), /^critical: The chain stands still: its newest block is 6\d\d s old, /);
    });

    it("that are full", async () => {
      // Twenty blocks in a row are dated ahead of each other.
      const full = await another("--timestamp", String(now() - 20));
      const fill = async (gas: number) => {
        await full.rpc("evm_setBlockGasLimit", `0x${gas.toString(16)}`);
        const [from, to] = [DEPLOYER.address, PATIENT.address];
        const height = async () => Number(await full.rpc("eth_blockNumber"));
        const end = (await height()) + 20;
        // More than full blocks make of the base fee.
        const gasPrice = `0x${(10n ** 13n).toString(16)}`;
        for (let i = 0; i < 20; i++) await full.rpc("eth_sendTransaction", { from, to, gas: "0x5208", gasPrice });
        while ((await height()) < end) await sleep(50);
      };
      await fill(30_000);
      expectAll(await toldOf(full, /Blocks are/));
      await fill(23_000);
      const busy = /^warning: Blocks are nearly full \(91 % of the last 20 blocks used\), .*: find out which account /;
      expectAll(await toldOf(full, /Blocks are/), busy);
      await fill(21_000);
      expectAll(await toldOf(full, /Blocks are/), /^critical: Blocks are nearly full \(100 % /);
    });
  });

  describe("tells of validators", () => {
    const VALIDATORS = [10, 11, 12, 13, 14, 15, 16].map((index) => account(index).address.toLowerCase());

    // Enough blocks for two turns of everybody.
    before(() => trial.node.rpc("anvil_mine", "0x4"));

    /** A stand-in for Besu, of whose QBFT no node here is: what it documents of two questions, before a real node. */
    function asBesu(count: number, missing: number): Fault {
      const all = VALIDATORS.slice(0, count);
      const answers: Record<string, unknown> = {
        qbft_getValidatorsByBlockNumber: all,
        qbft_getSignerMetrics: all.map((address, i) => {
          const [proposedBlockCount, lastProposedBlockNumber] = i < missing ? ["0x0", "0x0"] : ["0x5", "0x9"];
          return { address, proposedBlockCount, lastProposedBlockNumber };
        }),
      };
      return (exchange) => {
        const [result, [id]] = [answers[exchange.methods[0]!], exchange.ids];
        if (result === undefined) return honest(exchange);
        exchange.reply(JSON.stringify({ jsonrpc: "2.0", id, result }));
        return undefined;
      };
    }

    const behind = async (fault: Fault) => {
      line.fail(fault);
      return lookAt({ nodes: [{ name: "besu", url: line.url }] });
    };

    const sentences = async (fault: Fault) =>
      (await behind(fault)).findings.map(({ severity, sentence }) => `${severity}: ${sentence}`);

    it("none that is missing", async () => {
      const { findings, facts } = await behind(asBesu(4, 0));
      expect(findings).to.deep.equal([]);
      expect(facts).to.deep.include(["validators", "4, all make blocks"]);
    });

    it("that it can't be seen whether they make blocks, where the node names them and no more", async () => {
      const besu = asBesu(4, 0);
      const { facts } = await behind((exchange) =>
        exchange.methods[0] === "qbft_getSignerMetrics" ? honest(exchange) : besu(exchange),
      );
      expect(facts).to.deep.include(["validators", "4, and the node does not tell who of them makes blocks"]);
    });

    it("one of four, after which none may fail", async () => {
      const { findings, samples } = await behind(asBesu(4, 1));
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^critical: The validator 0x\w{40} made none of the last \d+ blocks: start it, .* 1 of 4 are missing; if one more fails, the chain stands still\.$/,
      );
      expect(findings[0]!.sentence).to.include(account(10).address);
      expect(valuesOf(samples, "consentry_validators")).to.deep.equal([4]);
      expect(valuesOf(samples, "consentry_validator_up")).to.deep.equal([0, 1, 1, 1]);
    });

    it("one of seven, after which another may", async () => {
      expectAll(await sentences(asBesu(7, 1)), /^warning: .* 1 of 7 are missing; 1 more may fail\.$/);
    });
  });

  describe("tells of the deployment", () => {
    it("another code at an address", async () => {
      const { address } = record.contracts.RecordRegistry;
      const code = await trial.provider.getCode(address);
      await trial.node.rpc("anvil_setCode", address, await trial.provider.getCode(record.contracts.AuditLog.address));
      try {
        const findings = await told();
        expect(
          findings.filter((each) => /^critical: The code of RecordRegistry at 0x\w{40} is not /.test(each)),
        ).to.have.length(1);
      } finally {
        await trial.node.rpc("anvil_setCode", address, code);
      }
    });

    it("a role that is left with the deployer", async () => {
      const manage = (name: string, ...args: unknown[]) =>
        trial.send(trial.consortium, record.contracts.AccessManager.address, MANAGER.encodeFunctionData(name, args));
      await manage("grantRole", REVIEWER, DEPLOYER.address, 0);
      await mineNow();
      const { findings, samples } = await lookAt();
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^critical: The deployer 0x\w{40} holds REVIEWER \(2\), where it should hold nothing: have it renounce that/,
      );
      expect(valuesOf(samples, "consentry_deployment_differences")).to.deep.equal([1]);
      await manage("revokeRole", REVIEWER, DEPLOYER.address);
    });
  });

  describe("tells of providers", () => {
    let accreditor: Client;

    before(async () => {
      const direct = (name: string, ...args: unknown[]) =>
        trial.send(
          trial.consortium,
          record.contracts.ProviderRegistry.address,
          DIRECTORY.encodeFunctionData(name, args),
        );
      await direct("appointAccreditor", 1, ACCREDITOR.address);
      accreditor = await connect({ runner: ACCREDITOR.connect(trial.provider), deployment: record });
      const names = { [HOSPITAL.address]: "General Hospital", [CLINIC.address]: "Clinic\u001b[2J" };
      for (const [provider, name] of Object.entries(names)) {
        const until = new Date((now() + 365 * DAY) * 1000);
        await accreditor.providers.register({ provider, kind: "organization", name, until });
      }
      await direct("setEmergency", HOSPITAL.address, true);
    });

    const clinic = CLINIC.address;

    it("none whose accreditation lasts", async () => {
      const { findings, facts } = await lookAt();
      expect(findings).to.deep.equal([]);
      expect(facts).to.deep.include(["providers", "2 active, 0 expired, 0 suspended, 0 revoked"]);
    });

    it("one whose accreditation ends soon, by a name that steers no terminal", async () => {
      await accreditor.providers.renew({ provider: clinic, until: new Date((now() + 9.5 * DAY) * 1000) });
      await mineNow();
      expectAll(
        await told(),
        /^warning: The accreditation of Clinic\\u\{1b\}\[2J \(0x\w{40}\) ends in 9 days, at 20\S+Z: have accreditor 1 \(0x\w{40}\) renew it\.$/,
      );
    });

    it("one whose accreditation has ended", async () => {
      await accreditor.providers.renew({ provider: clinic, until: new Date(((await timeOf()) + 3) * 1000) });
      await sleep(3_000);
      await mineNow();
      const { findings, samples } = await lookAt();
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^warning: The accreditation of Clinic.* has ended, and it is permitted nothing: have accreditor 1 /,
      );
      expect(valuesOf(samples, "consentry_providers")).to.deep.equal([1, 1, 0, 0]);
    });

    it("one that is suspended, and none that is revoked", async () => {
      await accreditor.providers.suspend({ provider: clinic });
      await mineNow();
      expectAll(await told(), /^warning: Clinic.* is suspended, and permitted nothing: have it looked into/);
      await accreditor.providers.revoke({ provider: clinic });
      await mineNow();
      expectAll(await told());
    });

    it("one that breaks the glass often, and one that can't any more", async () => {
      const hospital = await connect({ runner: HOSPITAL.connect(trial.provider), deployment: record });
      const breakGlass = async () => {
        const patient = Wallet.createRandom().address;
        await emergencyOf(hospital).breakGlass({ patient, categories: ["LABS"], reason: "Unconscious" });
      };
      await breakGlass();
      await mineNow();
      expectAll(await told());
      await breakGlass();
      await mineNow();
      expectAll(
        await told(),
        /^warning: General Hospital \(0x\w{40}\) broke the glass 2 times within an hour, and can 2 times more: ask it /,
      );
      while ((await emergencyOf(hospital).left(HOSPITAL.address)) > 0) await breakGlass();
      await mineNow();
      const { findings, samples } = await lookAt();
      expectAll(
        findings.map(({ severity, sentence }) => `${severity}: ${sentence}`),
        /^critical: General Hospital .* broke the glass 4 times within an hour, and can't in the next emergency: /,
      );
      expect(valuesOf(samples, "consentry_break_glass")).to.deep.equal([4]);
      expect(valuesOf(samples, "consentry_break_glass_left")).to.deep.equal([0]);
      expect(exposition(samples)).to.not.include("Hospital");
    });
  });

  describe("tells of the relayer", () => {
    it("one that can't pay, and one that is down", async () => {
      const ofRelayer = async (relayer: string) => (await told({ relayer })).filter((each) => each.includes("relayer"));
      const folder = mkdtempSync(join(tmpdir(), "consentry-relayer-"));
      const runner = Wallet.createRandom().connect(trial.provider);
      const { url, close } = await startRelayer({
        runner,
        deployment: record,
        database: join(folder, "relayer.sqlite"),
        port: 0,
      });
      expectAll(
        await ofRelayer(url),
        /^critical: The relayer does not deliver \(LowFunds\), .*: see relayer\/README\.md/,
      );
      await trial.node.rpc("anvil_setBalance", runner.address, "0xffffffffffffffffffff");
      const { facts } = await lookAt({ relayer: url });
      expect(facts).to.deep.include(["relayer", "ready"]);
      await close();
      expectAll(await ofRelayer(url), /^critical: The relayer does not deliver \(ECONNREFUSED\), /);
      rmSync(folder, { recursive: true });
    });
  });

  describe("for Prometheus", () => {
    const LINE =
      /^(# (HELP|TYPE) consentry_\w+ .+|consentry_\w+(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? -?\d+(\.\d+)?(e[+-]\d+)?)$/;

    it("prints every metric once with what it means, and ends with exit code 0", async () => {
      const nodes = `http://127.0.0.1:${await freePort()}`;
      const { code, stdout, stderr } = await run({ STATUS_NODES: nodes }, "--prometheus").outcome;
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      for (const each of stdout.trimEnd().split("\n")) expect(each).to.match(LINE);
      const types = [...stdout.matchAll(/^# TYPE (\w+) gauge$/gm)].map(([, name]) => name);
      expect(types).to.deep.equal(Object.keys(METRICS));
      expect(stdout).to.match(/^consentry_node_up\{node="127\.0\.0\.1:\d+"\} 0$/m);
      // Break-glass of the hospital, and the node that is down.
      expect(stdout).to.match(/^consentry_findings\{severity="critical"\} 2$/m);
    });

    it("escapes what a label may hold", () => {
      const samples: Sample[] = [{ metric: "consentry_node_up", value: 1, labels: { node: 'a"b\\c\nd' } }];
      expect(exposition(samples)).to.include('consentry_node_up{node="a\\"b\\\\c\\nd"} 1\n');
    });

    it("serves on loopback, where the slow ones come later", async () => {
      const { child, outcome } = run({}, "--serve", "0");
      try {
        const url = await new Promise<string>((resolve, reject) => {
          child.stdout!.on("data", (text: string) => resolve(/http:\S+/.exec(text)?.[0] ?? ""));
          child.on("exit", () => reject(new Error("It ended.")));
        });
        expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
        expect((await fetch(url.replace("metrics", ""))).status).to.equal(404);
        const ask = async () => (await fetch(url)).text();
        const first = await ask();
        expect(first)
          .to.match(/^consentry_node_up\{.*\} 1$/m)
          .and.to.not.match(/^consentry_deployment_differences /m);
        let text = first;
        while (!/^consentry_deployment_differences 0$/m.test(text)) {
          await sleep(200);
          text = await ask();
        }
        expect(text).to.match(/^consentry_providers\{state="active"\} 1$/m);
      } finally {
        child.kill("SIGTERM");
        await outcome;
      }
    });

    it("has every metric that an alert names, and an alert for what can be wrong", () => {
      const { groups } = parse(readFileSync(join(ROOT, "network/besu/rules/consentry.yml"), "utf8")) as Rules;
      const rules = groups.flatMap(({ rules }) => rules);
      for (const { alert, expr, labels, annotations } of rules) {
        const named = expr.match(/consentry_\w+/g) ?? [];
        expect(named, alert).to.not.be.empty;
        for (const name of named) expect(METRICS, alert).to.have.property(name);
        expect(labels.severity, alert).to.match(/^(critical|warning)$/);
        expect(annotations.summary, alert).to.match(/\.$/);
      }
      const alerts = rules.map(({ alert }) => alert);
      expect(new Set(alerts).size).to.equal(alerts.length);
      const wanted = ["RevocationNotFinal", "BreakGlassOften", "ValidatorMissing", "ProviderNearExpiry"];
      expect(alerts).to.include.members([...wanted, "ChainStalled", "BlocksFull", "NodeLags", "NodeDown"]);
    });

    it("asks a node nothing that network/besu refuses", async () => {
      line.asked.length = 0;
      await lookAt({ nodes: [{ name: "line", url: line.url }] });
      const allowed = settingsIn(join(ROOT, "network/besu/rpc.toml"))["rpc-http-api-methods-no-auth"] as string[];
      expect(allowed).to.include.members([...new Set(line.asked)]);
      expect(line.asked).to.include("qbft_getValidatorsByBlockNumber");
    });
  });

  // The last: the time of the chain does not go back.
  describe("tells of withdrawals", () => {
    it("one that came late", async () => {
      const patient = await connect({ runner: PATIENT.connect(trial.provider), deployment: record });
      const early = await patient.consents.revokeAll();
      expect(early.blockNumber).to.be.greaterThan(0);
      await mineNow();
      const { facts } = await lookAt();
      expect(facts).to.deep.include(["withdrawals", "1 in an hour, the slowest after 0 s"]);
      const statement = await patient.consents.revokeAll.sign();
      await trial.wait(300);
      await patient.relay.submit(statement);
      const late = (await told()).filter((each) => each.includes("withdrawal "));
      expectAll(
        late,
        /^warning: A withdrawal came onto the chain (29\d|30\d) s after it was stamped: see that the relayer /,
      );
    });
  });
});

interface Rules {
  groups: {
    rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[];
  }[];
}
