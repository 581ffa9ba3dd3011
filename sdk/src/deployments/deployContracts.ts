import type { BaseContract } from "ethers";
import { handOver } from "./governance.js";
import { CONTRACT_NAMES } from "./parseDeployment.js";
import type { EmergencySettings, Settings } from "./settings.js";
import type { ContractName } from "./types.js";

type Given = Exclude<ContractName, `ERC${string}`> | "deployer" | keyof EmergencySettings;

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

/** The arguments of a contract's constructor; of addresses those are needed that are deployed before it. */
export function constructorArguments(
  name: ContractName,
  addresses: Partial<Record<ContractName, string>>,
  deployer: string,
  { emergency }: Settings,
): unknown[] {
  const given: Partial<Record<Given, unknown>> = { ...addresses, ...emergency, deployer };
  return CONSTRUCTORS[name].map((each) => given[each]);
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
