import { RpcError } from "../errors/chain.js";
import type { Transport } from "../transport/transport.js";
import type { RawLog } from "../transport/types.js";

/** A log with the time of its block. */
export type TimedLog = RawLog & { blockTimestamp: number };

/** The same logs with the times of their blocks, which are asked for where the node did not tell. */
export async function withTimes(transport: Transport, logs: readonly RawLog[]): Promise<TimedLog[]> {
  const untold = logs.filter(({ blockTimestamp }) => blockTimestamp === undefined);
  const blocks = await transport.blocks([...new Set(untold.map(({ blockNumber }) => blockNumber))]);
  const times = new Map(blocks.map(({ hash, timestamp }) => [hash, timestamp]));
  return logs.map((log) => {
    const blockTimestamp = log.blockTimestamp ?? times.get(log.blockHash);
    if (blockTimestamp !== undefined) return { ...log, blockTimestamp };
    throw new RpcError(new TypeError(`The node does not have block ${log.blockHash} any more.`));
  });
}
