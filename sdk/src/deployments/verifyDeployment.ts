import { getAddress } from "ethers";
import type { Context } from "../context.js";
import { NetworkError, TimeoutError } from "../errors/chain.js";
import { DeploymentMismatchError, NoDeploymentError } from "../errors/connection.js";
import { CONTRACT_NAMES } from "./parseDeployment.js";
import type { ContractName } from "./types.js";

/**
 * Sees to it that there is code at every address of a deployment and that its contracts point at each other.
 *
 * @throws NoDeploymentError, DeploymentMismatchError
 */
export async function verifyDeployment({ deployment, transport, audit, records, consents }: Context): Promise<void> {
  const { chainId, contracts } = deployment;
  const present = await Promise.all(CONTRACT_NAMES.map((name) => transport.hasCode(contracts[name].address)));
  const missing = CONTRACT_NAMES.find((_, i) => present[i] !== true);
  if (missing !== undefined) throw new NoDeploymentError(chainId, missing, contracts[missing].address);
  const pointers: [pointer: string, read: () => Promise<string>, target: ContractName][] = [
    ["AuditLog.records", () => audit.records(), "RecordRegistry"],
    ["RecordRegistry.consents", () => records.consents(), "ConsentRegistry"],
    ["ConsentRegistry.providers", () => consents.providers(), "ProviderRegistry"],
  ];
  await Promise.all(
    pointers.map(([pointer, read, target]) => verifyPointer(pointer, read, getAddress(contracts[target].address))),
  );
}

async function verifyPointer(pointer: string, read: () => Promise<string>, expected: string): Promise<void> {
  const actual = await read().catch((error: unknown) => {
    if (error instanceof NetworkError || error instanceof TimeoutError) throw error;
    throw new DeploymentMismatchError(pointer, expected, undefined, error);
  });
  if (actual !== expected) throw new DeploymentMismatchError(pointer, expected, actual);
}
