/** The deployments of a chain, each of which comes after another, and how they were made. */
import { getAddress, getCreateAddress, isAddress } from "ethers";
import type { Governance } from "../../sdk/src/deployments/governance.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { EmergencySettings } from "../../sdk/src/deployments/settings.js";
import type { ContractName, Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain } from "./chain.js";
import type { Making } from "./rehearsal.js";

/** Those that a deployment comes after, the chain's first first; undefined if one of them is not among these. */
export function before({ predecessor }: Deployment, all: readonly Deployment[]): Deployment[] | undefined {
  if (predecessor === undefined) return [];
  const last = all.find(({ contracts }) => contracts.ConsentRegistry.address === predecessor);
  const earlier =
    last &&
    before(
      last,
      all.filter((each) => each !== last),
    );
  return earlier && [...earlier, last];
}

/** Those that come after a deployment. */
export function after({ contracts }: Deployment, all: readonly Deployment[]): Deployment[] {
  const next = all.filter(({ predecessor }) => predecessor === contracts.ConsentRegistry.address);
  const rest = all.filter((each) => !next.includes(each));
  return next.flatMap((each) => [each, ...after(each, rest)]);
}

export function addressesOf({ contracts }: Deployment): Record<ContractName, string> {
  const entries = CONTRACT_NAMES.map((name) => [name, contracts[name].address] as const);
  return Object.fromEntries(entries) as Record<ContractName, string>;
}

/** Who deployed what a deployment has in common with none before it; undefined if that is not recorded, or not on the chain. */
export async function deployerOf(chain: Chain, { predecessor, contracts }: Deployment): Promise<string | undefined> {
  if (predecessor === undefined) {
    const [given] = contracts.AccessManager.arguments ?? [];
    return isAddress(given) ? getAddress(given) : undefined;
  }
  const { transaction: hash } = contracts.ConsentRegistry;
  const transaction = hash === undefined ? null : await chain.transaction(hash);
  return transaction === null ? undefined : getAddress(transaction.from);
}

/** How a recorded deployment was made; undefined if its deployer can't have made it. */
export async function makingOf(
  chain: Chain,
  deployment: Deployment,
  governance: Governance,
): Promise<Making | undefined> {
  const deployer = await deployerOf(chain, deployment);
  if (deployer === undefined) return undefined;
  const { AccessManager, ConsentRegistry } = deployment.contracts;
  const { address } = deployment.predecessor === undefined ? AccessManager : ConsentRegistry;
  const settings = { ...governance, emergency: emergencyIn(deployment) };
  const sent = await chain.nonceOf(deployer, "latest");
  for (let nonce = 0; nonce < sent; nonce++) {
    if (getCreateAddress({ from: deployer, nonce }) === address) return { deployer, nonce, settings };
  }
  return undefined;
}

/** What a recorded deployment says about break-glass. */
export function emergencyIn({ contracts }: Deployment): EmergencySettings {
  const [window = 0, burst = 0, refill = 0] = (contracts.ConsentRegistry.arguments ?? []).slice(-3).map(Number);
  return { window, burst, refill };
}
