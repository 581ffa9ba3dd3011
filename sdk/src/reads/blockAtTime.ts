import type { Context } from "../context.js";
import { InvalidDateError } from "../errors/input.js";
import { behind } from "../transport/transport.js";
import { poll } from "../transport/poll.js";
import type { Head } from "../transport/types.js";

/**
 * The last block at or before a time, in about as many questions as the number of blocks has binary digits.
 *
 * @param head the newest block
 * @throws InvalidDateError if there was no deployment yet
 */
export async function blockAtTime(context: Context, time: Date, head: Head): Promise<Head> {
  const seconds = Math.floor(time.getTime() / 1000);
  if (head.timestamp <= seconds) return head;
  let found = await blockOfNumber(context, Math.min(context.deployment.fromBlock, head.number));
  if (found.timestamp > seconds) throw new InvalidDateError("at", time, "The contracts were not deployed yet.");
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
