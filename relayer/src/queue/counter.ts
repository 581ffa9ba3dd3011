import type { DatabaseSync } from "node:sqlite";

/** How many statements may be accepted. */
export interface Budget {
  /** In any hour. */
  hour: number;
  /** In any 24 hours. */
  day: number;
}

/** What each who speaks for a patient may have delivered about that patient: strangers take nothing away from it. */
export interface Budgets {
  /** Withdrawals have a budget that nothing else uses up. */
  withdrawals: Budget;
  /** All else. */
  others: Budget;
}

export const USUAL_BUDGETS: Budgets = { others: { hour: 20, day: 100 }, withdrawals: { hour: 100, day: 500 } };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Counts what was accepted, on disk, for a day. */
export class Counter {
  readonly #database: DatabaseSync;
  readonly #budgets: Budgets;

  constructor(database: DatabaseSync, budgets: Budgets) {
    this.#database = database;
    this.#budgets = budgets;
  }

  /** Counts one more; if that is too many, nothing is counted, and the seconds until there is room are returned. */
  count(patient: string, account: string, withdrawal: boolean): number | undefined {
    const now = Date.now();
    const { hour, day } = this.#budgets[withdrawal ? "withdrawals" : "others"];
    const whose = [patient, account.toLowerCase(), Number(withdrawal)] as const;
    const wait = Math.max(this.#until(whose, hour, now - HOUR), this.#until(whose, day, now - DAY));
    if (wait > 0) return Math.ceil(wait / 1_000);
    this.#database.prepare("INSERT INTO accepted VALUES (?, ?, ?, ?)").run(...whose, now);
    return undefined;
  }

  /** Deletes what counts no more. */
  sweep(): void {
    this.#database.prepare("DELETE FROM accepted WHERE at <= ?").run(Date.now() - DAY);
  }

  /** How long until fewer than so many were accepted since a time that moves on, in milliseconds. */
  #until(whose: readonly [string, string, number], most: number, since: number): number {
    const where = "patient = ? AND account = ? AND withdrawal = ? AND at > ?";
    const last = this.#database.prepare(`SELECT at FROM accepted WHERE ${where} ORDER BY at DESC LIMIT 1 OFFSET ?`);
    const row = last.get(...whose, since, most - 1);
    return row === undefined ? 0 : (row["at"] as number) - since;
  }
}
