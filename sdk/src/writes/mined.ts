import { TimeoutError } from "../errors/chain.js";
import { TransactionReplacedError } from "../errors/sending.js";
import type { Transport } from "../transport/transport.js";
import type { Receipt } from "../transport/types.js";
import { Place } from "./place.js";

const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;
/** From such a pause on it is asked whether something else was mined instead. */
const LONG = 300;

/**
 * Waits until a transaction is mined, or one in its place that does the same, as wallets make to speed it up.
 *
 * Once it is sent, a failure to ask about it says nothing about it: it is asked about until time is up.
 *
 * @param milliseconds for how long
 * @throws TransactionReplacedError if one that does something else was mined in its place
 * @throws TimeoutError with the hash if it was not mined in time
 */
export async function mined(transport: Transport, hash: string, milliseconds: number): Promise<Receipt> {
  const end = Date.now() + milliseconds;
  const place = new Place(transport, hash);
  let failure: unknown;
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      const receipt = (await transport.receipt(hash)) ?? (await place.look(wait >= LONG));
      if (receipt !== undefined) return receipt;
    } catch (error) {
      if (error instanceof TransactionReplacedError) throw error;
      failure = error;
    }
    if (Date.now() >= end) throw new TimeoutError(hash, failure);
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, Math.max(end - Date.now(), 0))));
  }
}
