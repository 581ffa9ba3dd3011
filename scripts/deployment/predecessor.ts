/** The deployment that a new one comes after. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import { readRecord } from "../verification/record.js";
import type { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { isOfSettings } from "./network.js";
import { type DeploymentRecord, readRecords } from "./records.js";
import { textIn } from "./settings.js";

/**
 * What PREDECESSOR names; undefined if it is not set, or the network is none of .env.
 *
 * @param folder where deployments are recorded
 * @throws OperatorError if the network can't come after it
 */
export async function predecessorOf(
  chain: Chain,
  network: string,
  folder: string,
): Promise<DeploymentRecord | undefined> {
  const name = textIn("PREDECESSOR");
  if (name === undefined || !isOfSettings(network)) return undefined;
  const path = join(folder, name, "deployment.json");
  if (name === network || !existsSync(path)) {
    const reason = name === network ? "the name of the new one" : `but ${path} does not exist`;
    throw new OperatorError(
      `PREDECESSOR is ${name}, ${reason}: name the folder of the chain's last deployment in .env, or leave it out for the chain's first.`,
    );
  }
  const record = readRecord(path);
  await requireSameChain(chain, record);
  requireLast(folder, network, record);
  return record;
}

async function requireSameChain(chain: Chain, { network, chainId, contracts }: DeploymentRecord): Promise<void> {
  const id = await chain.id();
  if (chainId !== id) {
    throw new OperatorError(
      `PREDECESSOR is ${network}, which is on chain ${chainId}, and the node is on chain ${id}: a deployment comes after one on its own chain.`,
    );
  }
  const present = await Promise.all(CONTRACT_NAMES.map((name) => chain.hasCode(contracts[name].address)));
  const missing = CONTRACT_NAMES.find((_, i) => present[i] !== true);
  if (missing === undefined) return;
  throw new OperatorError(
    `There is no contract at ${contracts[missing].address}, where ${missing} of ${network} should be: correct RPC_URL, or PREDECESSOR.`,
  );
}

function requireLast(folder: string, network: string, { chainId, contracts, ...record }: DeploymentRecord): void {
  const others = readRecords(folder).filter((each) => each.chainId === chainId && each.network !== network);
  const next = others.find(({ predecessor }) => predecessor === contracts.ConsentRegistry.address);
  if (next === undefined) return;
  throw new OperatorError(
    `PREDECESSOR is ${record.network}, after which ${next.network} comes already: set it to ${others.at(-1)?.network ?? next.network}, the chain's last deployment.`,
  );
}
