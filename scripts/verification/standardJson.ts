/** What Blockscout and Sourcify are given to verify the contracts: the compiler's input, and where and with what it was deployed. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interface } from "ethers";
import hre from "hardhat";
import { artifactOf } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import type { DeploymentRecord } from "../deployment/records.js";

/** What goes with a contract's input, in contracts.json. */
export interface Submission {
  address: string;
  /** The input's file. */
  input: string;
  /** The contract within it, as `path:name`. */
  contract: string;
  /** With its commit, as both services want it. */
  compiler: string;
  /** Encoded, without 0x. */
  constructorArguments: string;
  transaction: string | undefined;
}

interface BuildInfo {
  solcLongVersion: string;
  input: { settings: Record<string, unknown> };
}

/** What both services compare; what else they want of the compiler they ask for themselves. */
const OUTPUT = ["abi", "metadata", "evm.bytecode.object", "evm.deployedBytecode.object"];

/** Writes one input for each contract, and contracts.json. */
export async function writeStandardJson(folder: string, record: DeploymentRecord): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const submissions: Partial<Record<ContractName, Submission>> = {};
  for (const name of CONTRACT_NAMES) {
    const { address, arguments: given = [], transaction } = record.contracts[name];
    const artifact = artifactOf(name, record.predecessor);
    const { abi, inputSourceName = "", buildInfoId } = await hre.artifacts.readArtifact(artifact);
    const { solcLongVersion, input } = await buildInfo(buildInfoId);
    const file = `${name}.json`;
    // All sources that were compiled together: with fewer, the compiler numbers and places functions differently.
    const settings = { ...input.settings, outputSelection: { [inputSourceName]: { [artifact]: OUTPUT } } };
    writeFileSync(join(folder, file), `${JSON.stringify({ ...input, settings }, null, 2)}\n`);
    submissions[name] = {
      address,
      input: file,
      contract: `${inputSourceName}:${artifact}`,
      compiler: `v${solcLongVersion}`,
      constructorArguments: new Interface(abi).encodeDeploy(given).slice(2),
      transaction,
    };
  }
  writeFileSync(join(folder, "contracts.json"), `${JSON.stringify(submissions, null, 2)}\n`);
}

async function buildInfo(id: string | undefined): Promise<BuildInfo> {
  const path = id === undefined ? undefined : await hre.artifacts.getBuildInfoPath(id);
  if (path === undefined) throw new Error("The compiler's input is not in artifacts/: run `npm run build`.");
  return JSON.parse(readFileSync(path, "utf8")) as BuildInfo;
}
