import { type Chain, startChain } from "./chain.js";
import { decideManySpeedup, decideOverhead } from "./decide.js";
import { historyOverhead } from "./history.js";
import type { Report, Row } from "../report.js";
import { coreKilobytes } from "./size.js";
import { stalePermits } from "./stale.js";

interface Measured extends Pick<Row, "bar" | "unit" | "atLeast"> {
  measure: (chain: Chain) => Promise<number>;
}

/** What is measured, in which unit, against which bar. */
export const MEASURES = {
  decideOverhead: { measure: decideOverhead, bar: 1.15, unit: "times the raw contract call" },
  decideManySpeedup: { measure: decideManySpeedup, bar: 8, unit: "times as fast as one at a time", atLeast: true },
  historyOverhead: { measure: historyOverhead, bar: 1.5, unit: "times queryFilter" },
  stalePermits: { measure: stalePermits, bar: 0, unit: "permits after 1,000 revocations" },
  coreKilobytes: { measure: coreKilobytes, bar: 60, unit: "kB (brotli)" },
} as const satisfies Record<string, Measured>;

export type Measure = keyof typeof MEASURES;

/** Measures one after the other, each on a chain of its own. */
export async function measure(names: readonly Measure[]): Promise<Report> {
  const report: Report = {};
  for (const name of names) {
    const { measure, ...row }: Measured = MEASURES[name];
    const chain = await startChain();
    try {
      report[name] = { value: Number((await measure(chain)).toFixed(3)), ...row };
    } finally {
      await chain.stop();
    }
  }
  return report;
}
