/** Deploys the contracts and hands them over, or continues a deployment that was interrupted. */
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  HardhatArtifactResolver,
  errorDeploymentResultToExceptionMessage,
} from "@nomicfoundation/hardhat-ignition/helpers";
import { DeploymentResultType, deploy } from "@nomicfoundation/ignition-core";
import { getAddress, id } from "ethers";
import { RENEWED, artifactOf, constructorArguments } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName, DeployedContract, Deployment } from "../../sdk/src/deployments/types.js";
import { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { requireHandedOver } from "./handover.js";
import { type Creation, readJournal } from "./journal.js";
import { addressesOf } from "./line.js";
import { successorModule, suiteModule } from "./module.js";
import { prepareToResume } from "./resume.js";
import type { Settings } from "./settings.js";

export interface DeployOptions {
  settings: Settings;
  /** Where Ignition keeps its journal, so that the deployment can be continued; nothing is written without it. */
  directory?: string | undefined;
  /** The account that pays, and keeps nothing; the connection's first if left out. */
  deployer?: string | undefined;
  /** The last deployment of the chain, which this one is to come after. */
  before?: Deployment | undefined;
}

/**
 * Deploys the suite.
 *
 * @param connection a network in this process, or one behind HTTP
 * @returns the same as `deployment.json` holds
 */
export async function deploySuite(
  connection: Pick<NetworkConnection<string>, "networkName" | "provider">,
  { settings, directory, deployer: given, before }: DeployOptions,
): Promise<Deployment> {
  const chain = new Chain(connection.provider);
  const artifactResolver = new HardhatArtifactResolver(hre.artifacts);
  if (directory !== undefined) await prepareToResume(directory, chain, artifactResolver);
  const start = await chain.height();
  const deployer = given ?? (await firstAccount(chain));
  const suite = before === undefined ? suiteModule(settings) : successorModule(before, settings);
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
  const deployed = addressesIn(result.contracts, before === undefined ? CONTRACT_NAMES : RENEWED);
  const predecessor = before?.contracts.ConsentRegistry.address;
  const known = { ...(before && addressesOf(before)), ...deployed, predecessor };
  const argumentsOf = (name: ContractName) => constructorArguments(name, known, deployer, settings);
  const described = await describe(deployed, predecessor, argumentsOf, [...creations.values()]);
  const contracts = { ...before?.contracts, ...described } as Deployment["contracts"];
  // The directory's events are those of the first.
  const fromBlock = before?.fromBlock ?? Math.min(...Object.values(described).map(({ block }) => block));
  await requireHandedOver(chain, contracts.AccessManager.address, fromBlock, deployer);
  const place = { network: connection.networkName, chainId: await chain.id(), fromBlock };
  return { ...place, ...(predecessor !== undefined && { predecessor }), contracts };
}

async function firstAccount(chain: Chain): Promise<string> {
  const [first] = await chain.accounts();
  if (first === undefined) throw new OperatorError("There is no account to deploy from: set DEPLOYER_KEY.");
  return getAddress(first);
}

type Addresses = Partial<Record<ContractName, string>>;

function addressesIn(contracts: Record<string, { address: string }>, names: readonly ContractName[]): Addresses {
  const entries = names.map((name) => {
    const contract = contracts[`Consentry#${name}`];
    if (contract === undefined) throw new Error(`Ignition did not deploy ${name}.`);
    return [name, getAddress(contract.address)] as const;
  });
  return Object.fromEntries(entries);
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
  predecessor: string | undefined,
  argumentsOf: (name: ContractName) => unknown[],
  creations: Creation[],
): Promise<Record<string, Required<DeployedContract>>> {
  const deployed = Object.entries(addresses) as [ContractName, string][];
  const entries = deployed.map(async ([name, address]): Promise<[ContractName, Required<DeployedContract>]> => {
    const creation = creations.find((each) => getAddress(each.address) === address);
    if (creation === undefined) throw new Error(`No transaction is known that created ${name} at ${address}.`);
    const { abi } = await hre.artifacts.readArtifact(artifactOf(name, predecessor));
    const { transaction, block } = creation;
    return [name, { address, arguments: argumentsOf(name), transaction, block, abiHash: id(JSON.stringify(abi)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
