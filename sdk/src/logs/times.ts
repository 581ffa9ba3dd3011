import { RpcError } from "../errors/chain.js";
import type { Transport } from "../transport/transport.js";
import type { RawLog } from "../transport/types.js";

/** The times of the blocks of some logs, by the blocks' hashes: from the logs themselves, where the node tells. */
export async function timesOf(transport: Transport, logs: readonly RawLog[]): Promise<(blockHash: string) => Date> {
  const times = new Map<string, number>();
  for (const { blockHash, blockTimestamp } of logs) {
    if (blockTimestamp !== undefined) times.set(blockHash, blockTimestamp);
  }
  const untold = logs.filter(({ blockHash }) => !times.has(blockHash)).map(({ blockNumber }) => blockNumber);
  for (const { hash, timestamp } of await transport.blocks([...new Set(untold)])) times.set(hash, timestamp);
  return (blockHash) => {
    const seconds = times.get(blockHash);
    if (seconds === undefined) throw new RpcError(new TypeError(`The node does not have block ${blockHash} any more.`));
    return new Date(seconds * 1000);
  };
}
