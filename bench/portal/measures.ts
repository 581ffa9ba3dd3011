import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAll } from "../../scripts/start/startAll.js";
import { startBrowser } from "../../test/portal/support/browser.js";
import type { Report, Row } from "../report.js";
import { longestTask } from "./longestTask.js";
import { suite } from "./suite.js";
import { usable } from "./usable.js";
import type { Bench } from "./visit.js";

interface Measured extends Pick<Row, "bar" | "unit"> {
  measure: () => Promise<number>;
}

/** What is measured, in which unit, against which bar. */
export const MEASURES = {
  usableMilliseconds: {
    measure: () => withAll(usable),
    bar: 2_000,
    unit: "ms from navigation until the page can be used",
  },
  longestTaskMilliseconds: {
    measure: () => withAll(longestTask),
    bar: 200,
    unit: "ms on the main thread, with 1,000 consents and 10,000 events",
  },
  suiteSeconds: { measure: suite, bar: 300, unit: "s for every test in the browser" },
} as const satisfies Record<string, Measured>;

export type Measure = keyof typeof MEASURES;

/** Measures one after the other. */
export async function measure(names: readonly Measure[]): Promise<Report> {
  const report: Report = {};
  for (const name of names) {
    const { measure, ...row }: Measured = MEASURES[name];
    report[name] = { value: Math.round(await measure()), ...row };
  }
  return report;
}

/** With a chain of its own, and a browser. */
async function withAll(work: (bench: Bench) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "consentry-bench-"));
  const started = await startAll({ folder, ports: { chain: 0, relayer: 0, portal: 0 }, wallets: false });
  const browser = await startBrowser();
  try {
    return await work({ ...started, browser });
  } finally {
    await browser.close();
    await started.close();
    rmSync(folder, { recursive: true });
  }
}
