import type { Report, Row } from "../report.js";
import { encryptOverhead } from "./crypto.js";
import { evaluatePerSecond } from "./evaluate.js";
import { labelsOfPerSecond } from "./labels.js";

interface Measured extends Pick<Row, "bar" | "unit" | "atLeast"> {
  measure: () => number | Promise<number>;
}

/** What is measured, in which unit, against which bar. */
export const MEASURES = {
  evaluatePerSecond: { measure: evaluatePerSecond, bar: 20_000, unit: "requests for five resources", atLeast: true },
  labelsOfPerSecond: { measure: labelsOfPerSecond, bar: 50_000, unit: "resources", atLeast: true },
  encryptOverhead: { measure: encryptOverhead, bar: 1.2, unit: "times the platform's AES-GCM" },
} as const satisfies Record<string, Measured>;

export type Measure = keyof typeof MEASURES;

/** Measures one after the other. */
export async function measure(names: readonly Measure[]): Promise<Report> {
  const report: Report = {};
  for (const name of names) {
    const { measure, ...row }: Measured = MEASURES[name];
    report[name] = { value: Number((await measure()).toFixed(3)), ...row };
  }
  return report;
}
