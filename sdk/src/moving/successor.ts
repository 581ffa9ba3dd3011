import { Contract } from "ethers";
import type { Context } from "../context.js";
import { DeploymentMismatchError } from "../errors/connection.js";
import { NetworkError, TimeoutError } from "../errors/chain.js";
import type { Overrides } from "ethers";

/** What a registry that comes after another has beside its consents. */
export interface Successor {
  predecessor: () => Promise<string>;
  isSettled: (patient: string, at: Overrides) => Promise<boolean>;
}

const ABI = ["function predecessor() view returns (address)", "function isSettled(address) view returns (bool)"];

/** The registry of a deployment as one that comes after another. */
export function successorOf({ deployment, transport }: Context): Successor {
  return new Contract(deployment.contracts.ConsentRegistry.address, ABI, transport.runner) as unknown as Successor;
}

/**
 * Sees to it that a registry comes after another.
 *
 * @throws DeploymentMismatchError
 */
export async function verifySuccession(from: Context, to: Context): Promise<void> {
  const expected = from.deployment.contracts.ConsentRegistry.address;
  const pointer = "ConsentRegistry.predecessor";
  const actual = await successorOf(to)
    .predecessor()
    .catch((error: unknown) => {
      if (error instanceof NetworkError || error instanceof TimeoutError) throw error;
      throw new DeploymentMismatchError(pointer, expected, undefined, error);
    });
  if (actual !== expected) throw new DeploymentMismatchError(pointer, expected, actual);
}
