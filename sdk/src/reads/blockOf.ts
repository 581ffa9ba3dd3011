import type { Context } from "../context.js";
import { ReorganisedError } from "../errors/reading.js";
import { poll } from "../transport/poll.js";
import { behind, type Transport } from "../transport/transport.js";
import type { Head, HeadTag, Position } from "../transport/types.js";
import { blockAtTime, blockOfNumber } from "./blockAtTime.js";
import { type ReadOptions, toReadOptions } from "./options.js";

/** The block at which something is read. */
export interface ReadBlock extends Head {
  /** The time in the past that was asked for, or that of the block; undefined for the present. */
  past: Date | undefined;
}

/**
 * The block at which to read: never an older one than was asked for, nor, of the present, than this client's own writes.
 *
 * @throws InvalidParameterError, InvalidDateError about the options
 * @throws TimeoutError if the node does not reach the block in time
 * @throws ReorganisedError if the block of `atLeast`, or of a write of this client, is no longer on the chain
 * @throws WrongChainError, NetworkError, RpcError
 */
export async function blockOf(context: Context, options?: ReadOptions): Promise<ReadBlock> {
  const { at, atLeast } = toReadOptions(options);
  const head = await reached(context.transport, typeof at === "string" ? at : "latest", atLeast);
  if (typeof at === "string") return { ...head, past: undefined };
  if (at instanceof Date) return { ...(await blockAtTime(context, at, head)), past: at };
  const block = await blockOfNumber(context, at);
  return { ...block, past: new Date(block.timestamp * 1000) };
}

/** The newest block, once it holds the position and all that this client wrote. */
async function reached(transport: Transport, tag: HeadTag, atLeast: Position | undefined): Promise<Head> {
  return poll(transport.patience, behindOf(transport, atLeast), async () => {
    const own = transport.confirmed.last;
    const positions = positionsOf(transport, atLeast);
    const blocks = positions.map(({ blockNumber }) => transport.block(blockNumber));
    const [head, ...found] = await Promise.all([transport.head(tag), ...blocks]);
    if (positions.some(({ blockNumber }, i) => head.number < blockNumber || found[i] === undefined)) return undefined;
    const gone = positions.find(({ blockHash }, i) => found[i]?.hash !== blockHash);
    if (gone === undefined) return head;
    if (gone !== own) throw new ReorganisedError(gone.blockNumber, gone.blockHash);
    await followWrites(transport);
    return undefined;
  });
}

/** What a newest block must hold: the position that was asked for, and the last write of this client. */
export function positionsOf({ confirmed }: Transport, atLeast: Position | undefined): Position[] {
  return [atLeast, confirmed.last].filter((position) => position !== undefined);
}

function behindOf({ confirmed }: Transport, atLeast: Position | undefined): string {
  return behind(Math.max(atLeast?.blockNumber ?? 0, confirmed.last?.blockNumber ?? 0));
}

/** Finds the writes of this client again, which a reorganisation has moved to other blocks. */
async function followWrites(transport: Transport): Promise<void> {
  for (const { hash, blockNumber, blockHash } of transport.confirmed.fromLast()) {
    const receipt = await transport.receipt(hash);
    if (receipt === undefined) throw new ReorganisedError(blockNumber, blockHash, hash);
    if (receipt.blockHash === blockHash) return;
  }
}
