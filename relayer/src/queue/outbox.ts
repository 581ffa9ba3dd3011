import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database.js";

/** A transaction of the relayer's account that was signed, and is not known to be mined. */
export interface Outgoing {
  nonce: number;
  hash: string;
  /** What was signed, ready to be handed over. */
  raw: string;
  /** The most gas that it may take. */
  gas: bigint;
  /** The statement that it delivers; undefined if it only takes the place of one that was lost. */
  id: string | undefined;
  /** When it was signed, in milliseconds of unix time. */
  at: number;
}

/** The transactions under way, on disk before anything is handed over; several of a nonce are each dearer than the one before. */
export class Outbox {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** By their nonces, and of each in the order in which they were signed. */
  all(): Outgoing[] {
    return this.#database
      .prepare("SELECT nonce, hash, raw, gas, id, at FROM transactions ORDER BY nonce, rowid")
      .all()
      .map(({ nonce, hash, raw, gas, id, at }) => ({
        nonce: nonce as number,
        hash: hash as string,
        raw: raw as string,
        gas: BigInt(gas as number),
        id: (id ?? undefined) as string | undefined,
        at: at as number,
      }));
  }

  nonces(): Set<number> {
    return new Set(this.all().map(({ nonce }) => nonce));
  }

  /** It is on disk when this returns. */
  add({ nonce, hash, raw, gas, id, at }: Outgoing): void {
    inTransaction(this.#database, () => {
      const insert = "INSERT INTO transactions (nonce, hash, raw, gas, id, at) VALUES (?, ?, ?, ?, ?, ?)";
      this.#database.prepare(insert).run(nonce, hash, raw, Number(gas), id ?? null, at);
      const update = "UPDATE statements SET state = 'sent', hash = ? WHERE id = ? AND content IS NOT NULL";
      this.#database.prepare(update).run(hash, id ?? null);
    });
  }

  /** No node has taken it, or will. */
  drop(hash: string): void {
    this.#database.prepare("DELETE FROM transactions WHERE hash = ?").run(hash);
  }

  /** Something with this nonce was mined. */
  clear(nonce: number): void {
    this.#database.prepare("DELETE FROM transactions WHERE nonce = ?").run(nonce);
  }
}
