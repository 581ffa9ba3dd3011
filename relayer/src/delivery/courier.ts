import { setTimeout as sleep } from "node:timers/promises";
import { ConsentryError } from "@consentry/sdk";
import type { Delivering } from "./delivering.js";
import { prepare } from "./prepare.js";
import { UnderWay } from "./underWay.js";

/** So many transactions are under way at most: nodes keep 16 of an account. */
const MOST_UNDER_WAY = 16;
/** Of which so many are no withdrawals. */
const MOST_OF_OTHERS = 12;
/** How long it rests where nothing is due, in milliseconds. */
const LONGEST_REST = 60_000;
/** How long it rests before it looks again what was mined: longer each time that nothing was. */
const FIRST_LOOK = 20;
const LONGEST_LOOK = 1_000;
/** How long it rests where the node does not answer, or something is out of order here: longer each time. */
const FIRST_FAULT = 500;
const LONGEST_FAULT = 30_000;

/** Delivers what is in the queue until it is stopped: sends one statement after the other, without waiting for blocks. */
export class Courier {
  readonly #delivering: Delivering;
  readonly #underWay: UnderWay;
  readonly #stopped = new AbortController();
  #woken = new AbortController();
  #work: Promise<void> | undefined;
  #pause = FIRST_LOOK;
  #lookAt = 0;
  #faults = 0;

  constructor(delivering: Delivering) {
    this.#delivering = delivering;
    this.#underWay = new UnderWay(delivering);
  }

  start(): void {
    this.#work ??= this.#deliverAll();
  }

  /** There may be something to deliver. */
  wake(): void {
    this.#woken.abort();
  }

  /** Stops once the step that is under way has ended, or after so many milliseconds: what is left is on disk. */
  async stop(patience: number): Promise<void> {
    this.#stopped.abort();
    this.wake();
    const waiting = new AbortController();
    await Promise.race([this.#work, sleep(patience, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
  }

  /** Forgets what ended so many days ago. */
  sweep(days: number): void {
    const { queue, gas, log } = this.#delivering;
    try {
      gas.sweep();
      queue.sweep(days);
    } catch (error) {
      log.error({ err: error }, "the queue can't be swept");
    }
  }

  async #deliverAll(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await this.#rest(await this.#step());
    }
  }

  /** Returns for how long there is nothing to do, in milliseconds. */
  async #step(): Promise<number> {
    this.#woken = new AbortController();
    try {
      await this.#look();
      await this.#underWay.handOver();
      const rest = await this.#prepareNext();
      this.#faults = 0;
      return rest;
    } catch (error) {
      return this.#afterFault(error);
    }
  }

  async #look(): Promise<void> {
    if (Date.now() < this.#lookAt) return;
    this.#pause = (await this.#underWay.look()) ? FIRST_LOOK : Math.min(this.#pause * 2, LONGEST_LOOK);
    this.#lookAt = Date.now() + this.#pause;
  }

  async #prepareNext(): Promise<number> {
    const { queue, gas } = this.#delivering;
    const { count } = this.#underWay;
    const restOf = (until: number) => (count > 0 ? Math.min(until, this.#lookAt) : until) - Date.now();
    if (count >= MOST_UNDER_WAY) return restOf(Infinity);
    const noRoom = gas.wait(true);
    if (noRoom > 0) return restOf(Date.now() + noRoom);
    const withdrawalsOnly = count >= MOST_OF_OTHERS || gas.wait(false) > 0;
    const letter = queue.next(withdrawalsOnly);
    if (letter === undefined) return Math.max(restOf(queue.nextDue(withdrawalsOnly) ?? Infinity), 1);
    await prepare(this.#delivering, letter);
    [this.#pause, this.#lookAt] = [FIRST_LOOK, Math.min(this.#lookAt, Date.now() + FIRST_LOOK)];
    return 0;
  }

  #afterFault(error: unknown): number {
    const { log } = this.#delivering;
    const code = error instanceof ConsentryError ? error.code : undefined;
    if (code !== undefined) log.warn({ code }, "the node does not do its part");
    else if (!this.#stopped.signal.aborted) log.error({ err: error }, "the queue can't be worked on");
    return Math.min(FIRST_FAULT * 2 ** this.#faults++, LONGEST_FAULT);
  }

  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    const { signal } = this.#woken;
    await sleep(Math.min(milliseconds, LONGEST_REST), undefined, { signal }).catch(() => undefined);
  }
}
