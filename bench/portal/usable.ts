import { type Bench, shown, visit } from "./visit.js";

const VISITS = 7;

/** Milliseconds from navigation until the page shows who sees what, and can be used: the median of some visits. */
export async function usable(bench: Bench): Promise<number> {
  const { page, context } = await visit(bench);
  const times: number[] = [];
  for (let visits = 0; visits < VISITS; visits++) {
    await page.goto("about:blank");
    const start = performance.now();
    await page.goto(bench.url);
    await shown(page);
    times.push(performance.now() - start);
  }
  await context.close();
  return times.sort((a, b) => a - b)[Math.floor(VISITS / 2)] ?? NaN;
}
