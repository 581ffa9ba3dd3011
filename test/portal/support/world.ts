import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Started, startAll } from "../../../scripts/start/startAll.js";
import { hasBrowser, newVisitor, startBrowser } from "./browser.js";
import { type InjectedWallet, injectWallet } from "./wallet.js";

/** Everything that `npm start` brings up, without its wallets, and a browser. */
export interface World extends Started {
  browser: Browser;
}

/** Before the tests that follow all of it is started, after them it ends; without a browser they are left out. */
export function portalWorld(): World {
  const world: Partial<World> = {};
  const folder = mkdtempSync(join(tmpdir(), "consentry-portal-"));
  before(async function () {
    this.timeout(120_000);
    if (!hasBrowser()) this.skip();
    const [started, browser] = await Promise.all([
      startAll({ folder, ports: { chain: 0, relayer: 0, portal: 0 }, wallets: false }),
      startBrowser(),
    ]);
    Object.assign(world, started, { browser });
  });
  after(async function () {
    this.timeout(30_000);
    await world.browser?.close();
    await world.close?.();
    rmSync(folder, { recursive: true, force: true });
  });
  return world as World;
}

/** Somebody at the page. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  wallet: InjectedWallet;
  /** What the page wrote to its console as an error, and what it threw. */
  problems: string[];
}

/** Somebody of the story with a wallet, who has opened and connected the page. */
export async function visitorOf(
  { browser, chain, chainUrl, url }: World,
  account: number,
  link = url,
): Promise<Visitor> {
  const context = await newVisitor(browser);
  const wallet = await injectWallet(context, chain.privateKey(account), undefined, chainUrl);
  const page = await context.newPage();
  const problems = watchProblems(page);
  await page.goto(link);
  await page.getByRole("button", { name: "Connect Test Wallet" }).click();
  await page.getByRole("navigation").waitFor();
  return { context, page, wallet, problems };
}

/** Collects what goes wrong in a page. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  return problems;
}
