import { type Client, type HistoryEntry, ReorganisedError } from "@consentry/sdk";
import { BlockSpan } from "./blockSpan.js";
import { newestBlock } from "./newestBlock.js";

/** Blocks that were read at once. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** What has been read of a patient's audit trail. */
export interface ReadSoFar {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Every block before this one is still to be read; undefined before anything was. */
  readonly from: number | undefined;
  /** Whether nothing older is left. */
  readonly isWhole: boolean;
  /** The newest first. */
  readonly ranges: readonly BlockRange[];
}

const NOTHING: ReadSoFar = { entries: [], from: undefined, isWhole: false, ranges: [] };

/** A patient's audit trail, read from its newest blocks back, a few hundred entries at a time. */
export class AccessLog {
  readonly #client: Client;
  readonly #patient: string;
  readonly #firstBlock: number;
  readonly #listeners = new Set<() => void>();
  #span = new BlockSpan();
  #read = NOTHING;
  #cursor: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param firstBlock before it there is nothing to find */
  constructor(client: Client, patient: string, firstBlock: number) {
    this.#client = client;
    this.#patient = patient;
    this.#firstBlock = firstBlock;
  }

  readonly snapshot = (): ReadSoFar => this.#read;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads what came since; all anew if the chain was reorganised. */
  readNewer(): Promise<void> {
    return this.#inTurn(() =>
      this.#newer().catch((error: unknown) => {
        if (!(error instanceof ReorganisedError)) throw error;
        this.#tell(NOTHING);
        this.#cursor = undefined;
        this.#span = new BlockSpan();
        return this.#newer();
      }),
    );
  }

  /** Reads some older blocks. */
  readOlder(): Promise<void> {
    return this.#inTurn(() => this.#older());
  }

  async #newer(): Promise<void> {
    const head = await newestBlock(this.#client, this.#patient);
    const [{ to } = { to: head }] = this.#read.ranges;
    if (this.#cursor === undefined) this.#cursor = await this.#readTo(head);
    else if (head > to) await this.#readSince({ from: to + 1, to: head }, this.#cursor);
  }

  async #readSince(range: BlockRange, cursor: string): Promise<void> {
    const pages = this.#client.audit.history({ patient: this.#patient }, { cursor, at: range.to });
    const found = await pages;
    this.#cursor = pages.cursor;
    const { entries, ranges } = this.#read;
    this.#tell({ ...this.#read, entries: [...found.reverse(), ...entries], ranges: [range, ...ranges] });
  }

  async #older(): Promise<void> {
    const { from, isWhole } = this.#read;
    if (from !== undefined && !isWhole) await this.#readTo(from - 1);
  }

  /** Reads as many blocks as one reading takes, up to this one. */
  async #readTo(to: number): Promise<string | undefined> {
    const from = Math.max(this.#firstBlock, to - this.#span.size + 1);
    const pages = this.#client.audit.history({ patient: this.#patient, fromBlock: from }, { at: to });
    const found = await pages;
    this.#span.found(found.length);
    const entries = [...this.#read.entries, ...found.reverse()];
    const ranges = [...this.#read.ranges, { from, to }];
    this.#tell({ entries, from, isWhole: from <= this.#firstBlock, ranges });
    return pages.cursor;
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(action);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #tell(read: ReadSoFar): void {
    this.#read = read;
    for (const listener of this.#listeners) listener();
  }
}
