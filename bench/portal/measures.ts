import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Started, startAll } from "../../scripts/start/startAll.js";
import { startBrowser } from "../../test/portal/support/browser.js";
import type { Report, Row } from "../report.js";
import { longestTask } from "./longestTask.js";
import { usable } from "./usable.js";
import type { Bench } from "./visit.js";

interface Measured extends Pick<Row, "bar" | "unit"> {
  measure: (bench: Bench) => Promise<number>;
}

/** What is measured, in which unit, against which bar. */
export const MEASURES = {
  usableMilliseconds: { measure: usable, bar: 2_000, unit: "ms from navigation until the page can be used" },
  longestTaskMilliseconds: {
    measure: longestTask,
    bar: 200,
    unit: "ms on the main thread, with 1,000 consents and 10,000 events",
  },
} as const satisfies Record<string, Measured>;

export type Measure = keyof typeof MEASURES;

/** Measures one after the other, each with a chain of its own. */
export async function measure(names: readonly Measure[]): Promise<Report> {
  const report: Report = {};
  const browser = await startBrowser();
  try {
    for (const name of names) {
      const { measure, ...row }: Measured = MEASURES[name];
      const value = await withAll((started) => measure({ ...started, browser }));
      report[name] = { value: Math.round(value), ...row };
    }
  } finally {
    await browser.close();
  }
  return report;
}

async function withAll<Result>(work: (started: Started) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "consentry-bench-"));
  const started = await startAll({ folder, ports: { chain: 0, relayer: 0, portal: 0 }, wallets: false });
  try {
    return await work(started);
  } finally {
    await started.close();
    rmSync(folder, { recursive: true });
  }
}
