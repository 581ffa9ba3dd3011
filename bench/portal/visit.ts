import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Started } from "../../scripts/start/startAll.js";
import { newVisitor } from "../../test/portal/support/browser.js";
import { injectWallet } from "../../test/portal/support/wallet.js";

/** Everything on this machine, and a browser. */
export interface Bench extends Started {
  browser: Browser;
}

/** The index of the patient's account. */
const PATIENT = 3;
/** Nothing here takes longer, however busy the machine is. */
const PATIENCE = 120_000;

/** The patient in a browser of their own, who has connected the page before. */
export async function visit({ browser, chain, url }: Bench): Promise<{ page: Page; context: BrowserContext }> {
  const context = await newVisitor(browser);
  context.setDefaultTimeout(PATIENCE);
  await injectWallet(context, chain.privateKey(PATIENT));
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Connect Test Wallet" }).click();
  await shown(page);
  return { page, context };
}

/** Waits until it can be read who sees what, and be withdrawn. */
export async function shown(page: Page): Promise<void> {
  await page.getByRole("article").first().getByRole("button", { name: "Withdraw", exact: true }).waitFor();
}
