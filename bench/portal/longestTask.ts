import type { Page } from "playwright-core";
import { seedConsents } from "./seed.js";
import { type Bench, shown, visit } from "./visit.js";

const CONSENTS = 1_000;
const EVENTS = 10_000;
const VISITS = 5;
/** How long nothing may happen before a step counts as over, in milliseconds. */
const QUIET = 1_000;

/** What a patient does, step by step. */
const STEPS: readonly ((page: Page) => Promise<unknown>)[] = [
  async (page) => {
    await page.reload();
    await shown(page);
  },
  (page) => page.getByRole("button", { name: "Show more" }).click(),
  (page) => page.getByText("Not included").first().click(),
  (page) => page.getByLabel("Find a provider by name").fill("Heart"),
  async (page) => {
    await page.getByRole("button", { name: "As a picture" }).click();
    await page.getByRole("table").waitFor();
  },
  (page) => page.getByLabel("For which purpose").selectOption({ index: 1 }),
  (page) => page.getByRole("button", { name: "Providers after" }).click(),
  async (page) => {
    await page.getByRole("button", { name: "What happened" }).click();
    await page.getByRole("button", { name: "Older" }).waitFor();
  },
  (page) => page.getByRole("button", { name: "Older" }).click(),
  (page) => page.getByRole("button", { name: "By provider" }).click(),
];

/**
 * The longest task on the page's main thread, in milliseconds, while a patient with many consents looks at all of it.
 *
 * Whatever else runs on the machine makes a task longer, and nothing makes it shorter: of each step the best of some visits
 * counts, and of all steps the worst.
 */
export async function longestTask(bench: Bench): Promise<number> {
  await seedConsents(bench.people.patient.consentry, CONSENTS, EVENTS);
  const visits: number[][] = [];
  for (let count = 0; count < VISITS; count++) visits.push(await oneVisit(bench));
  return Math.max(...STEPS.map((_, i) => Math.min(...visits.map((longest) => longest[i] ?? NaN))));
}

async function oneVisit(bench: Bench): Promise<number[]> {
  const { page, context } = await visit(bench);
  await context.addInitScript({ content: OBSERVER });
  const longest: number[] = [];
  for (const step of STEPS) {
    await step(page);
    await page.waitForTimeout(QUIET);
    longest.push(await page.evaluate<number>("Math.max(0, ...globalThis.longTasks.splice(0))"));
  }
  await context.close();
  return longest;
}

/** Keeps how long each task took that took longer than 50 ms: https://www.w3.org/TR/longtasks-1/ */
const OBSERVER = `
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask", buffered: true });
`;
