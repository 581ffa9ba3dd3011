/** Deploys the contracts and hands them over, or continues a deployment that was interrupted. */
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  HardhatArtifactResolver,
  errorDeploymentResultToExceptionMessage,
} from "@nomicfoundation/hardhat-ignition/helpers";
import { DeploymentResultType, deploy } from "@nomicfoundation/ignition-core";
import { getAddress, id } from "ethers";
import { constructorArguments } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName, DeployedContract, Deployment } from "../../sdk/src/deployments/types.js";
import { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { requireHandedOver } from "./handover.js";
import { type Creation, readJournal } from "./journal.js";
import { suiteModule } from "./module.js";
import { prepareToResume } from "./resume.js";
import type { Settings } from "./settings.js";

export interface DeployOptions {
  settings: Settings;
  /** Where Ignition keeps its journal, so that the deployment can be continued; nothing is written without it. */
  directory?: string | undefined;
  /** The account that pays, and keeps nothing; the connection's first if left out. */
  deployer?: string | undefined;
}

/**
 * Deploys the suite.
 *
 * @param connection a network in this process, or one behind HTTP
 * @returns the same as `deployment.json` holds
 */
export async function deploySuite(
  connection: Pick<NetworkConnection<string>, "networkName" | "provider">,
  { settings, directory, deployer: given }: DeployOptions,
): Promise<Deployment> {
  const chain = new Chain(connection.provider);
  const artifactResolver = new HardhatArtifactResolver(hre.artifacts);
  if (directory !== undefined) await prepareToResume(directory, chain, artifactResolver);
  const start = await chain.height();
  const deployer = given ?? (await firstAccount(chain));
  const suite = suiteModule(settings);
  const result = await deploy({
    artifactResolver,
    provider: connection.provider,
    ignitionModule: suite,
    deploymentParameters: {},
    accounts: [deployer],
    config: hre.config.ignition,
    ...(directory !== undefined && { deploymentDir: directory }),
  });
  if (result.type === DeploymentResultType.RECONCILIATION_ERROR) {
    const changes = Object.values(result.errors).flat().join("; ");
    throw new OperatorError(
      `The contracts or the settings have changed since this deployment began: return to what it began with, or use another network name (${changes}).`,
    );
  }
  if (result.type !== DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    throw new Error(errorDeploymentResultToExceptionMessage(result));
  }
  const creations = directory === undefined ? await creationsSince(chain, start) : readJournal(directory).creations;
  const addresses = addressesIn(result.contracts);
  const argumentsOf = (name: ContractName) => constructorArguments(name, addresses, deployer, settings);
  const contracts = await describe(addresses, argumentsOf, [...creations.values()]);
  const fromBlock = Math.min(...Object.values(contracts).map(({ block }) => block));
  await requireHandedOver(chain, addresses.AccessManager, fromBlock, deployer);
  return { network: connection.networkName, chainId: await chain.id(), fromBlock, contracts };
}

async function firstAccount(chain: Chain): Promise<string> {
  const [first] = await chain.accounts();
  if (first === undefined) throw new OperatorError("There is no account to deploy from: set DEPLOYER_KEY.");
  return getAddress(first);
}

type Addresses = Record<ContractName, string>;

function addressesIn(contracts: Record<string, { address: string }>): Addresses {
  const entries = CONTRACT_NAMES.map((name) => {
    const contract = contracts[`Consentry#${name}`];
    if (contract === undefined) throw new Error(`Ignition did not deploy ${name}.`);
    return [name, getAddress(contract.address)] as const;
  });
  return Object.fromEntries(entries) as Addresses;
}

async function creationsSince(chain: Chain, start: number): Promise<Map<string, Creation>> {
  const creations = new Map<string, Creation>();
  const height = await chain.height();
  for (let block = start + 1; block <= height; block++) {
    for (const { hash } of await chain.transactionsIn(block)) {
      const address = (await chain.receiptOf(hash))?.contractAddress;
      if (address) creations.set(address, { address, transaction: hash, block });
    }
  }
  return creations;
}

async function describe(
  addresses: Addresses,
  argumentsOf: (name: ContractName) => unknown[],
  creations: Creation[],
): Promise<Record<ContractName, Required<DeployedContract>>> {
  const entries = CONTRACT_NAMES.map(async (name): Promise<[ContractName, Required<DeployedContract>]> => {
    const address = addresses[name];
    const creation = creations.find((each) => getAddress(each.address) === address);
    if (creation === undefined) throw new Error(`No transaction is known that created ${name} at ${address}.`);
    const { abi } = await hre.artifacts.readArtifact(name);
    const { transaction, block } = creation;
    return [name, { address, arguments: argumentsOf(name), transaction, block, abiHash: id(JSON.stringify(abi)) }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ContractName, Required<DeployedContract>>;
}
