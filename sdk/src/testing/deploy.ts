import type { ContractFactory, Signer } from "ethers";
import { deployContracts } from "../deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../deployments/parseDeployment.js";
import type { Settings } from "../deployments/settings.js";
import type { ContractName, DeployedContract, Deployment } from "../deployments/types.js";
import { AccessManager__factory } from "../generated/contracts/factories/@openzeppelin/contracts/access/manager/AccessManager__factory.js";
import { ERC7913P256Verifier__factory } from "../generated/contracts/factories/@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier__factory.js";
import { ERC7913WebAuthnVerifier__factory } from "../generated/contracts/factories/@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier__factory.js";
import { AuditLog__factory } from "../generated/contracts/factories/contracts/AuditLog__factory.js";
import { ConsentRegistry__factory } from "../generated/contracts/factories/contracts/ConsentRegistry__factory.js";
import { ProviderRegistry__factory } from "../generated/contracts/factories/contracts/ProviderRegistry__factory.js";
import { RecordRegistry__factory } from "../generated/contracts/factories/contracts/RecordRegistry__factory.js";

const FACTORIES: Readonly<Record<ContractName, new (deployer: Signer) => ContractFactory>> = {
  AccessManager: AccessManager__factory,
  ProviderRegistry: ProviderRegistry__factory,
  ConsentRegistry: ConsentRegistry__factory,
  RecordRegistry: RecordRegistry__factory,
  AuditLog: AuditLog__factory,
  ERC7913WebAuthnVerifier: ERC7913WebAuthnVerifier__factory,
  ERC7913P256Verifier: ERC7913P256Verifier__factory,
};

/** Deploys the contracts that this package was built with. */
export async function deploy(deployer: Signer, chainId: number, settings: Settings): Promise<Deployment> {
  const create = async (name: ContractName, args: readonly unknown[]) => new FACTORIES[name](deployer).deploy(...args);
  const suite = await deployContracts(create, await deployer.getAddress(), settings);
  const contracts = CONTRACT_NAMES.map(async (name): Promise<[ContractName, DeployedContract]> => {
    return [name, { address: await suite[name].getAddress() }];
  });
  return {
    network: "testbed",
    chainId,
    fromBlock: 0,
    contracts: Object.fromEntries(await Promise.all(contracts)) as Deployment["contracts"],
  };
}
