import { expect } from "chai";
import { Contract } from "ethers";
import type { Page, Route } from "playwright-core";
import { injectWallet } from "./support/wallet.js";
import { newVisitor } from "./support/browser.js";
import { portalWorld, type Visitor, visitorOf, watchProblems } from "./support/world.js";

const PATIENT = 3;
const HOSPITAL = 5;

describe("the patient's page: what others say is not believed", function () {
  this.timeout(60_000);
  const world = portalWorld();

  const statements = () => `${world.relayerUrl}/statements**`;

  /** A relayer, or whatever stands before it, that answers every statement so. */
  async function relayerSays(page: Page, status: number, body: unknown): Promise<void> {
    await page.route(statements(), (route: Route) => {
      const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
      return route.fulfill({ status, headers, contentType: "application/json", body: JSON.stringify(body) });
    });
  }

  /** The hospital gives itself another name. */
  async function rename(name: string): Promise<void> {
    const hospital = world.chain.account(HOSPITAL);
    const { address } = world.chain.deployment.contracts.ProviderRegistry;
    const directory = new Contract(address, ["function setEntry(address,string,string)"], hospital);
    await directory.getFunction("setEntry")(hospital.address, name, "");
  }

  async function withdrawFrom(name: string, { page }: Visitor): Promise<void> {
    const card = page.getByRole("article").filter({ hasText: name });
    await card.getByRole("button", { name: "Withdraw", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }

  it("a relayer that says done: the statement is kept until it is on the chain", async () => {
    const visitor = await visitorOf(world, PATIENT);
    const { page, context, problems } = visitor;
    await relayerSays(page, 200, { id: `0x${"11".repeat(32)}`, state: "done" });
    await withdrawFrom("Heart Clinic", visitor);
    await page.getByRole("heading", { name: "Not delivered yet" }).waitFor();
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor();
    await page.unroute(statements());
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Not delivered yet" }).waitFor({ state: "detached" });
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("a proxy that does not know the way: it is delivered later", async () => {
    const visitor = await visitorOf(world, PATIENT);
    const { page, context } = visitor;
    await relayerSays(page, 404, { message: "no such host" });
    await withdrawFrom("Mutual Insurance", visitor);
    await page.getByText("the delivery service does not have it yet").waitFor();
    await page.unroute(statements());
    await page.getByRole("article").filter({ hasText: "Mutual Insurance" }).waitFor({ state: "detached" });
    await context.close();
  });

  it("an answer of another shape breaks nothing, also after a reload", async () => {
    const visitor = await visitorOf(world, PATIENT);
    const { page, context } = visitor;
    const pageErrors: string[] = [];
    page.on("pageerror", ({ message }) => pageErrors.push(message));
    await relayerSays(page, 422, { code: "X", message: "m".repeat(10_000), hint: { an: "object" } });
    await withdrawFrom("General Hospital", visitor);
    await page.getByText("It can't be delivered.").waitFor();
    expect((await page.getByText("mmm").textContent())!.length).to.be.lessThan(1_000);
    await page.reload();
    await page.getByText("It can't be delivered.").waitFor();
    await page.getByRole("button", { name: "Remove from this list" }).click();
    await page.getByText("It can't be delivered.").waitFor({ state: "detached" });
    expect(pageErrors).to.deep.equal([]);
    await context.close();
  });

  it("what stands in the browser's storage: another shape is left out", async () => {
    for (const session of ["null", "{}", '{"key":{"kind":"wallet"},"patient":5}', "no JSON"]) {
      const context = await newVisitor(world.browser);
      await injectWallet(context, world.chain.privateKey(PATIENT));
      await context.addInitScript((text) => {
        localStorage.setItem("consentry.session", text);
        localStorage.setItem("consentry.passkeys", '{"not":"a list"}');
        localStorage.setItem("consentry.outbox", '[null, 5, {"id":"1","state":"signed","signedAt":1e99}]');
      }, session);
      const page = await context.newPage();
      const problems = watchProblems(page);
      await page.goto(world.url);
      await page.getByRole("button", { name: "Connect Test Wallet" }).click();
      await page.getByRole("navigation").waitFor();
      expect(problems).to.deep.equal([]);
      await context.close();
    }
  });

  it("a name that a provider gave itself is one plain line", async () => {
    const name = "\u202Eevil\u202C\u200B\nYou allowed" + " nothing".repeat(40);
    await rename(name);
    const { page, context } = await visitorOf(world, PATIENT);
    const heading = page.getByRole("heading", { name: "evil You allowed" });
    await heading.waitFor();
    const shown = (await heading.textContent())!;
    expect(shown).to.match(/^evil You allowed( nothing)+[^\p{Cf}\p{Cc}]*…$/u);
    expect(shown.length).to.be.lessThan(90);
    await page.getByRole("link", { name: "Allow", exact: true }).click();
    await page.getByText(`${shown} (`).waitFor();
    await context.close();
  });

  it("a name that changes in the directory is read again by itself", async () => {
    const { chain } = world;
    const context = await newVisitor(world.browser);
    await injectWallet(context, chain.privateKey(PATIENT));
    await context.clock.install();
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    await page.getByRole("article").first().waitFor();
    await rename("Hospital on the Hill");
    await context.clock.fastForward("01:05");
    await page.getByRole("heading", { name: "Hospital on the Hill" }).waitFor();
    await context.close();
  });

  it("a request that is opened where the page is open already leaves the address too", async () => {
    const { page, context } = await visitorOf(world, PATIENT);
    const request = new URL(world.requestLink).hash;
    await page.evaluate(`location.hash = ${JSON.stringify(request)}`);
    await page.waitForURL(/#\/grant$/);
    await context.close();
  });
});
