import type { DatabaseSync, SQLInputValue, SQLOutputValue } from "node:sqlite";
import { QueueFullError, TooManyStatementsError } from "../errors/limits.js";
import { isWithdrawal, subjectOf } from "../statements/subject.js";
import { type Budgets, Counter } from "./counter.js";
import { inTransaction } from "./database.js";
import { letterIn, type Row, stateIn } from "./rows.js";
import type { Failure, Letter, Place, Postponement, StatementState, Verified } from "./types.js";

/** So many of each kind may wait: 64 kB each. */
const MOST_WAITING = 5_000;
/** Of which so many may come from one source. */
const MOST_OF_ONE = 500;
const DAY = 24 * 3_600_000;

const LETTER = "id, withdrawal, content, hash, attempts, inVain";
const FORGOTTEN = "content = NULL, source = NULL, subject = NULL";
/**
 * What waits, and is not under way. Of one patient nothing that widens is sent while something else is under way, as it may
 * depend on that: on who has control. A withdrawal never waits for it.
 */
const TO_SEND = `content IS NOT NULL AND withdrawal >= ?
  AND NOT EXISTS (SELECT 1 FROM transactions WHERE transactions.id = own.id)
  AND (withdrawal = 1 OR NOT EXISTS (
    SELECT 1 FROM transactions JOIN statements AS other USING (id) WHERE other.subject = own.subject))`;

/** The statements that were accepted, on disk: those that wait, and for a while what became of the others. */
export class Queue {
  readonly #database: DatabaseSync;
  readonly #counter: Counter;

  constructor(database: DatabaseSync, budgets: Budgets) {
    this.#database = database;
    this.#counter = new Counter(database, budgets);
  }

  /** What is known of a statement. */
  find(id: string): StatementState | undefined {
    const row = this.#get("SELECT id, state, hash, blockNumber, error FROM statements WHERE id = ?", id);
    return row === undefined ? undefined : stateIn(row);
  }

  /** The state of a statement that waits to be delivered; undefined if it is unknown or has ended. */
  findWaiting(id: string): StatementState | undefined {
    const found = this.find(id);
    return found?.state === "queued" || found?.state === "sent" ? found : undefined;
  }

  /**
   * Takes a statement that was verified, once: it is on disk when this returns. One that failed, or was done and undone by
   * a reorganisation, begins again.
   *
   * @throws TooManyStatementsError, QueueFullError
   */
  add({ id, statement, account, source, since }: Verified): StatementState {
    return inTransaction(this.#database, () => {
      const known = this.findWaiting(id) ?? this.#doneSince(id, since);
      if (known !== undefined) return known;
      const withdrawal = isWithdrawal(statement.primaryType);
      const whose = subjectOf(statement);
      const retryAfter = this.#counter.count(whose, account, withdrawal);
      if (retryAfter !== undefined) throw new TooManyStatementsError(retryAfter);
      const turn = this.#turnOf(source, withdrawal);
      const now = Date.now();
      this.#run("DELETE FROM statements WHERE id = ?", id);
      const columns = "(id, withdrawal, turn, source, subject, content, acceptedAt, dueAt)";
      const values = [id, Number(withdrawal), turn, source, whose, JSON.stringify(statement), now, now];
      this.#run(`INSERT INTO statements ${columns} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, ...values);
      return { id, state: "queued" };
    });
  }

  /** What is to be sent next: withdrawals first, of each source in turn. */
  next(withdrawalsOnly: boolean): Letter | undefined {
    const due = `${TO_SEND} AND dueAt <= ? ORDER BY withdrawal DESC, turn, number LIMIT 1`;
    const row = this.#get(`SELECT ${LETTER} FROM statements AS own WHERE ${due}`, Number(withdrawalsOnly), Date.now());
    return row === undefined ? undefined : letterIn(row);
  }

  /** When the next one is due, in milliseconds of unix time; undefined if nothing waits. */
  nextDue(withdrawalsOnly: boolean): number | undefined {
    return this.#least(`min(dueAt) AS least FROM statements AS own WHERE ${TO_SEND}`, Number(withdrawalsOnly));
  }

  /** A statement that has not ended. */
  letter(id: string): Letter | undefined {
    const row = this.#get(`SELECT ${LETTER} FROM statements WHERE id = ? AND content IS NOT NULL`, id);
    return row === undefined ? undefined : letterIn(row);
  }

  /** Since when the oldest waits, in milliseconds of unix time; undefined if nothing waits. */
  waitingSince(withdrawalsOnly: boolean): number | undefined {
    const waiting = "content IS NOT NULL AND (withdrawal = 1 OR state = 'sent' OR ? = 0)";
    return this.#least(`min(acceptedAt) AS least FROM statements WHERE ${waiting}`, Number(withdrawalsOnly));
  }

  /** It is tried again later. */
  postpone(id: string, { delay, inVain }: Postponement): void {
    const changes = "state = 'queued', dueAt = ?, attempts = attempts + 1, inVain = inVain + ?";
    const values = [Date.now() + delay, Number(inVain), id];
    this.#run(`UPDATE statements SET ${changes} WHERE id = ? AND content IS NOT NULL`, ...values);
  }

  /** It stands on the chain; what was signed is deleted. */
  done(id: string, place?: Place): void {
    const changes = `state = 'done', ${FORGOTTEN}, error = NULL, endedAt = ?, hash = ?, blockNumber = ?`;
    const values = [Date.now(), place?.hash ?? null, place?.blockNumber ?? null, id];
    this.#run(`UPDATE statements SET ${changes} WHERE id = ? AND blockNumber IS NULL`, ...values);
    this.#forget(id);
  }

  /** It can't be delivered; what was signed is deleted. */
  failed(id: string, error: Failure): void {
    const changes = `state = 'failed', ${FORGOTTEN}, endedAt = ?, hash = NULL, error = ?`;
    const values = [Date.now(), JSON.stringify(error), id];
    this.#run(`UPDATE statements SET ${changes} WHERE id = ? AND content IS NOT NULL`, ...values);
    this.#forget(id);
  }

  /** Deletes what ended so many days ago. */
  sweep(days: number): void {
    this.#run("DELETE FROM statements WHERE endedAt <= ?", Date.now() - days * DAY);
    this.#counter.sweep();
    this.#overwrite();
  }

  close(): void {
    this.#database.close();
  }

  #doneSince(id: string, since: number): StatementState | undefined {
    const found = this.#get(
      "SELECT id, state FROM statements WHERE id = ? AND state = 'done' AND endedAt >= ?",
      id,
      since,
    );
    return found === undefined ? undefined : stateIn(found);
  }

  /** What was signed stands in the transactions that delivered it, too. */
  #forget(id: string): void {
    this.#run("DELETE FROM transactions WHERE id = ?", id);
    this.#overwrite();
  }

  /** What was deleted stands in the journal until that is emptied. */
  #overwrite(): void {
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /**
   * In which round it is delivered: one of each source in a round, so that who sends much delays mostly himself.
   *
   * @throws QueueFullError
   */
  #turnOf(source: string, withdrawal: boolean): number {
    const waiting = "FROM statements WHERE content IS NOT NULL AND withdrawal = ?";
    const all = this.#get(`SELECT count(*) AS count, min(turn) AS turn ${waiting}`, Number(withdrawal));
    const own = this.#get(
      `SELECT count(*) AS count, max(turn) + 1 AS turn ${waiting} AND source = ?`,
      Number(withdrawal),
      source,
    );
    const numberIn = (value: SQLOutputValue | undefined) => (typeof value === "number" ? value : 0);
    const isFull = numberIn(all?.["count"]) >= MOST_WAITING || numberIn(own?.["count"]) >= MOST_OF_ONE;
    if (isFull) throw new QueueFullError();
    return Math.max(numberIn(all?.["turn"]), numberIn(own?.["turn"]));
  }

  #least(what: string, ...values: SQLInputValue[]): number | undefined {
    return (this.#get(`SELECT ${what}`, ...values)?.["least"] ?? undefined) as number | undefined;
  }

  #get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#database.prepare(sql).get(...values);
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#database.prepare(sql).run(...values);
  }
}
