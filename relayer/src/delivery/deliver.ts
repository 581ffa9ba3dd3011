import { ConsentryError, NothingToDeliverError, type RelayOptions } from "@consentry/sdk";
import type { FastifyBaseLogger } from "fastify";
import type { Queue } from "../queue/queue.js";
import type { Letter, Place } from "../queue/types.js";
import { shortOf } from "../statements/shortOf.js";
import { failureOf, isPassing, isRefusal, isWaste, underWay } from "./fate.js";
import type { Line } from "./line.js";
import type { Payer } from "./payer.js";

/** What delivering needs. */
export interface Delivering {
  line: Line;
  payer: Payer;
  queue: Queue;
  log: FastifyBaseLogger;
  options: RelayOptions;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** How often a statement whose transactions have no effect is tried. */
const MOST_IN_VAIN = 3;

/** Tries to deliver a statement, and writes down what came of it. */
export async function deliver(delivering: Delivering, letter: Letter): Promise<void> {
  const { queue, log } = delivering;
  if (await isUnderWay(delivering, letter)) {
    postpone(delivering, letter);
    return;
  }
  queue.sent(letter.id);
  try {
    queue.done(letter.id, await submit(delivering, letter));
    log.info({ id: shortOf(letter.id) }, "delivered");
  } catch (error) {
    await settle(delivering, letter, error);
  }
}

/** What may have been sent is not sent again before it is known what became of it. */
async function isUnderWay({ payer }: Delivering, { state }: Letter): Promise<boolean> {
  return state === "sent" && (await payer.hasPending().catch(() => true));
}

/** Where it was mined, if that is known. */
async function submit({ line, payer, options }: Delivering, { statement, hash }: Letter): Promise<Place | undefined> {
  try {
    const result = await line.use(({ relay }) => relay.submit(statement, options));
    return { hash: result.hash, blockNumber: result.blockNumber };
  } catch (error) {
    if (!(error instanceof NothingToDeliverError)) throw error;
    return hash === undefined ? undefined : payer.placeOf(hash);
  }
}

/** What comes of a failure: what can't be delivered ends, all else is tried again. */
async function settle(delivering: Delivering, letter: Letter, error: unknown): Promise<void> {
  if (!isFinal(error, letter)) {
    postpone(delivering, letter, error);
    return;
  }
  try {
    end(delivering, letter, (await stands(delivering, letter)) ? undefined : error);
  } catch (fault) {
    postpone(delivering, letter, fault);
  }
}

function end({ queue, log }: Delivering, { id }: Letter, error: ConsentryError | undefined): void {
  if (error === undefined) queue.done(id);
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

/** Without an error it is as far as it was. */
function postpone({ queue, log }: Delivering, letter: Letter, error?: unknown): void {
  const { id, state, attempts } = letter;
  const sent = underWay(error);
  const delay = Math.min(FIRST_DELAY * 2 ** attempts, LONGEST_DELAY);
  const now = error === undefined ? state : sent === undefined ? "queued" : "sent";
  queue.postpone(id, { state: now, hash: sent?.hash, delay, inVain: isWaste(error) });
  const code = error instanceof ConsentryError ? error.code : undefined;
  log.warn({ id: shortOf(id), code, attempts: attempts + 1, delay }, "is tried again");
}
