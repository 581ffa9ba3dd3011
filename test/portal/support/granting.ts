import {
  type Action,
  allActions,
  allCategories,
  allPurposes,
  type Category,
  type Client,
  connect,
  expandPurposes,
  type Purpose,
} from "@consentry/sdk";
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { World } from "./world.js";

/** Terms as the chain is asked about them. */
export interface Allowed {
  categories: readonly Category[];
  purposes: readonly Purpose[];
  actions: readonly Action[];
}

/**
 * Asks the chain about every category, every purpose and every action, each beside what is allowed of the others: just what
 * is allowed is permitted. The three are independent of each other in every decision, so that not all of their combinations
 * are asked about.
 */
export async function expectPermitted(world: World, patient: string, grantee: string, allowed: Allowed): Promise<void> {
  const [category = "LABS"] = allowed.categories;
  const [purpose = "TREAT"] = allowed.purposes;
  const [action = "access"] = allowed.actions;
  const asked: Question[] = [
    ...allCategories().map((each): Question => [each, purpose, action]),
    ...allPurposes().map((each): Question => [category, each, action]),
    ...allActions().map((each): Question => [category, purpose, each]),
  ];
  const questions = asked.map(([kind, use, act]) => {
    return { patient, grantee, categories: [kind], purpose: use, action: act };
  });
  const decisions = await world.people.relayer.consentry.consents.decideMany(questions);
  const purposes = expandPurposes(allowed.purposes);
  const expected = asked.filter(([kind, use, act]) => {
    return allowed.categories.includes(kind) && purposes.includes(use) && allowed.actions.includes(act);
  });
  const permitted = asked.filter((_, i) => decisions[i]?.permitted === true);
  expect(permitted.map(String)).to.deep.equal(expected.map(String));
}

/** Nothing at all is permitted. */
export async function expectNothing(world: World, patient: string, grantee: string): Promise<void> {
  await expectPermitted(world, patient, grantee, { categories: [], purposes: [], actions: [] });
}

type Question = [category: Category, purpose: Purpose, action: Action];

/** Somebody of whom the chain knows nothing yet, with a key of the local chain. */
export async function clientOf({ chain }: World, account: number): Promise<Client> {
  return connect({ runner: chain.account(account), deployment: chain.deployment });
}

/** Goes to the page where something is allowed. */
export async function openGrant(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Allow", exact: true }).click();
  await page.getByRole("heading", { name: "Allow somebody to see your data" }).waitFor();
}

/** Chooses a provider of the directory and a preset. */
export async function choose(page: Page, provider: string, preset: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Name" }).fill(provider);
  await page.getByRole("radio", { name: provider }).check();
  await page.getByRole("radio", { name: preset }).check();
}

/** Unfolds what a preset has chosen. */
export async function adjust(page: Page): Promise<void> {
  await page.getByText("See or change what is included").click();
}

/** Goes on to what is to be signed. */
export async function review(page: Page, button = "Go on: read and sign"): Promise<Locator> {
  await page.getByRole("button", { name: button }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("This is exactly what you sign").waitFor();
  return dialog;
}

/** Signs what is shown, and waits until it is on the chain. */
export async function sign(page: Page, dialog: Locator, key = "Test Wallet"): Promise<void> {
  await dialog.getByRole("button", { name: `Sign with ${key}` }).click();
  await page.getByText("You have signed what you allow").waitFor();
  await page.getByText("Not delivered yet").waitFor({ state: "detached" });
}
