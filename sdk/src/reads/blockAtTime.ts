import type { Context } from "../context.js";
import { InvalidDateError } from "../errors/input.js";
import { behind } from "../transport/transport.js";
import { poll } from "../transport/poll.js";
import type { Head } from "../transport/types.js";

/**
 * The last block at or before a time.
 *
 * @param head the newest block
 * @throws InvalidDateError if there was no deployment yet
 */
export async function blockAtTime(context: Context, time: Date, head: Head): Promise<Head> {
  const block = await search(context, Math.floor(time.getTime() / 1000), head);
  if (block === undefined) throw new InvalidDateError("at", time, "The contracts were not deployed yet.");
  return block;
}

/** The number of the first block at or after a time, or of the deployment if that came later. */
export async function firstBlockSince(context: Context, time: Date, head: Head): Promise<number> {
  const before = await search(context, Math.ceil(time.getTime() / 1000) - 1, head);
  return before === undefined ? context.deployment.fromBlock : before.number + 1;
}

/** The last block up to a time in seconds, in about as many questions as the number of blocks has binary digits. */
async function search(context: Context, seconds: number, head: Head): Promise<Head | undefined> {
  if (head.timestamp <= seconds) return head;
  let found = await blockOfNumber(context, Math.min(context.deployment.fromBlock, head.number));
  if (found.timestamp > seconds) return undefined;
  for (let tooLate = head.number; found.number + 1 < tooLate;) {
    const middle = await blockOfNumber(context, Math.floor((found.number + tooLate) / 2));
    if (middle.timestamp <= seconds) found = middle;
    else tooLate = middle.number;
  }
  return found;
}

/** A block by its number; a node that has not reached it is waited for. */
export async function blockOfNumber({ transport }: Context, number: number): Promise<Head> {
  return poll(transport.patience, behind(number), () => transport.block(number));
}
