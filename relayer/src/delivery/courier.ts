import { setTimeout as sleep } from "node:timers/promises";
import { type Delivering, deliver } from "./deliver.js";

/** How long it rests where nothing is due, or something is out of order here, in milliseconds. */
const LONGEST_REST = 60_000;
const REST_AFTER_FAULT = 5_000;

/** Delivers what is in the queue, one statement after the other, until it is stopped. */
export class Courier {
  readonly #delivering: Delivering;
  readonly #stopped = new AbortController();
  #woken = new AbortController();
  #work: Promise<void> | undefined;

  constructor(delivering: Delivering) {
    this.#delivering = delivering;
  }

  start(): void {
    this.#work ??= this.#deliverAll();
  }

  /** There may be something to deliver. */
  wake(): void {
    this.#woken.abort();
  }

  /** Stops once the delivery that is under way has ended, or after so many milliseconds: what is left is on disk. */
  async stop(patience: number): Promise<void> {
    this.#stopped.abort();
    this.wake();
    const waiting = new AbortController();
    await Promise.race([this.#work, sleep(patience, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
  }

  /** Forgets what ended so many days ago. */
  sweep(days: number): void {
    const { queue, log } = this.#delivering;
    try {
      queue.sweep(days);
    } catch (error) {
      log.error({ err: error }, "the queue can't be swept");
    }
  }

  async #deliverAll(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#rest(await this.#deliverNext());
    }
  }

  /** Returns for how long there is nothing to do, in milliseconds. */
  async #deliverNext(): Promise<number> {
    const { queue, log } = this.#delivering;
    this.#woken = new AbortController();
    try {
      const letter = queue.next();
      if (letter === undefined) return Math.max((queue.nextDue() ?? Infinity) - Date.now(), 1);
      await deliver(this.#delivering, letter);
      return 0;
    } catch (error) {
      if (!this.#stopped.signal.aborted) log.error({ err: error }, "the queue can't be worked on");
      return REST_AFTER_FAULT;
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    const { signal } = this.#woken;
    await sleep(Math.min(milliseconds, LONGEST_REST), undefined, { signal }).catch(() => undefined);
  }
}
