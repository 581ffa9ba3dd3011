import type { Position } from "./types.js";

/** A write and where it was mined. */
export interface ConfirmedWrite extends Position {
  /** Hash of the transaction. */
  hash: string;
}

/** So many writes are followed through a reorganisation. */
const KEPT = 1_000;

/** The writes that a client saw mined: whatever it reads afterwards is of a state that holds them. */
export class Confirmed {
  readonly #writes = new Map<string, ConfirmedWrite>();

  note({ hash, blockNumber, blockHash }: ConfirmedWrite): void {
    this.#writes.delete(hash);
    this.#writes.set(hash, { hash, blockNumber, blockHash });
    const [oldest] = this.#writes.keys();
    if (this.#writes.size > KEPT && oldest !== undefined) this.#writes.delete(oldest);
  }

  /** Where a transaction was mined; undefined if it was not seen. */
  get(hash: string): ConfirmedWrite | undefined {
    return this.#writes.get(hash);
  }

  clear(): void {
    this.#writes.clear();
  }

  /** The write in the highest block; undefined if there is none. */
  get last(): ConfirmedWrite | undefined {
    return this.fromLast()[0];
  }

  /** The writes, those in the highest blocks first. */
  fromLast(): ConfirmedWrite[] {
    return [...this.#writes.values()].sort((a, b) => b.blockNumber - a.blockNumber);
  }
}
