import { NoDeploymentError } from "../errors/connection.js";
import { deployments } from "../generated/deployments.js";
import { parseDeployment } from "./parseDeployment.js";
import type { Deployment } from "./types.js";

/** The last deployment that this package knows for a chain; throws {@link NoDeploymentError}. */
export function findDeployment(chainId: number): Deployment {
  const deployment = deployments.findLast((each) => each.chainId === chainId);
  if (deployment === undefined) throw new NoDeploymentError(chainId);
  return parseDeployment(deployment);
}
