/**
 * Compares a deployment on the chain with deployments/<network>/deployment.json and with the build of this repository.
 *
 *     npm run verify -- --network <name> [--standard-json <folder>]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import hre from "hardhat";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { connect } from "./deployment/network.js";
import type { DeploymentRecord } from "./deployment/records.js";
import { deploymentsFolder } from "./deployment/settings.js";
import { inspect } from "./verification/inspect.js";
import { readOthers, readRecord } from "./verification/record.js";
import { writeStandardJson } from "./verification/standardJson.js";

const USAGE = "Usage: npm run verify -- --network <name> [--standard-json <folder>]";

function readOptions(): { network: string; "standard-json"?: string } {
  try {
    const { values } = parseArgs({ options: { network: { type: "string" }, "standard-json": { type: "string" } } });
    const { network, ...more } = values;
    if (network === undefined) throw new Error("Which network?");
    return { network, ...more };
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

function report({ network, chainId, predecessor, governance, contracts }: DeploymentRecord): void {
  const { consortium, reviewers, directoryDelay, adminDelay } = governance;
  console.log(`Network ${network}, chain ${chainId}: all is as deployment.json and this repository say.`);
  for (const [name, { address }] of Object.entries(contracts)) console.log(`  ${name.padEnd(23)} ${address}`);
  if (predecessor !== undefined) {
    console.log(`Comes after the ConsentRegistry at ${predecessor}: verify that deployment, too.`);
  }
  console.log(`Governed by ${consortium}: the directory after ${directoryDelay} s, roles after ${adminDelay} s.`);
  console.log(`Reviewed by ${reviewers.join(", ")}. The deployer holds nothing.`);
  if (process.env.ALLOW_SINGLE_KEY === "true") {
    console.log("ALLOW_SINGLE_KEY is set: whether the consortium is a single key was not looked at.");
  }
}

await runCommand(async () => {
  const { network, "standard-json": folder } = readOptions();
  const { connection, chain } = await connect(network, { readOnly: true });
  const record = readRecord(join(deploymentsFolder(), network, "deployment.json"));
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const findings = await inspect(chain, record, readOthers(deploymentsFolder(), record));
  await connection.close();
  for (const { sentence } of findings) console.error(sentence);
  if (findings.length > 0) process.exitCode = 1;
  else report(record);
  if (folder !== undefined && findings.length === 0) await writeStandardJson(folder, record);
});
