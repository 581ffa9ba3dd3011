import type { BaseContract } from "ethers";
import { handOver } from "./governance.js";
import { CONTRACT_NAMES } from "./parseDeployment.js";
import type { EmergencySettings, Settings } from "./settings.js";
import type { ContractName } from "./types.js";

/** What is compiled: a ConsentRegistry that comes after another one is a contract of its own. */
export type ArtifactName = ContractName | "ConsentRegistrySuccessor";

/** What a deployment that comes after another deploys, in this order; the rest they have in common. */
export const RENEWED: readonly ContractName[] = ["ConsentRegistry", "RecordRegistry", "AuditLog"];

type Given = Exclude<ContractName, `ERC${string}`> | "predecessor" | "deployer" | keyof EmergencySettings;

/** What each constructor is given. */
const CONSTRUCTORS: Readonly<Record<ContractName, readonly Given[]>> = {
  AccessManager: ["deployer"],
  ProviderRegistry: ["AccessManager"],
  ConsentRegistry: ["ProviderRegistry", "window", "burst", "refill"],
  RecordRegistry: ["ConsentRegistry"],
  AuditLog: ["RecordRegistry"],
  ERC7913WebAuthnVerifier: [],
  ERC7913P256Verifier: [],
};

/** What a contract is compiled as, in a deployment with such a predecessor. */
export function artifactOf(name: ContractName, predecessor: unknown): ArtifactName {
  return name === "ConsentRegistry" && predecessor !== undefined ? "ConsentRegistrySuccessor" : name;
}

/**
 * The arguments of a contract's constructor.
 *
 * @param addresses those that are deployed before it, and the predecessor if there is one
 * @param deployer of the AccessManager
 */
export function constructorArguments(
  name: ContractName,
  addresses: Partial<Record<ContractName | "predecessor", unknown>>,
  deployer: string | undefined,
  { emergency }: Settings,
): unknown[] {
  const given: Partial<Record<Given, unknown>> = { ...addresses, ...emergency, deployer };
  const first: readonly Given[] = artifactOf(name, addresses.predecessor) === name ? [] : ["predecessor"];
  return [...first, ...CONSTRUCTORS[name]].map((each) => given[each]);
}

/** A contract as ethers has it, which sends as the deployer. */
type Deployed = Pick<BaseContract, "getAddress" | "getFunction" | "interface">;

/**
 * Deploys the contracts in their order to a chain that mines at once, and hands them over; the deployer keeps nothing.
 *
 * @param create deploys one contract
 * @param deployer the address that `create` deploys from
 */
export async function deployContracts<Contract extends Deployed>(
  create: (name: ContractName, args: readonly unknown[]) => Promise<Contract>,
  deployer: string,
  settings: Settings,
): Promise<Record<ContractName, Contract>> {
  const contracts: Partial<Record<ContractName, Contract>> = {};
  const addresses: Partial<Record<ContractName, string>> = {};
  for (const name of CONTRACT_NAMES) {
    const contract = await create(name, constructorArguments(name, addresses, deployer, settings));
    contracts[name] = contract;
    addresses[name] = await contract.getAddress();
  }
  const suite = contracts as Record<ContractName, Contract>;
  const { ProviderRegistry: providers, AuditLog: audit } = addresses as Record<ContractName, string>;
  const calls = handOver({ providers, audit, deployer }, settings).map(([name, args]) =>
    suite.AccessManager.interface.encodeFunctionData(name, args),
  );
  await suite.AccessManager.getFunction("multicall").send(calls);
  return suite;
}

/**
 * Deploys what comes after other contracts on their chain. Reviewers can state verdicts in its audit log once the consortium
 * has called what `openToReviewers` tells.
 *
 * @param create deploys one contract, from any account
 * @param before what it comes after
 * @returns all contracts, those among them that it has in common with what was before
 */
export async function deploySuccessor<Contract extends Pick<BaseContract, "getAddress">>(
  create: (name: ArtifactName, args: readonly unknown[]) => Promise<Contract>,
  before: Readonly<Record<ContractName, Contract>>,
  settings: Settings,
): Promise<Record<ContractName, Contract>> {
  const suite = { ...before };
  const predecessor = await before.ConsentRegistry.getAddress();
  const addresses: Parameters<typeof constructorArguments>[1] = { predecessor };
  for (const name of CONTRACT_NAMES) {
    if (RENEWED.includes(name)) {
      const args = constructorArguments(name, addresses, undefined, settings);
      suite[name] = await create(artifactOf(name, predecessor), args);
    }
    addresses[name] = await suite[name].getAddress();
  }
  return suite;
}
