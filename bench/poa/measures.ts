import { type PoaChain, startPoaChain } from "../../scripts/poa/chain.js";
import type { Report, Row } from "../report.js";
import { anchors, finality, grants, grantsBySignature } from "./rates.js";

interface Measured extends Row {
  /** Seconds from one block to the next. */
  blockTime: number;
  measure: (chain: PoaChain) => Promise<number>;
}

const perSecond = (measure: Measured["measure"], blockTime: number, what: string): Omit<Measured, "value"> => {
  return { measure, blockTime, bar: 5, unit: `${what} per second, blocks of ${blockTime} s`, atLeast: true };
};

const seconds = (blockTime: number): Omit<Measured, "value"> => {
  return { measure: finality, blockTime, bar: 4 * blockTime, unit: `s until final, blocks of ${blockTime} s` };
};

/** What is measured, in which unit, against which bar. */
export const MEASURES = {
  finality1: seconds(1),
  grants1: perSecond(grants, 1, "grants"),
  grantsBySignature1: perSecond(grantsBySignature, 1, "grants by signature"),
  anchors1: perSecond(anchors, 1, "anchors"),
  finality2: seconds(2),
  grants2: perSecond(grants, 2, "grants"),
  grantsBySignature2: perSecond(grantsBySignature, 2, "grants by signature"),
  anchors2: perSecond(anchors, 2, "anchors"),
};

export type Measure = keyof typeof MEASURES;

/** Measures one after the other, on one chain for each time from block to block. */
export async function measure(programs: string, names: readonly Measure[]): Promise<Report> {
  const report: Report = {};
  for (const blockTime of [1, 2]) {
    const chosen = names.filter((name) => MEASURES[name].blockTime === blockTime);
    if (chosen.length === 0) continue;
    const chain = await startPoaChain({ programs, blockTime });
    try {
      for (const name of chosen) {
        const { measure, bar, unit, atLeast = false } = MEASURES[name];
        report[name] = { value: Number((await measure(chain)).toFixed(2)), bar, unit, atLeast };
      }
    } finally {
      await chain.close();
    }
  }
  return report;
}
