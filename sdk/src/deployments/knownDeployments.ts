import { deployments } from "../generated/deployments.js";
import { parseDeployment } from "./parseDeployment.js";
import type { Deployment } from "./types.js";

/**
 * The deployments that this package knows, by chain id, each before the one that comes after it: the last of a chain is what
 * `connect` finds by itself.
 *
 * @returns a copy of each; none if the package was built without deployments
 * @example
 * import { knownDeployments } from "@consentry/sdk";
 *
 * console.log(knownDeployments().map(({ network, chainId }) => `${network} ${chainId}`)); // ["hospital-net 2026"]
 */
export function knownDeployments(): Deployment[] {
  return deployments.map((deployment) => structuredClone(parseDeployment(deployment)));
}
