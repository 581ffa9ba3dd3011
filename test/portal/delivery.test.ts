import { ConsentryError, type SignedStatement } from "@consentry/sdk";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { picture } from "./support/browser.js";
import { choose, expectNothing, expectPermitted, openGrant, review, sign } from "./support/granting.js";
import { portalWorld, visitorOf } from "./support/world.js";

const ALLOWED = { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT"], actions: ["access"] } as const;

describe("the patient's page: delivering what was allowed", function () {
  this.timeout(60_000);
  const world = portalWorld();

  /** Signs while the relayer can't be reached. */
  const signUndelivered = async (page: Page): Promise<SignedStatement> => {
    await page.context().route(`${world.relayerUrl}/**`, (route) => route.abort());
    await openGrant(page);
    await choose(page, "Heart Clinic", "Laboratory and medicines");
    const dialog = await review(page);
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByText("Not delivered yet").waitFor();
    const kept = JSON.parse(String(await page.evaluate("localStorage.getItem('consentry.outbox')"))) as {
      statement: SignedStatement;
    }[];
    expect(kept).to.have.length(1);
    return kept[0]!.statement;
  };
  const restart = (page: Page): Promise<void> => page.context().unroute(`${world.relayerUrl}/**`);

  it("shows that it is not delivered yet, keeps it over a reload, and delivers it when the relayer is back", async () => {
    const { address: clinic } = world.people.clinic;
    const { page, wallet, context } = await visitorOf(world, 11);
    await signUndelivered(page);
    await picture(page, "grant-undelivered");
    await expectAccessible(page, "not delivered yet");
    await expectNothing(world, wallet.address, clinic);
    await page.reload();
    await page.getByText("Not delivered yet").waitFor();
    await restart(page);
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    await expectPermitted(world, wallet.address, clinic, ALLOWED);
    await page.getByRole("link", { name: "Who can see what" }).click();
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor();
    await context.close();
  });

  it("voids it: whoever delivers the older statement later changes nothing", async () => {
    const { clinic, relayer } = world.people;
    const { page, wallet, context } = await visitorOf(world, 12);
    const older = await signUndelivered(page);
    await page.getByRole("button", { name: "Void it" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("whoever delivers the old statement later changes nothing").waitFor();
    await picture(page, "grant-void");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByText("A withdrawal").waitFor();
    await page.getByText("A consent", { exact: true }).waitFor({ state: "detached" });
    await restart(page);
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    await relayer.consentry.relay
      .submit(older)
      .catch((error: unknown) => expect(error).to.be.instanceOf(ConsentryError));
    await expectNothing(world, wallet.address, clinic.address);
    const question = {
      patient: wallet.address,
      grantee: clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    expect(await relayer.consentry.consents.decide(question)).to.include({ decision: "Revoked" });
    await context.close();
  });

  it("voids it also when the older statement is delivered first", async () => {
    const { clinic, relayer } = world.people;
    const { page, wallet, context } = await visitorOf(world, 13);
    const older = await signUndelivered(page);
    await relayer.consentry.relay.submit(older);
    await expectPermitted(world, wallet.address, clinic.address, ALLOWED);
    await page.getByRole("button", { name: "Void it" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByText("A withdrawal").waitFor();
    await restart(page);
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    await expectNothing(world, wallet.address, clinic.address);
    await context.close();
  });

  it("shows in another tab what was allowed in this one, without a reload", async () => {
    const { page, context } = await visitorOf(world, 14);
    const other = await context.newPage();
    await other.goto(world.url);
    await other.getByText("Nobody can see your records").waitFor();
    await openGrant(page);
    await choose(page, "Heart Clinic", "Laboratory and medicines");
    await sign(page, await review(page));
    const card = other.getByRole("article").filter({ hasText: "Heart Clinic" });
    await card.getByText("laboratory results").waitFor();
    await context.close();
  });
});
