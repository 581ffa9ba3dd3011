import { NetworkError, RateLimitedError, RpcError, TimeoutError, UnreadableAnswerError } from "../errors/chain.js";
import type { ConsentryError } from "../errors/base.js";
import { ReorganisedError } from "../errors/reading.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import type { Transport } from "../transport/transport.js";
import type { Head, LogFilter, RawLog } from "../transport/types.js";
import type { Journal } from "./journal.js";
import { scan } from "./scan.js";
import { withTimes } from "./times.js";

/** A log that appeared, or that a reorganisation took back. */
export interface Told {
  log: RawLog;
  removed: boolean;
}

/** What to follow. */
export interface Following {
  transport: Transport;
  filters: readonly LogFilter[];
  /** How many blocks must follow before a block counts. */
  confirmations: number;
  /** How long to wait before the node is asked again, in milliseconds. */
  interval: number;
  signal: AbortSignal | undefined;
  /** Is told of a failure that passes. */
  onError: ((error: ConsentryError) => void) | undefined;
  /** Where to begin. */
  begin: () => Promise<Journal>;
}

/**
 * The logs from a place on, for as long as they are asked for.
 *
 * @throws ReorganisedError if the chain was reorganised deeper than the journal goes
 * @throws WrongChainError, and whatever else does not pass
 */
export async function* follow(following: Following): AsyncGenerator<Told> {
  const { begin, interval, signal, onError } = following;
  let journal: Journal | undefined;
  while (signal?.aborted !== true) {
    try {
      journal ??= await begin();
      yield* round(following, journal);
    } catch (cause) {
      const error = toConsentryError(cause);
      if (!passes(error)) throw error;
      onError?.(error);
    }
    await pause(interval, signal);
  }
}

/** What happened since the last round. */
async function* round(following: Following, journal: Journal): AsyncGenerator<Told> {
  const head = await headOf(following);
  if (head === undefined || !(yield* takenBack(following.transport, journal, head))) return;
  try {
    yield* appeared(following, journal, head);
  } catch (error) {
    // The next round takes back what was told.
    if (!(error instanceof ReorganisedError)) throw error;
  }
}

/** The newest block that counts; undefined if there is none yet. */
async function headOf({ transport, confirmations }: Following): Promise<Head | undefined> {
  const head = await transport.head();
  if (confirmations === 0) return head;
  return head.number < confirmations ? undefined : transport.block(head.number - confirmations);
}

/** Takes back what is on the chain no longer. False while the node can't tell, because it lags. */
async function* takenBack(transport: Transport, journal: Journal, head: Head): AsyncGenerator<Told, boolean> {
  for (;;) {
    const known = journal.newestUpTo(head.number);
    const block = known?.blockNumber === head.number ? head : known && (await transport.block(known.blockNumber));
    if (known === undefined || block === undefined) return false;
    if (block.hash === known.blockHash) return true;
    const takingBack = journal.takeBack(known);
    let step = takingBack.next();
    for (; step.done !== true; step = takingBack.next()) yield { log: step.value, removed: true };
    if (!step.value) throw new ReorganisedError(known.blockNumber, known.blockHash);
  }
}

async function* appeared({ transport, filters }: Following, journal: Journal, head: Head): AsyncGenerator<Told> {
  for await (const { logs, end } of scan(transport, { filters, fromBlock: journal.next, head })) {
    const news = logs.filter((log) => !journal.has(log));
    for (const log of await withTimes(transport, news)) {
      journal.tell(log);
      yield { log, removed: false };
    }
    journal.close(end);
  }
}

const passing = [NetworkError, TimeoutError, RateLimitedError, UnreadableAnswerError, RpcError];

/** Whether it may be over when the node is asked again. */
function passes(error: ConsentryError): boolean {
  return passing.some((type) => error instanceof type);
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
