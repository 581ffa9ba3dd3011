/** What a chain can carry, as a table. */
import { type Chain, type Outcome, playDay } from "./busyDay.js";
import { gasOfYear, slotsOfYear, type Way } from "./people.js";

/** For whom it is reckoned. */
export const PLACES = {
  "a hospital": 300_000,
  "a region": 5_000_000,
  "a country of 80 million": 80_000_000,
  "a country of 330 million": 330_000_000,
} as const;

export const WAYS: readonly Way[] = ["each logged", "anchored"];

/** A chain should be no fuller in its busiest hour, so that a bad day, a dead validator and a crowd find room. */
export const FULL = 0.5;
/** Bytes that a slot takes on a node's disk, with its part of the tree. */
const SLOT = 200;

export interface Plan {
  place: string;
  people: number;
  way: Way;
  /** How many chains, each with an equal part of the people. */
  chains: number;
  /** A busy day of one of them, and of one chain for all. */
  each: Outcome;
  alone: Outcome;
  /** State that a year adds to each chain, in GB. */
  gigabytes: number;
}

/** How many people one chain carries. */
export function capacity(way: Way, chain: Chain, seed: number): number {
  const sample = 1_000_000;
  return Math.floor((sample * FULL) / playDay({ people: sample, way, chain, seed }).busiest / 100_000) * 100_000;
}

export function planOf(place: string, people: number, way: Way, chain: Chain, seed: number): Plan {
  const chains = Math.max(1, Math.ceil(people / capacity(way, chain, seed)));
  const each = playDay({ people: people / chains, way, chain, seed });
  const alone = chains === 1 ? each : playDay({ people, way, chain, seed });
  return { place, people, way, chains, each, alone, gigabytes: ((people / chains) * slotsOfYear() * SLOT) / 1e9 };
}

const HEADS = ["", "accesses", "of one chain, busiest hour", "last waits", "chains", "each", "99 % within", "state"];

/** A row for each place and way. */
export function rowsOf(plans: readonly Plan[]): string[][] {
  const rows = plans.map(({ place, way, chains, each, alone, gigabytes }) => [
    place,
    way,
    percent(alone.busiest),
    alone.left > 0 ? "never clears" : duration(alone.longest),
    String(chains),
    percent(each.busiest),
    duration(each.most),
    `${gigabytes.toFixed(1)} GB a year`,
  ]);
  return [HEADS, ...rows];
}

/** What a person asks of the chain in a year. */
export function person(): string {
  const of = (way: Way) => `${(gasOfYear(way) / 1e6).toFixed(2)} million gas (${way})`;
  return `${WAYS.map(of).join(", ")}, ${slotsOfYear().toFixed(0)} slots`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
