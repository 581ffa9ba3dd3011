/** The networks that a command can be pointed at. */
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";

/** Those that need nothing of .env. */
const BUILT_IN = ["default", "node", "localhost"];

export interface Connected {
  connection: NetworkConnection;
  chain: Chain;
  chainId: number;
}

/** Whether a network is the one of .env. */
export function isOfSettings(network: string): boolean {
  return !BUILT_IN.includes(network);
}

/**
 * Reaches a network's node.
 *
 * @param readOnly nothing is signed, so that no key is asked for
 * @throws OperatorError if no node answers, or CHAIN_ID does not say which chain is meant
 */
export async function connect(network: string, { readOnly = false } = {}): Promise<Connected> {
  requireChainId(network);
  if (!(network in hre.config.networks)) {
    throw new OperatorError(`There is no network ${network}: use ${networkNames()}, or set NETWORK_NAME in .env.`);
  }
  const remote = readOnly && isOfSettings(network);
  const connection = await hre.network.create({ network, ...(remote && { override: { accounts: "remote" } }) });
  const chain = new Chain(connection.provider);
  try {
    return { connection, chain, chainId: await chain.id() };
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    throw new OperatorError(
      network === "localhost"
        ? "No node answers at 127.0.0.1:8545: start one with `npm run node`."
        : "No node answers at RPC_URL: start it, or correct RPC_URL in .env.",
    );
  }
}

/** CHAIN_ID guards against the wrong chain; a chain of one's own needs no guard. */
function requireChainId(network: string): void {
  if (BUILT_IN.includes(process.env.NETWORK_NAME ?? "")) {
    throw new OperatorError("NETWORK_NAME must not be default, node or localhost: choose another name in .env.");
  }
  const { type, chainId } = hre.config.networks[network] ?? {};
  if (type === "http" && network !== "localhost" && chainId === undefined) {
    const given = process.env.CHAIN_ID;
    throw new OperatorError(
      `CHAIN_ID is not ${given === undefined ? "set" : `a number: ${given}`}. Give the id of the chain that is meant in .env.`,
    );
  }
}

function networkNames(): string {
  return Object.keys(hre.config.networks)
    .filter((name) => name !== "node")
    .join(", ");
}

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && /^HHE70[34]:|ECONNREFUSED|ENOTFOUND|fetch failed|timed? ?out/i.test(error.message);
}
