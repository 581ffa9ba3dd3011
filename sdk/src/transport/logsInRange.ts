import { RpcError, TimeoutError } from "../errors/chain.js";
import type { Transport } from "./transport.js";
import type { LogFilter, RawLog } from "./types.js";

/** Blocks that a query covers at first; nodes that allow fewer say so, and the query is halved until it fits. */
const MOST_BLOCKS = 1_000_000;

/** All logs of a range of blocks, in order, in as many queries as the node needs. */
export async function logsInRange(transport: Transport, filter: LogFilter): Promise<RawLog[]> {
  const logs: RawLog[] = [];
  let size = MOST_BLOCKS;
  for (let fromBlock = filter.fromBlock; fromBlock <= filter.toBlock;) {
    const toBlock = Math.min(fromBlock + size - 1, filter.toBlock);
    try {
      logs.push(...(await transport.logs({ ...filter, fromBlock, toBlock })));
      fromBlock = toBlock + 1;
    } catch (error) {
      if (!isTooMuch(error) || toBlock === fromBlock) throw error;
      size = Math.ceil((toBlock - fromBlock + 1) / 2);
    }
  }
  return logs;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof RpcError || error instanceof TimeoutError;
}
