import { toConsentryError } from "../errors/toConsentryError.js";
import type { EventPosition } from "../writes/events.js";
import type { Head } from "../transport/types.js";
import { type Place, toCursor } from "./cursor.js";

/** What one query found, or a part of it. */
export interface Page<Entry> {
  entries: Entry[];
  /** The last block that was looked through; undefined where there is more of it. */
  end: Head | undefined;
}

/**
 * Entries of the chain in order, read as they are asked for.
 *
 * @example
 * const entries = consentry.audit.history({ patient });
 * for await (const entry of entries) await keep(entry, entries.cursor); // after a restart: history({ patient }, { cursor })
 *
 * const all = await consentry.audit.history({ patient }); // or all at once
 */
export class Pages<Entry extends EventPosition> implements AsyncIterable<Entry>, PromiseLike<Entry[]> {
  readonly #read: () => AsyncIterable<Page<Entry>>;
  #place: Place | undefined;
  #cursor: string | undefined;

  /** @param cursor where the reading begins, if it goes on with an earlier one */
  constructor(read: () => AsyncIterable<Page<Entry>>, cursor?: string) {
    this.#read = read;
    this.#cursor = cursor;
  }

  /** Goes on after what was read last, given as an option later on; undefined before anything was read. */
  get cursor(): string | undefined {
    return this.#place === undefined ? this.#cursor : toCursor(this.#place);
  }

  /** Reads them all. */
  async all(): Promise<Entry[]> {
    const pages: Entry[][] = [];
    for await (const { entries, end } of this.#pages()) {
      pages.push(entries);
      this.#goOnAfter(end);
    }
    return pages.flat();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry, void, undefined> {
    for await (const { entries, end } of this.#pages()) {
      for (const entry of entries) {
        this.#place = entry;
        yield entry;
      }
      this.#goOnAfter(end);
    }
  }

  /** So that `await` reads them all. */
  then<Result = Entry[], Failure = never>(
    fulfilled?: ((entries: Entry[]) => Result | PromiseLike<Result>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.all().then(fulfilled, rejected);
  }

  #goOnAfter(end: Head | undefined): void {
    if (end !== undefined) this.#place = { blockNumber: end.number, blockHash: end.hash };
  }

  async *#pages(): AsyncGenerator<Page<Entry>> {
    try {
      yield* this.#read();
    } catch (error) {
      throw toConsentryError(error);
    }
  }
}
