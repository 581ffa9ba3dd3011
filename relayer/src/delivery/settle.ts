import { ConsentryError, NothingToDeliverError } from "@consentry/sdk";
import type { Letter, Place } from "../queue/types.js";
import { shortOf } from "../statements/shortOf.js";
import type { Delivering } from "./delivering.js";
import { failureOf, isPassing, isRefusal, isWaste } from "./fate.js";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** How often a statement whose transactions have no effect is tried. */
const MOST_IN_VAIN = 3;

/** It was mined. */
export function succeed({ queue, log }: Delivering, id: string, place: Place): void {
  queue.done(id, place);
  log.info({ id: shortOf(id) }, "delivered");
}

/** What comes of a failure: what can't be delivered ends, all else is tried again. */
export async function settle(delivering: Delivering, letter: Letter, error: unknown): Promise<void> {
  try {
    if (error instanceof NothingToDeliverError) end(delivering, letter, undefined, await placeOf(delivering, letter));
    else if (!isFinal(error, letter)) postpone(delivering, letter, error);
    else end(delivering, letter, (await stands(delivering, letter)) ? undefined : error);
  } catch (fault) {
    postpone(delivering, letter, fault);
  }
}

/** Where it was mined, if that is known. */
async function placeOf({ payer }: Delivering, { hash }: Letter): Promise<Place | undefined> {
  return hash === undefined ? undefined : payer.placeOf(hash);
}

function end({ queue, log }: Delivering, { id }: Letter, error: ConsentryError | undefined, place?: Place): void {
  if (error === undefined) queue.done(id, place);
  else queue.failed(id, failureOf(error));
  log.info({ id: shortOf(id), code: error?.code }, error === undefined ? "stands already" : "can't be delivered");
}

function isFinal(error: unknown, { inVain }: Letter): error is ConsentryError {
  if (isWaste(error)) return inVain + 1 >= MOST_IN_VAIN;
  return isRefusal(error) && !isPassing(error);
}

/** What works once fails the second time: it may stand on the chain all the same. */
async function stands({ line, options }: Delivering, { statement }: Letter): Promise<boolean> {
  try {
    await line.use(({ relay }) => relay.verify(statement, options));
    return false;
  } catch (error) {
    if (error instanceof NothingToDeliverError) return true;
    if (isRefusal(error) || isWaste(error)) return false;
    throw error;
  }
}

function postpone({ queue, log }: Delivering, { id, attempts }: Letter, error: unknown): void {
  const delay = Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY);
  queue.postpone(id, { delay, inVain: isWaste(error) });
  const code = error instanceof ConsentryError ? error.code : undefined;
  log.warn({ id: shortOf(id), code, attempts: attempts + 1, delay }, "is tried again");
}
