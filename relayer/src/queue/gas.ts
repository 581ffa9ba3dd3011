import type { DatabaseSync } from "node:sqlite";

/** How much gas all statements together may take in any 24 hours. */
export interface GasBudget {
  /** In all. */
  day: bigint;
  /** Of which is kept for withdrawals. */
  reserve: bigint;
  /** The most that may be accepted from one IP address; a tenth of `day` if left out. */
  share?: bigint | undefined;
}

export const USUAL_GAS: GasBudget = { day: 500_000_000n, reserve: 50_000_000n };

const DAY = 24 * 3_600_000;
/** What is under way takes less than it may. */
const SOON = 60_000;

/** Counts the gas of all transactions, on disk, for a day: what they took, or may take as long as they are under way. */
export class Gas {
  readonly #database: DatabaseSync;
  readonly #budget: GasBudget;

  constructor(database: DatabaseSync, budget: GasBudget) {
    this.#database = database;
    this.#budget = budget;
  }

  /** What withdrawals may count on. */
  get reserve(): bigint {
    return this.#budget.reserve;
  }

  /** How long until something may be sent, in milliseconds; 0 if it may now. */
  wait(withdrawal: boolean): number {
    const { day, reserve } = this.#budget;
    const since = Date.now() - DAY;
    const spent = this.#read("SELECT coalesce(sum(gas), 0) AS value FROM spent WHERE at > ?", since) ?? 0;
    const each = "SELECT max(gas) AS gas FROM transactions GROUP BY nonce";
    const underWay = this.#read(`SELECT coalesce(sum(gas), 0) AS value FROM (${each})`) ?? 0;
    if (BigInt(spent + underWay) < (withdrawal ? day : day - reserve)) return 0;
    const first = this.#read("SELECT min(at) AS value FROM spent WHERE at > ?", since);
    return first === undefined || underWay > 0 ? SOON : Math.max(first - since, 1);
  }

  spend(gas: bigint): void {
    this.#database.prepare("INSERT INTO spent VALUES (?, ?)").run(Date.now(), Number(gas));
  }

  /** Deletes what counts no more. */
  sweep(): void {
    this.#database.prepare("DELETE FROM spent WHERE at <= ?").run(Date.now() - DAY);
  }

  #read(sql: string, ...values: number[]): number | undefined {
    const value = this.#database.prepare(sql).get(...values)?.["value"];
    return typeof value === "number" ? value : undefined;
  }
}
