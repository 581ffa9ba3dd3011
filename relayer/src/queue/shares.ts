import type { GasBudget } from "./gas.js";

const DAY = 24 * 3_600_000;

/**
 * How much of the day's gas each source has taken: keys cost nothing, so what counts by patient keeps nobody from taking it
 * all. In memory alone, as is what tells sources apart.
 */
export class Shares {
  readonly #most: bigint;
  readonly #mostOfOthers: bigint;
  readonly #taken = new Map<string, { at: number; gas: bigint }[]>();

  /** As of the budget itself, a part of each share is for withdrawals only. */
  constructor({ day, reserve, share = day / 10n }: GasBudget) {
    this.#most = share;
    this.#mostOfOthers = day === 0n ? 0n : share - (share * reserve) / day;
  }

  /** How long until something more of a source may be accepted, in milliseconds; 0 if it may be now. */
  wait(source: string, withdrawal: boolean): number {
    const since = Date.now() - DAY;
    const taken = (this.#taken.get(source) ?? []).filter(({ at }) => at > since);
    const [first] = taken;
    const sum = taken.reduce((total, { gas }) => total + gas, 0n);
    if (first === undefined || sum < (withdrawal ? this.#most : this.#mostOfOthers)) return 0;
    return Math.max(first.at - since, 1);
  }

  take(source: string, gas: bigint): void {
    this.#taken.set(source, [...(this.#taken.get(source) ?? []), { at: Date.now(), gas }]);
  }

  /** Forgets what counts no more. */
  sweep(): void {
    const since = Date.now() - DAY;
    for (const [source, taken] of this.#taken) {
      const counting = taken.filter(({ at }) => at > since);
      if (counting.length === 0) this.#taken.delete(source);
      else this.#taken.set(source, counting);
    }
  }
}
