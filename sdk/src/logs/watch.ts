import type { Context } from "../context.js";
import { type ConsentryError } from "../errors/base.js";
import { InvalidParameterError } from "../errors/input.js";
import { blockOfNumber } from "../reads/blockAtTime.js";
import { toBlockNumber } from "../reads/options.js";
import type { Head, LogFilter, RawLog } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { firstBlock } from "./firstBlock.js";
import { follow, type Following } from "./follow.js";
import { DEPTH, Journal } from "./journal.js";

/** How to watch. */
export interface WatchOptions {
  /** Where an earlier watch stopped: it goes on after that. */
  cursor?: string | undefined;
  /**
   * How many blocks must follow before an event is told; 0 if left out. A reorganisation takes back what was told with
   * `removed: true`; it does not reach as far where the chain is final after so many blocks.
   */
  confirmations?: number | undefined;
  /** How long to wait before the node is asked again, in milliseconds; 1,000 if left out. */
  interval?: number | undefined;
  /** Ends the watch. */
  signal?: AbortSignal | undefined;
  /** Is told of each failure that the watch survives. */
  onError?: ((error: ConsentryError) => void) | undefined;
}

/** An event that happened, or, with `removed`, one that was told before and did not: the chain was reorganised. */
export type Watched<Event> = Event & { removed: boolean };

/** What to watch for, and how to tell it. */
export interface Watching<Event> {
  filters: readonly LogFilter[];
  fromBlock: number | undefined;
  describe: (log: RawLog) => Event | undefined;
}

const INTERVAL = 1_000;
const OPTION_KEYS = [
  "cursor",
  "confirmations",
  "interval",
  "signal",
  "onError",
] as const satisfies readonly (keyof WatchOptions)[];

/**
 * Events as they happen, each once, in the order of the chain. Iterated again, it goes on after what it told last.
 *
 * @example
 * const watch = consentry.consents.watch({ patient }, { signal });
 * for await (const { type, removed } of watch) console.log(type, removed); // ConsentGranted false
 */
export class Watch<Event extends object> implements AsyncIterable<Watched<Event>> {
  readonly #context: Context;
  readonly #watching: Watching<Event>;
  readonly #options: WatchOptions;
  readonly #now: Promise<Head | undefined>;
  #journal: Journal | undefined;

  constructor(context: Context, watching: Watching<Event>, options: WatchOptions = {}) {
    requireOptions(options);
    if (options.cursor !== undefined) this.#journal = Journal.parse(options.cursor);
    this.#context = context;
    const { fromBlock } = watching;
    this.#watching = { ...watching, fromBlock: fromBlock === undefined ? undefined : firstBlock(context, fromBlock) };
    this.#options = options;
    // What happens from now on, not only once it is iterated.
    this.#now = context.transport.head().catch(() => undefined);
  }

  /** Goes on after what was told last, as an option of another watch; undefined before anything was looked through. */
  get cursor(): string | undefined {
    return this.#journal?.toString();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Watched<Event>, void, undefined> {
    for await (const { log, removed } of follow(this.#following())) {
      const event = this.#watching.describe(log);
      if (event !== undefined) yield { ...event, removed };
    }
  }

  #following(): Following {
    const { confirmations = 0, interval = INTERVAL, signal, onError } = this.#options;
    const { transport } = this.#context;
    const begin = async (): Promise<Journal> => (this.#journal ??= await this.#begin());
    return { transport, filters: this.#watching.filters, confirmations, interval, signal, onError, begin };
  }

  async #begin(): Promise<Journal> {
    const { transport } = this.#context;
    const { fromBlock } = this.#watching;
    const start = fromBlock === undefined ? ((await this.#now) ?? (await transport.head())) : undefined;
    // Nothing happens in the first block of a chain.
    const last = start ?? (await blockOfNumber(this.#context, Math.max((fromBlock ?? 0) - 1, 0)));
    const numbers = Array.from({ length: Math.min(DEPTH, last.number) }, (_, i) => last.number - i - 1);
    return Journal.after([...(await transport.blocks(numbers.reverse())), last]);
  }
}

function requireOptions(options: WatchOptions): void {
  onlyKeys(options, OPTION_KEYS, "options.");
  const { confirmations = 0, interval = INTERVAL, signal } = options;
  toBlockNumber(confirmations, "confirmations");
  if (!(interval > 0 && Number.isFinite(interval))) {
    throw new InvalidParameterError("interval", "a number of milliseconds above 0");
  }
  if (signal !== undefined && typeof (signal as Partial<AbortSignal>).addEventListener !== "function") {
    throw new InvalidParameterError("signal", "an AbortSignal");
  }
}
