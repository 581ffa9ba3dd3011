import { getAddress, isAddress } from "ethers";
import { InvalidDeploymentError } from "../errors/connection.js";
import type { ContractName, DeployedContract, Deployment } from "./types.js";

/** Every contract of a deployment, in the order in which they are deployed. */
export const CONTRACT_NAMES: readonly ContractName[] = [
  "AccessManager",
  "ProviderRegistry",
  "ConsentRegistry",
  "RecordRegistry",
  "AuditLog",
  "ERC7913WebAuthnVerifier",
  "ERC7913P256Verifier",
];

/**
 * Checks the shape of a deployment, such as a parsed deployment.json; what it holds besides is kept.
 *
 * @throws InvalidDeploymentError with the path of what is wrong
 * @example
 * import { parseDeployment } from "@consentry/sdk";
 *
 * const deployment = parseDeployment(JSON.parse(text)); // { network: "hospital-net", chainId: 2026, ... }
 */
export function parseDeployment(value: unknown): Deployment {
  const deployment = objectAt(value, "deployment");
  const { network, chainId, fromBlock } = deployment;
  if (typeof network !== "string") throw new InvalidDeploymentError("deployment.network", "a string");
  if (!isCount(chainId, 1)) throw new InvalidDeploymentError("deployment.chainId", "a positive whole number");
  if (!isCount(fromBlock, 0)) throw new InvalidDeploymentError("deployment.fromBlock", "the number of a block");
  const predecessor = deployment["predecessor"];
  const contracts = objectAt(deployment["contracts"], "deployment.contracts");
  const parsed = CONTRACT_NAMES.map((name) => [name, contractAt(contracts[name], `deployment.contracts.${name}`)]);
  return {
    ...deployment,
    network,
    chainId,
    fromBlock,
    ...(predecessor !== undefined && { predecessor: addressAt(predecessor, "deployment.predecessor") }),
    contracts: Object.fromEntries(parsed) as Deployment["contracts"],
  };
}

function contractAt(value: unknown, path: string): DeployedContract {
  const { address, ...more } = objectAt(value, path);
  return { ...more, address: addressAt(address, `${path}.address`) };
}

function addressAt(value: unknown, path: string): string {
  if (typeof value !== "string" || !isAddress(value)) throw new InvalidDeploymentError(path, "an address");
  return getAddress(value);
}

function objectAt(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidDeploymentError(path, "an object");
  }
  return value as Record<string, unknown>;
}

function isCount(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
