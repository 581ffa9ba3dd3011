import { createRequire } from "node:module";
import { BaseContract, ContractFactory, type ContractTransactionResponse, type InterfaceAbi } from "ethers";
import type { Signer } from "../../../test/suite.js";

interface Artifact {
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

const require = createRequire(import.meta.url);

export const EAS_PATH = "@ethereum-attestation-service/eas-contracts/artifacts/contracts";

/** The artifact that a package ships, compiled with its own compiler and settings. */
export function artifactAt(path: string): Artifact {
  return require(path) as Artifact;
}

/** The artifact that ethr-did-registry exports by name. */
export function didRegistryArtifact(): Artifact {
  return (require("ethr-did-registry") as { EthereumDIDRegistry: Artifact }).EthereumDIDRegistry;
}

export async function deploy({ abi, bytecode }: Artifact, deployer: Signer, ...args: unknown[]): Promise<BaseContract> {
  return new ContractFactory(abi, bytecode, deployer).deploy(...args);
}

/** A transaction to a contract of which only the artifact is known. */
export function send(
  contract: BaseContract,
  sender: Signer,
  name: string,
  ...args: unknown[]
): Promise<ContractTransactionResponse> {
  return contract
    .connect(sender)
    .getFunction(name)
    .send(...args);
}
