import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { ROOT } from "../../e2e/support/command.js";

/** The one without a window first: it takes half of the time. */
const USUAL = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const CHROMIUM = process.env.CHROMIUM ?? USUAL.find((path) => existsSync(path));

/** Where screenshots are written on every run. */
export const SCREENSHOTS = join(ROOT, "coverage", "screenshots");

let isToldMissing = false;

/** Whether there is a browser; in CI there must be. */
export function hasBrowser(): boolean {
  if (CHROMIUM !== undefined && existsSync(CHROMIUM)) return true;
  const hint = "apt-get install chromium-headless-shell, or set CHROMIUM to its path";
  if (process.env.CI === "true") throw new Error(`Chromium is missing: ${hint}.`);
  if (!isToldMissing) console.log(`Left out: there is no Chromium (${hint}).`);
  isToldMissing = true;
  return false;
}

/** Starts a browser without a window. */
export async function startBrowser(args: readonly string[] = []): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    args: ["--no-sandbox", "--disable-dev-shm-usage", ...args],
  });
}

/** A new visitor, who has never been here. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
}

/** Writes a picture of the page. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

/** Gives a page an authenticator of its own, as a phone has one. */
export async function addAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
