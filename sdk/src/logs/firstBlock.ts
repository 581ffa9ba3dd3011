import type { Context } from "../context.js";
import { toBlockNumber } from "../reads/options.js";

/** The block with which to begin: the one that was asked for, but none before the deployment. */
export function firstBlock({ deployment }: Context, fromBlock: number | undefined): number {
  const first = fromBlock === undefined ? 0 : toBlockNumber(fromBlock, "fromBlock");
  return Math.max(first, deployment.fromBlock);
}
