import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Interface } from "ethers";
import { parse } from "yaml";
import type { DeploymentRecord } from "../../scripts/deployment/records.js";
import { statusOf } from "../../scripts/status/status.js";
import type { Sample } from "../../scripts/status/types.js";
import {
  AccessManager__factory as AccessManager,
  ProviderRegistry__factory as ProviderRegistry,
} from "../../sdk/src/generated/contracts/index.js";
import { type Line, lineTo, on } from "../sdk/faults/line.js";
import { ROOT } from "./support/command.js";
import { ADMIN_DELAY, Trial, account } from "./support/trial.js";

const THIEF = account(5).address;
const MANAGER: Interface = AccessManager.createInterface();
const DIRECTORY: Interface = ProviderRegistry.createInterface();

describe("npm run status, of what is about to happen", function () {
  this.timeout(300_000);

  let trial: Trial;
  let record: DeploymentRecord;
  let line: Line;

  before(async () => {
    trial = await Trial.start();
    const { code, stderr } = await trial.deploy();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    record = trial.record();
    line = await lineTo(() => trial.node.url);
  });

  after(async () => {
    await trial.close();
    await line.close();
  });

  const govern = (name: string, args: unknown[]) =>
    trial.send(trial.consortium, record.contracts.AccessManager.address, MANAGER.encodeFunctionData(name, args));

  const look = (url = trial.node.url) => statusOf({ record, nodes: [{ name: "main", url }] });

  const announced = async () =>
    (await look()).findings.map(({ sentence }) => sentence).filter((each) => each.includes("announced"));

  const valuesOf = (samples: readonly Sample[], metric: string) =>
    samples.filter((sample) => sample.metric === metric).map(({ value }) => value);

  it("tells what was announced and can still be called off, until it is called off, done or too old", async () => {
    const [manager, providers] = [record.contracts.AccessManager.address, record.contracts.ProviderRegistry.address];
    const takeOver = MANAGER.encodeFunctionData("grantRole", [0, THIEF, 0]);
    const appoint = DIRECTORY.encodeFunctionData("appointAccreditor", [1, THIEF]);
    expect(await announced()).to.deep.equal([]);
    await govern("schedule", [manager, takeOver, 0]);
    await govern("schedule", [providers, appoint, 0]);
    await govern("schedule", [providers, "0x12345678", 0]);
    const sentences = (await announced()).sort();
    expect(sentences).to.have.length(3);
    expect(sentences.join("\n")).to.match(
      new RegExp(`0x\\w{40} announced AccessManager\\.grantRole\\(0, ${THIEF}, 0\\), for 2\\d{3}-[^ ]+Z: if `),
    );
    expect(sentences.join("\n")).to.include(`announced ProviderRegistry.appointAccreditor(1, ${THIEF}), for`);
    expect(sentences.join("\n")).to.include("announced ProviderRegistry.0x12345678, for");
    for (const sentence of sentences) expect(sentence).to.match(/^[^\n]+: [^\n]+\.$/);
    expect(valuesOf((await look()).samples, "consentry_announced")).to.deep.equal([3]);
    await govern("cancel", [trial.consortium, manager, takeOver]);
    await trial.wait(ADMIN_DELAY);
    await govern("execute", [providers, appoint]);
    expect(await announced()).to.have.length(1);
    await trial.wait(8 * 86_400);
    expect(await announced()).to.deep.equal([]);
  });

  it("alarms also where it can't look: what is not known has no value that another alarm could go by", async () => {
    line.fail(on("eth_getLogs", ({ drop }) => drop()));
    const { samples } = await look(line.url);
    expect(valuesOf(samples, "consentry_deployment_differences")).to.deep.equal([]);
    expect(valuesOf(samples, "consentry_announced")).to.deep.equal([]);
    const critical = samples.find(
      ({ metric, labels }) => metric === "consentry_findings" && labels?.["severity"] === "critical",
    );
    expect(critical?.value).to.be.greaterThan(0);
    const { groups } = parse(readFileSync(join(ROOT, "network/besu/rules/consentry.yml"), "utf8")) as Rules;
    const alarms = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    expect(alarms).to.include('consentry_findings{severity="critical"} > 0').and.to.include("consentry_announced > 0");
  });
});

interface Rules {
  groups: { rules: { expr: string }[] }[];
}
