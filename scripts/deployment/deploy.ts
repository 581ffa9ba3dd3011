/** Deploys the five contracts, or continues a deployment that was interrupted. */
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  HardhatArtifactResolver,
  errorDeploymentResultToExceptionMessage,
} from "@nomicfoundation/hardhat-ignition/helpers";
import { DeploymentResultType, deploy } from "@nomicfoundation/ignition-core";
import { getAddress, id } from "ethers";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName, DeployedContract, Deployment } from "../../sdk/src/deployments/types.js";
import { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { type Creation, readJournal } from "./journal.js";
import suite from "./module.js";
import { prepareToResume } from "./resume.js";

export interface DeployOptions {
  /** The address that governs the provider directory from the first block on. */
  consortium: string;
  /** Where Ignition keeps its journal, so that the deployment can be continued; nothing is written without it. */
  directory?: string | undefined;
}

/**
 * Deploys the suite from the connection's first account.
 *
 * @param connection a network in this process, or one behind HTTP
 * @returns the same as `deployment.json` holds
 */
export async function deploySuite(
  connection: Pick<NetworkConnection<string>, "networkName" | "provider">,
  { consortium, directory }: DeployOptions,
): Promise<Deployment> {
  const chain = new Chain(connection.provider);
  const artifactResolver = new HardhatArtifactResolver(hre.artifacts);
  if (directory !== undefined) await prepareToResume(directory, chain, artifactResolver);
  const start = await chain.height();
  const result = await deploy({
    artifactResolver,
    provider: connection.provider,
    ignitionModule: suite,
    deploymentParameters: { [suite.id]: { consortium } },
    accounts: await chain.accounts(),
    config: hre.config.ignition,
    ...(directory !== undefined && { deploymentDir: directory }),
  });
  if (result.type === DeploymentResultType.RECONCILIATION_ERROR) {
    const changes = Object.values(result.errors).flat().join("; ");
    throw new OperatorError(
      `The contracts or CONSORTIUM have changed since this deployment began: check out what it began with, or use another network name (${changes}).`,
    );
  }
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    throw new Error(errorDeploymentResultToExceptionMessage(result));
  }
  const creations = directory === undefined ? await creationsSince(chain, start) : readJournal(directory).creations;
  const addresses = new Map(CONTRACT_NAMES.map((name) => [name, addressOf(result.contracts, name)]));
  return describe(connection.networkName, await chain.id(), consortium, addresses, [...creations.values()]);
}

function addressOf(contracts: Record<string, { address: string }>, name: ContractName): string {
  const contract = contracts[`${suite.id}#${name}`];
  if (contract === undefined) throw new Error(`Ignition did not deploy ${name}.`);
  return getAddress(contract.address);
}

async function creationsSince(chain: Chain, start: number): Promise<Map<string, Creation>> {
  const creations = new Map<string, Creation>();
  const height = await chain.height();
  for (let block = start + 1; block <= height; block++) {
    for (const { hash } of await chain.transactionsIn(block)) {
      const address = await chain.createdBy(hash);
      if (address !== null) creations.set(address, { address, transaction: hash, block });
    }
  }
  return creations;
}

async function describe(
  network: string,
  chainId: number,
  consortium: string,
  addresses: Map<ContractName, string>,
  creations: Creation[],
): Promise<Deployment> {
  const contracts: [ContractName, Required<DeployedContract>][] = [];
  let argument = consortium;
  for (const [name, address] of addresses) {
    const creation = creations.find((each) => getAddress(each.address) === address);
    if (creation === undefined) throw new Error(`No transaction is known that created ${name} at ${address}.`);
    const { abi } = await hre.artifacts.readArtifact(name);
    const { transaction, block } = creation;
    contracts.push([name, { address, arguments: [argument], transaction, block, abiHash: id(JSON.stringify(abi)) }]);
    argument = address;
  }
  const fromBlock = Math.min(...contracts.map(([, { block }]) => block));
  return { network, chainId, fromBlock, contracts: Object.fromEntries(contracts) as Deployment["contracts"] };
}
