import { ConsentryError, type SignedStatement } from "@consentry/sdk";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { picture } from "./support/browser.js";
import { choose, clientOf, expectNothing, expectPermitted, openGrant, review, sign } from "./support/granting.js";
import { portalWorld, type Visitor, visitorOf } from "./support/world.js";

const ALLOWED = { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT"], actions: ["access"] } as const;

async function withdraw(page: Page): Promise<void> {
  const card = page.getByRole("article").filter({ hasText: "Heart Clinic" });
  await card.getByRole("button", { name: "Withdraw", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
  await dialog.waitFor({ state: "detached" });
}

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

  it("voids a statement with a stamp ahead of the chain, which another visit signed", async () => {
    const { clinic, relayer } = world.people;
    const { page, wallet, context } = await visitorOf(world, 15);
    await context.route(`${world.relayerUrl}/**`, (route) => route.abort());
    const { consents } = await clientOf(world, 15);
    const terms = { ...ALLOWED, grantee: clinic.address, until: "until-revoked" } as const;
    await consents.revoke.sign({ grantee: clinic.address });
    const older = await consents.grant.sign(terms);
    const entry = { id: "1", patient: wallet.address, type: "Grants", statement: older, signedAt: 1, state: "signed" };
    await page.evaluate((text) => localStorage.setItem("consentry.outbox", text), JSON.stringify([entry]));
    await page.reload();
    await page.getByRole("button", { name: "Void it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByText("A withdrawal").waitFor();
    const { message } = wallet.signed[0]!;
    expect(Number(message["issuedAt"])).to.be.at.least(Number(older.message.issuedAt));
    await relayer.consentry.relay.submit(older);
    await expectPermitted(world, wallet.address, clinic.address, ALLOWED);
    await restart(page);
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    await expectNothing(world, wallet.address, clinic.address);
    await context.close();
  });

  it("tries a withdrawal again that the delivery service refused, when it is told to", async () => {
    const { page, wallet, context, clinic } = await allowing(16);
    await page.route(`${world.relayerUrl}/**`, (route) => {
      const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
      return route.fulfill({ status: 422, headers, json: { code: "TooSoon", message: "It is too soon." } });
    });
    await withdraw(page);
    await page.getByText("It can't be delivered.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("It can't be delivered.").waitFor();
    await picture(page, "refused");
    await expectAccessible(page, "refused by the delivery service");
    await page.unroute(`${world.relayerUrl}/**`);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    await expectNothing(world, wallet.address, clinic);
    expect(wallet.signed).to.have.length(1);
    await context.close();
  });

  it("sends a withdrawal by the wallet, if its owner wants to, where the delivery service is gone", async () => {
    const { page, wallet, context, clinic } = await allowing(17);
    await context.route(`${world.relayerUrl}/**`, (route) => route.abort());
    await withdraw(page);
    await page.getByText("Send it yourself, without the delivery service").click();
    await page.getByText("The network may charge the wallet a fee.").waitFor();
    await picture(page, "send-yourself");
    await expectAccessible(page, "send it yourself");
    const send = page.getByRole("button", { name: "Send with Test Wallet" });
    wallet.answer = "reject";
    await send.click();
    await page.getByText("You did not sign.").waitFor();
    expect(wallet.sent).to.deep.equal([]);
    wallet.answer = "sign";
    await send.click();
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    expect(wallet.sent).to.have.length(1);
    await expectNothing(world, wallet.address, clinic);
    await page.getByText("Nobody can see your records").waitFor();
    await context.close();
  });

  /** Somebody who has allowed the clinic something. */
  async function allowing(account: number): Promise<Visitor & { clinic: string }> {
    const { address: clinic } = world.people.clinic;
    const { consents } = await clientOf(world, account);
    await consents.grant({ ...ALLOWED, grantee: clinic, until: "until-revoked" });
    return { ...(await visitorOf(world, account)), clinic };
  }

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
