import { expect } from "chai";
import { expectAccessible } from "./support/axe.js";
import { addAuthenticator, newVisitor, picture } from "./support/browser.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld, visitorOf, watchProblems } from "./support/world.js";

const PATIENT = 3;
const ADDRESS = /0x[0-9a-f]{40}/i;

describe("the patient's page: connecting", function () {
  this.timeout(60_000);
  const world = portalWorld();

  it("makes a passkey on the spot, and keeps the session over a reload", async () => {
    const context = await newVisitor(world.browser);
    const page = await context.newPage();
    const problems = watchProblems(page);
    await addAuthenticator(page);
    await page.goto(world.url);
    await picture(page, "connect");
    await expectAccessible(page, "connect");
    await page.getByRole("button", { name: "Create a passkey" }).click();
    const account = page.getByText("Signed in with Passkey");
    await account.waitFor();
    const before = await account.getAttribute("title");
    await page.reload();
    await account.waitFor();
    expect(await account.getAttribute("title")).to.equal(before);
    await page.getByRole("button", { name: "Leave" }).click();
    await page.getByRole("button", { name: "Use the passkey of this device" }).click();
    await account.waitFor();
    expect(await account.getAttribute("title"), "the same passkey").to.equal(before);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("finds wallets, keeps the session over a reload, and lets go of it when the account changes", async () => {
    const { page, context, wallet } = await visitorOf(world, PATIENT);
    await page.reload();
    await page.getByText("Signed in with Test Wallet").waitFor();
    wallet.address = world.people.mother.address;
    await page.reload();
    await page.getByRole("button", { name: "Connect Test Wallet" }).waitFor();
    await context.close();
  });

  it("offers to switch a wallet that is on another network, and lets nothing be signed there", async () => {
    const context = await newVisitor(world.browser);
    const wallet = await injectWallet(context, world.chain.privateKey(PATIENT), 1);
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    await page.getByText("Your wallet is on another network").waitFor();
    await page.getByRole("button", { name: "Withdraw", exact: true }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("Your wallet is on another network").waitFor();
    expect(wallet.signed).to.deep.equal([]);
    await dialog.getByRole("button", { name: "Switch the network" }).click();
    await expectNoText(page.getByRole("main").getByText("Your wallet is on another network").first());
    expect(wallet.chainId).to.equal(world.chain.deployment.chainId);
    await context.close();
  });

  it("changes nothing when its owner rejects the signature", async () => {
    const { page, context, wallet, problems } = await visitorOf(world, PATIENT);
    wallet.answer = "reject";
    await page.getByRole("button", { name: "Withdraw", exact: true }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("You did not sign. Nothing has changed.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await dialog.waitFor({ state: "detached" });
    expect(wallet.signed).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("speaks the reader's language, and looks as the reader wants", async () => {
    const context = await newVisitor(world.browser, { locale: "de-CH", colorScheme: "dark" });
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByRole("heading", { name: "Bestimmen Sie, wer Ihre Gesundheitsdaten sieht" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).to.equal("de");
    await expectAccessible(page, "connect, dark");
    await page.getByLabel("Sprache").selectOption("en");
    await page.getByRole("heading", { name: "Decide who sees your health records" }).waitFor();
    await page.getByLabel("Appearance").selectOption("light");
    await expectAccessible(page, "connect, light on a dark device");
    await page.reload();
    await page.getByRole("heading", { name: "Decide who sees your health records" }).waitFor();
    await context.close();
  });

  it("loads nothing from elsewhere, and names nobody in an address", async () => {
    const context = await newVisitor(world.browser);
    await injectWallet(context, world.chain.privateKey(PATIENT));
    const page = await context.newPage();
    const urls: string[] = [];
    page.on("request", (request) => urls.push(request.url()));
    const violations: string[] = [];
    page.on(
      "console",
      (message) => message.text().includes("Content Security Policy") && violations.push(message.text()),
    );
    await page.goto(world.url);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    for (const name of ["Allow", "Who looked", "Safety", "Who can see what"]) {
      await page.getByRole("link", { name }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(page.url()).to.not.match(ADDRESS);
    }
    const own = [world.url, world.chainUrl, world.relayerUrl].map((url) => new URL(url).origin);
    for (const url of urls) {
      expect(own).to.include(new URL(url).origin);
      expect(url).to.not.match(ADDRESS);
    }
    expect(violations).to.deep.equal([]);
    await context.close();
  });

  it("fits on a phone", async () => {
    const context = await newVisitor(world.browser, { viewport: { width: 320, height: 640 }, isMobile: true });
    await injectWallet(context, world.chain.privateKey(PATIENT));
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    await page.getByRole("article").first().waitFor();
    await picture(page, "phone");
    const [wide, shown]: [number, number] = await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    );
    expect(wide).to.be.at.most(shown);
    await expectAccessible(page, "phone");
    await context.close();
  });

  it("says that the network is gone, and goes on when it is back", async () => {
    const { page, context } = await visitorOf(world, PATIENT);
    await page.getByRole("article").first().waitFor();
    await context.route(`${world.chainUrl}/**`, (route) => route.abort());
    await page.getByText("The network can't be reached at the moment").waitFor();
    await context.unroute(`${world.chainUrl}/**`);
    await expectNoText(page.getByText("The network can't be reached at the moment"));
    await context.close();
  });

  it("can't be opened without the network, and tells so", async () => {
    const context = await newVisitor(world.browser);
    await context.route(`${world.chainUrl}/**`, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByText("The network can't be reached.").waitFor({ timeout: 45_000 });
    await context.unroute(`${world.chainUrl}/**`);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await context.close();
  });
});

async function expectNoText(locator: { waitFor: (options: { state: "detached"; timeout: number }) => Promise<void> }) {
  await locator.waitFor({ state: "detached", timeout: 20_000 });
}
