import { type Client, connect, type Guardians, newGuardians } from "@consentry/sdk";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { addAuthenticator, newVisitor } from "./browser.js";
import { type Visitor, visitorOf, watchProblems, type World } from "./world.js";

/** Somebody with an account of the local chain who is not in the story. */
export interface Somebody {
  address: string;
  consentry: Client;
}

/** Connects an account of the local chain by its index. */
export async function somebody({ chain }: World, index: number): Promise<Somebody> {
  const runner = chain.account(index);
  return { address: runner.address, consentry: await connect({ runner, deployment: chain.deployment }) };
}

/** Somebody at the page "Safety". */
export async function atSafety(world: World, account: number): Promise<Visitor> {
  const visitor = await visitorOf(world, account);
  await goToSafety(visitor.page);
  return visitor;
}

/** Opens the page "Safety". */
export async function goToSafety(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Safety", exact: true }).click();
  await page.getByRole("heading", { name: "Representatives" }).waitFor();
}

/** Somebody at the page "Safety" with a new passkey. */
export interface PasskeyVisitor {
  context: BrowserContext;
  page: Page;
  account: string;
  problems: string[];
}

export async function passkeyAtSafety({ browser, url }: World): Promise<PasskeyVisitor> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  const problems = watchProblems(page);
  await addAuthenticator(page);
  await page.goto(url);
  await page.getByRole("button", { name: "Create a passkey" }).click();
  const account = (await page.getByText("Signed in with Passkey").getAttribute("title")) ?? "";
  await goToSafety(page);
  return { context, page, account, problems };
}

/** Signs what the dialog shows; resolves to the sentence that was shown. */
export async function sign(page: Page, key = "Test Wallet"): Promise<string> {
  const dialog = page.getByRole("dialog");
  const sentence = await dialog.locator(".sentence").innerText();
  await dialog.getByRole("button", { name: `Sign with ${key}` }).click();
  await dialog.waitFor({ state: "detached" });
  return sentence;
}

/** One matter of the page, by its heading. */
export function card(page: Page, name: string): Locator {
  return page.getByRole("main").getByRole("region", { name, exact: true });
}

/** Waits until the chain says something. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error("It never came to be.");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** One matter of the page. */
export type Region = Locator;

/** Pastes what somebody passed on. */
export async function take(region: Region, text: string): Promise<void> {
  await region.getByPlaceholder("Paste the text").fill(text);
  await region.getByRole("button", { name: "Use this text" }).click();
}

interface Guarded {
  patient: Somebody;
  sister: Somebody;
  newKey: Somebody;
  guardians: Guardians;
}

/** A patient with two guardians of whom both must agree, and a new key, by their indices on the local chain. */
export async function guarded(
  world: World,
  [owner, first, second, fresh]: readonly [number, number, number, number],
): Promise<Guarded> {
  const [patient, sister, friend, newKey] = await Promise.all([
    somebody(world, owner),
    somebody(world, first),
    somebody(world, second),
    somebody(world, fresh),
  ]);
  const accounts = [sister.address, friend.address];
  const guardians = newGuardians({ patient: patient.address, accounts, threshold: 2 });
  await patient.consentry.patients.setGuardians({ guardians, delay: { days: 1 } });
  return { patient, sister, newKey, guardians };
}
