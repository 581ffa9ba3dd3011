/** A busy day of a chain, block by block. */
import { GAS, HOURS, type Kind, type Way, WORKING_DAYS, YEARLY } from "./people.js";

export interface Chain {
  /** Gas that fits into a block. */
  blockGas: number;
  /** Seconds between two blocks. */
  blockTime: number;
}

export interface Day {
  people: number;
  way: Way;
  chain: Chain;
  /** The same seed, the same day. */
  seed: number;
}

export interface Outcome {
  /** Of the gas of the busiest hour's blocks, how much was asked for; above 1 a queue grows. */
  busiest: number;
  /** Seconds from sending to the block: of half, of 99 in a hundred, and of the last. */
  half: number;
  most: number;
  longest: number;
  /** Gas that still waits at midnight. */
  left: number;
}

const KINDS = Object.keys(YEARLY) as Kind[];
const HOUR = 3_600;

/**
 * Plays it: what people do comes at random, as often as the hour has it, and blocks take it in the order in which it came.
 *
 * @returns how full the busiest hour was, and how long it took to get into a block
 */
export function playDay({ people, way, chain, seed }: Day): Outcome {
  const draw = generator(seed);
  const queue = new Queue();
  const waits = new Waits();
  const asked = HOURS.map(() => 0);
  const blocks = Math.round((24 * HOUR) / chain.blockTime);
  for (let block = 0; block < blocks; block++) {
    const hour = Math.floor((block * chain.blockTime) / HOUR);
    const share = (HOURS[hour] ?? 0) * (chain.blockTime / HOUR);
    let [count, gas] = [0, 0];
    for (const kind of KINDS) {
      const mean = ((people * YEARLY[kind]) / WORKING_DAYS) * share;
      const number = way === "anchored" && kind === "access" ? mean : poisson(mean, draw);
      gas += Math.round(number * GAS[way][kind]);
      count += number;
    }
    asked[hour] = (asked[hour] ?? 0) + gas;
    queue.add({ block, count, gas });
    queue.take(chain.blockGas, (came, taken) => waits.add((block - came + 0.5) * chain.blockTime, taken));
  }
  const busiest = Math.max(...asked) / ((HOUR / chain.blockTime) * chain.blockGas);
  return { busiest, half: waits.of(0.5), most: waits.of(0.99), longest: waits.of(1), left: queue.gas };
}

interface Waiting {
  block: number;
  count: number;
  gas: number;
}

/** First come, first served. */
class Queue {
  #waiting: Waiting[] = [];
  #first = 0;
  gas = 0;

  add(waiting: Waiting): void {
    this.gas += waiting.gas;
    this.#waiting.push(waiting);
  }

  /** Fills a block; tells of each share how many it is and when it came. */
  take(room: number, told: (came: number, count: number) => void): void {
    for (let left = room; left > 0; this.#first++) {
      const next = this.#waiting[this.#first];
      if (next === undefined) return;
      const share = next.gas <= left ? 1 : left / next.gas;
      told(next.block, next.count * share);
      const gas = next.gas * share;
      this.gas = Math.max(0, Math.round(this.gas - gas));
      left -= gas;
      if (share === 1) continue;
      this.#waiting[this.#first] = { ...next, count: next.count * (1 - share), gas: next.gas - gas };
      return;
    }
  }
}

/** How many waited how long. */
class Waits {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(wait: number, count: number): void {
    this.#counts.set(wait, (this.#counts.get(wait) ?? 0) + count);
    this.#total += count;
  }

  /** The wait that this share of all did not exceed. */
  of(share: number): number {
    let passed = 0;
    const sorted = [...this.#counts].sort(([one], [other]) => one - other);
    for (const [wait, count] of sorted) {
      passed += count;
      if (passed >= share * this.#total * (1 - 1e-9)) return wait;
    }
    return 0;
  }
}

/** Numbers from 0 to 1 of which each seed gives others (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many come where so many come on average: exactly for few, by the normal distribution for many. */
function poisson(mean: number, draw: () => number): number {
  if (mean > 50) {
    const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let [count, product] = [0, draw()];
  for (; product > limit; product *= draw()) count++;
  return count;
}
