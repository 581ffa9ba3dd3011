/**
 * Deploys the contracts and hands them over, or continues a deployment that was interrupted.
 *
 *     npm run deploy -- --network <name> [--dry-run | --reset]
 */
import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import hre from "hardhat";
import type { Deployment } from "../sdk/src/deployments/types.js";
import { addToChangelog, firstBlockOf } from "./deployment/changelog.js";
import { isUnwantedKey } from "./deployment/consortium.js";
import { deploySuite } from "./deployment/deploy.js";
import { dryRun, linesOf } from "./deployment/dryRun.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { type Connected, connect } from "./deployment/network.js";
import { before as earlierThan } from "./deployment/line.js";
import { predecessorOf } from "./deployment/predecessor.js";
import { type DeploymentRecord, readRecords, requirePlace, writeRecord, writeTable } from "./deployment/records.js";
import { linesToOpen } from "./deployment/reviewers.js";
import {
  DEVELOPMENT_CHAIN,
  ROOT,
  type Settings,
  deploymentsFolder,
  settingsAfter,
  settingsFor,
} from "./deployment/settings.js";
import { deployerFirst, requireSafeSigner } from "./deployment/signer.js";

const USAGE = "Usage: npm run deploy -- --network <name> [--dry-run | --reset]";

interface Options {
  network: string;
  reset: boolean;
  "dry-run": boolean;
}

/** What is to be done, once nothing speaks against it. */
interface Plan extends Connected {
  network: string;
  deployer: string;
  settings: Settings;
  /** Where it is recorded; undefined for a chain in memory. */
  directory: string | undefined;
  /** What it comes after. */
  before: DeploymentRecord | undefined;
}

function readOptions(): Options {
  try {
    const flag = { type: "boolean", default: false } as const;
    const { values } = parseArgs({
      options: { network: { type: "string", default: "default" }, reset: flag, "dry-run": flag },
    });
    if (values.reset && values["dry-run"])
      throw new Error("--dry-run changes nothing, --reset does: give one of them.");
    return values;
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

async function plan(network: string): Promise<Plan> {
  requireSafeSigner();
  const connected = await connect(network);
  const { connection, chain, chainId } = connected;
  const directory = connection.networkConfig.type === "http" ? join(deploymentsFolder(), network) : undefined;
  const before = await predecessorOf(chain, network, deploymentsFolder());
  const predecessor = before?.contracts.ConsentRegistry.address;
  if (directory !== undefined) requirePlace(deploymentsFolder(), network, chainId, predecessor);
  const accounts = deployerFirst(network, await chain.accounts());
  const [deployer] = accounts;
  if (deployer === undefined) throw new OperatorError("There is no account to deploy from: set DEPLOYER_KEY.");
  const settings = before === undefined ? settingsFor(chainId, accounts) : settingsAfter(before, accounts);
  if (await isUnwantedKey(chain, chainId, settings.consortium)) {
    throw new OperatorError(
      "CONSORTIUM is a single key, there is no contract at its address: name a multi-signature account, or set ALLOW_SINGLE_KEY=true in .env to try things.",
    );
  }
  return { ...connected, network, deployer, settings, directory, before };
}

function forget(directory: string, chainId: number): void {
  if (chainId !== DEVELOPMENT_CHAIN) {
    throw new OperatorError(
      `--reset is for development chains only, this is chain ${chainId}: run without it to continue.`,
    );
  }
  if (existsSync(directory)) rmSync(directory, { recursive: true });
}

async function deploy({ connection, chain, chainId, deployer, settings, directory, before }: Plan, reset: boolean) {
  if (reset && directory !== undefined) forget(directory, chainId);
  const deployment = await deploySuite(connection, { settings, directory, deployer, before });
  if (directory !== undefined) {
    const folder = deploymentsFolder();
    const record = writeRecord(directory, deployment, settings);
    if (chainId !== DEVELOPMENT_CHAIN) {
      addToChangelog(folder, record, await chain.timeOf(firstBlockOf(record)), before?.network);
    }
    if (folder === join(ROOT, "deployments")) writeTable(folder);
    report(deployment, settings, directory);
    if (before !== undefined) for (const line of await linesToOpen(chain, record)) console.log(line);
  } else report(deployment, settings, directory);
}

function report({ network, chainId, contracts }: Deployment, settings: Settings, directory: string | undefined): void {
  const { consortium, reviewers, directoryDelay, adminDelay } = settings;
  console.log(`Network ${network}, chain ${chainId}`);
  for (const [name, { address, block }] of Object.entries(contracts)) {
    console.log(`  ${name.padEnd(23)} ${address}  block ${block}`);
  }
  console.log(`Governed by ${consortium}: the directory after ${directoryDelay} s, roles after ${adminDelay} s.`);
  console.log(`Reviewed by ${reviewers.join(", ")}.`);
  console.log(
    directory === undefined
      ? "In memory: nothing is recorded."
      : `Recorded in ${relative(ROOT, directory)}. Now verify it: npm run verify -- --network ${network}`,
  );
}

await runCommand(async () => {
  const { network, reset, "dry-run": isDry } = readOptions();
  const planned = await plan(network);
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  if (isDry) {
    const { chain, chainId, deployer, settings, directory, before } = planned;
    const earlier = before && [...(earlierThan(before, readRecords(deploymentsFolder())) ?? []), before];
    const lines = linesOf(await dryRun(chain, deployer, settings, directory, earlier));
    for (const line of [`Network ${network}, chain ${chainId}`, ...lines]) console.log(line);
  } else await deploy(planned, reset);
  await planned.connection.close();
});
