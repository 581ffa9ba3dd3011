/**
 * Deploys the contracts and hands them over, or continues a deployment that was interrupted.
 *
 *     npm run deploy -- --network <name> [--reset]
 */
import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { Deployment } from "../sdk/src/deployments/types.js";
import { Chain } from "./deployment/chain.js";
import { deploySuite } from "./deployment/deploy.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { requireSoleNetwork, writeRecord, writeTable } from "./deployment/records.js";
import { DEVELOPMENT_CHAIN, ROOT, type Settings, deploymentsFolder, settingsFor } from "./deployment/settings.js";

const USAGE = "Usage: npm run deploy -- --network <name> [--reset]";

interface Options {
  network: string;
  reset: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: { network: { type: "string", default: "default" }, reset: { type: "boolean", default: false } },
    });
    return values;
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

function networkNames(): string {
  return Object.keys(hre.config.networks)
    .filter((name) => name !== "node")
    .join(", ");
}

async function connect(network: string): Promise<{ connection: NetworkConnection; chainId: number }> {
  if (!(network in hre.config.networks)) {
    throw new OperatorError(`There is no network ${network}: use ${networkNames()}, or set NETWORK_NAME in .env.`);
  }
  const connection = await hre.network.create(network);
  try {
    return { connection, chainId: await new Chain(connection.provider).id() };
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw new OperatorError(
      network === "localhost"
        ? "No node answers at 127.0.0.1:8545: start one with `npm run node`."
        : "No node answers at RPC_URL: start it, or correct RPC_URL in .env.",
    );
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && /^HHE70[34]:|ECONNREFUSED|ENOTFOUND|fetch failed|timed? ?out/i.test(error.message);
}

/** CHAIN_ID guards against a deployment on the wrong chain; a chain of one's own needs no guard. */
function requireChainId(network: string): void {
  if (["default", "node", "localhost"].includes(process.env.NETWORK_NAME ?? "")) {
    throw new OperatorError("NETWORK_NAME must not be default, node or localhost: choose another name in .env.");
  }
  const { type, chainId } = hre.config.networks[network] ?? {};
  if (type === "http" && network !== "localhost" && chainId === undefined) {
    const given = process.env.CHAIN_ID;
    throw new OperatorError(
      `CHAIN_ID is not ${given === undefined ? "set" : `a number: ${given}`}. Give the id of the chain that is meant in .env.`,
    );
  }
}

function forget(directory: string, chainId: number): void {
  if (chainId !== DEVELOPMENT_CHAIN) {
    throw new OperatorError(
      `--reset is for development chains only, this is chain ${chainId}: run without it to continue.`,
    );
  }
  if (existsSync(directory)) rmSync(directory, { recursive: true });
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
    directory === undefined ? "In memory: nothing is recorded." : `Recorded in ${relative(ROOT, directory)}.`,
  );
}

await runCommand(async () => {
  const { network, reset } = readOptions();
  requireChainId(network);
  const { connection, chainId } = await connect(network);
  const folder = deploymentsFolder();
  const directory = connection.networkConfig.type === "http" ? join(folder, network) : undefined;
  if (directory !== undefined) {
    if (reset) forget(directory, chainId);
    requireSoleNetwork(folder, network, chainId);
  }
  const settings = settingsFor(chainId, await new Chain(connection.provider).accounts());
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const deployment = await deploySuite(connection, { settings, directory });
  if (directory !== undefined) {
    writeRecord(directory, deployment);
    if (folder === join(ROOT, "deployments")) writeTable(folder);
  }
  report(deployment, settings, directory);
  await connection.close();
});
