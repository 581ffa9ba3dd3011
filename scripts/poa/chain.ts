/** A chain of several validators, with the contracts. */
import { deployOn, type LocalChain } from "../start/localChain.js";
import { type PoaNetwork, type PoaParams, startNetwork } from "./network.js";

export interface PoaChain extends LocalChain, Pick<PoaNetwork, "chainId" | "blockTime" | "validators" | "leaveKey"> {}

/** Starts the validators, deploys the contracts, and hands them over to the consortium. */
export async function startPoaChain(params: PoaParams): Promise<PoaChain> {
  const { close, ...network } = await startNetwork(params);
  const [first] = network.validators;
  return { ...network, ...(await deployOn(first?.url ?? "", close)) };
}
