import { InvalidParameterError } from "../errors/input.js";
import { logsIn } from "../transport/answers.js";
import type { Position, RawLog } from "../transport/types.js";
import { toBlockNumber } from "../reads/options.js";
import { toBytes32 } from "../values/bytes.js";

/** A block that was looked through, and what was told of it. */
interface Entry extends Position {
  logs: RawLog[];
  /** Not all of its logs were told yet. */
  isOpen: boolean;
}

/** So many blocks back a reorganisation can be followed. */
export const DEPTH = 64;

/** What a watch has told of the last blocks: enough to take it back, and to go on without losing or repeating anything. */
export class Journal {
  readonly #entries: Entry[];

  private constructor(entries: Entry[]) {
    this.#entries = entries;
  }

  /** One that has told everything up to the last of these blocks. */
  static after(blocks: readonly { number: number; hash: string }[]): Journal {
    return new Journal(
      blocks.map(({ number, hash }) => ({ blockNumber: number, blockHash: hash, logs: [], isOpen: false })),
    );
  }

  /** The one that {@link Journal.toString} wrote; throws {@link InvalidParameterError}. */
  static parse(text: string): Journal {
    try {
      const entries = (JSON.parse(text) as unknown[]).map(entryIn);
      if (entries.length > 0) return new Journal(entries);
    } catch {
      // It is none.
    }
    throw new InvalidParameterError("cursor", "a text that `cursor` of an earlier watch was");
  }

  toString(): string {
    const shown = this.#entries.map(({ blockNumber, blockHash, logs, isOpen }) => {
      return logs.length === 0 ? [blockNumber, blockHash] : [blockNumber, blockHash, logs, isOpen];
    });
    return JSON.stringify(shown);
  }

  /** The block with which to go on. */
  get next(): number {
    const { blockNumber, isOpen } = this.#last();
    return isOpen ? blockNumber : blockNumber + 1;
  }

  /** The newest block that was looked through and is not above this one; undefined if there is none. */
  newestUpTo(number: number): Position | undefined {
    return this.#entries.findLast(({ blockNumber }) => blockNumber <= number);
  }

  /** Whether a log was told already. */
  has({ blockNumber, logIndex }: RawLog): boolean {
    const last = this.#last();
    return blockNumber === last.blockNumber && last.logs.some((log) => log.logIndex >= logIndex);
  }

  /** A log is told. */
  tell(log: RawLog): void {
    const { blockNumber, blockHash } = log;
    if (this.#last().blockNumber !== blockNumber) this.#add({ blockNumber, blockHash, logs: [], isOpen: true });
    this.#last().logs.push(log);
  }

  /** All up to the end of a block is told. */
  close({ number, hash }: { number: number; hash: string }): void {
    this.#last().isOpen = false;
    if (this.#last().blockNumber < number) {
      this.#add({ blockNumber: number, blockHash: hash, logs: [], isOpen: false });
    }
  }

  /** Takes back what was told of a block and of those after it, the last first; false once there is nothing before it. */
  *takeBack({ blockNumber }: Position): Generator<RawLog, boolean> {
    while (this.#entries.length > 0 && this.#last().blockNumber >= blockNumber) {
      const { logs } = this.#last();
      for (let log = logs.pop(); log !== undefined; log = logs.pop()) yield log;
      if (this.#entries.length === 1) return false;
      this.#entries.pop();
    }
    return true;
  }

  #add(entry: Entry): void {
    this.#last().isOpen = false;
    this.#entries.push(entry);
    const base = this.#entries.findLastIndex(({ blockNumber }) => blockNumber <= entry.blockNumber - DEPTH);
    if (base > 0) this.#entries.splice(0, base);
  }

  #last(): Entry {
    const last = this.#entries.at(-1);
    if (last === undefined) throw new TypeError("A journal has at least one block.");
    return last;
  }
}

function entryIn(value: unknown): Entry {
  const [blockNumber, blockHash, logs = [], isOpen = false] = value as unknown[];
  return {
    blockNumber: toBlockNumber(blockNumber, "cursor"),
    blockHash: toBytes32(blockHash, "cursor"),
    logs: logsIn(logs),
    isOpen: isOpen === true,
  };
}
