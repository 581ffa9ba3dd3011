import { ConsentryError } from "../errors/base.js";
import { RpcError, TimeoutError } from "../errors/chain.js";
import { ReorganisedError } from "../errors/reading.js";
import { isUnknownBlock } from "../transport/blocks.js";
import { poll } from "../transport/poll.js";
import { behind, type Transport } from "../transport/transport.js";
import type { Head, LogFilter, RawLog } from "../transport/types.js";
import { Span } from "./span.js";

/** How far a scan of the chain has come. */
export interface Progress {
  /** The first block that was just looked through. */
  fromBlock: number;
  /** The last block that was just looked through. */
  toBlock: number;
  /** The last block that is to be looked through. */
  head: number;
}

/** The logs of some blocks, in order. */
export interface Chunk {
  logs: RawLog[];
  fromBlock: number;
  /** The last of these blocks. */
  end: Head;
}

/** Which blocks to look through, for what. */
export interface Scan {
  /** A log that fits one of them is found. */
  filters: readonly LogFilter[];
  fromBlock: number;
  /** The last block. */
  head: Head;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The logs of a range of blocks in order, chunk by chunk, in as many queries as the node needs.
 *
 * @throws TimeoutError if the node does not reach the last block in time
 * @throws ReorganisedError if another block has taken the last one's place
 */
export async function* scan(transport: Transport, params: Scan): AsyncGenerator<Chunk> {
  const { filters, head, onProgress } = params;
  const span = new Span();
  for (let fromBlock = params.fromBlock; fromBlock <= head.number;) {
    const toBlock = Math.min(fromBlock + span.size - 1, head.number);
    const found = await poll(transport.patience, behind(toBlock), () => query(transport, filters, fromBlock, toBlock));
    if (found instanceof ConsentryError) {
      if (toBlock === fromBlock) throw found;
      span.exceeds(toBlock - fromBlock + 1);
      continue;
    }
    if (toBlock === head.number && found.end.hash !== head.hash) throw new ReorganisedError(head.number, head.hash);
    span.fits(toBlock - fromBlock + 1);
    onProgress?.({ fromBlock, toBlock, head: head.number });
    yield found;
    fromBlock = toBlock + 1;
  }
}

/** All the logs of a range of blocks, in order. */
export async function logsOf(transport: Transport, params: Scan): Promise<RawLog[]> {
  const logs: RawLog[][] = [];
  for await (const chunk of scan(transport, params)) logs.push(chunk.logs);
  return logs.flat();
}

/** The logs, or why they are too many for one query; undefined while the node does not have all the blocks. */
async function query(
  transport: Transport,
  filters: readonly LogFilter[],
  fromBlock: number,
  toBlock: number,
): Promise<Chunk | ConsentryError | undefined> {
  try {
    const { logs, end } = await transport.logs(filters, fromBlock, toBlock);
    return end === undefined ? undefined : { logs: inOrder(logs), fromBlock, end };
  } catch (error) {
    if (isUnknownBlock(error)) return undefined;
    if (error instanceof RpcError || error instanceof TimeoutError) return error;
    throw error;
  }
}

function inOrder([first = [], ...others]: readonly RawLog[][]): RawLog[] {
  if (others.length === 0) return first;
  return [first, ...others].flat().sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
}
