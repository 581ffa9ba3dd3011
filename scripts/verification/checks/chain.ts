/** The chain is the one that is recorded. */
import type { Chain } from "../../deployment/chain.js";
import type { DeploymentRecord } from "../../deployment/records.js";
import type { Finding } from "../types.js";

export async function checkChain(chain: Chain, { chainId }: DeploymentRecord): Promise<Finding[]> {
  const id = await chain.id();
  if (id === chainId) return [];
  const sentence = `The node is on chain ${id}, the deployment on ${chainId}: correct RPC_URL, or name the network that is meant.`;
  return [{ check: "chain", sentence }];
}
