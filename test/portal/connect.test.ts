import { join } from "node:path";
import { expect } from "chai";
import { hexlify } from "ethers";
import { servePortal } from "../../portal/server/servePortal.js";
import { ROOT } from "../e2e/support/command.js";
import { expectAccessible } from "./support/axe.js";
import { addAuthenticator, newVisitor, picture } from "./support/browser.js";
import { savedBy } from "./support/files.js";
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
    await page.getByRole("heading", { name: "Decide who sees your health records" }).waitFor();
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

  it("reads a passkey back from the file that it saved, and refuses one that does not fit", async () => {
    const context = await newVisitor(world.browser);
    const page = await context.newPage();
    await addAuthenticator(page);
    await page.goto(world.url);
    await page.getByRole("button", { name: "Create a passkey" }).click();
    const account = page.getByText("Signed in with Passkey");
    const before = await account.getAttribute("title");
    await page.getByRole("heading", { name: "Keep your passkey usable" }).waitFor();
    await expectAccessible(page, "save the passkey's file");
    const save = page.getByRole("button", { name: "Save the file" });
    const { name, text } = await savedBy(page, () => save.click());
    expect(name).to.equal("passkey.json");
    await save.waitFor({ state: "detached" });
    await page.evaluate(() => localStorage.clear());
    await page.reload();

    await page.getByText("I have used this page in another browser").click();
    const open = (content: string): Promise<void> =>
      page
        .getByLabel("File of the passkey")
        .setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
    await open("{}");
    await page.getByText("This is no file of a passkey.").waitFor();
    await open(JSON.stringify({ ...(JSON.parse(text) as object), rpId: "other.example" }));
    await page.getByText("This passkey belongs to another address on the web.").waitFor();
    const { publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
      "sign",
      "verify",
    ]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)).slice(1);
    for (const other of [hexlify(point), `0x${"11".repeat(64)}`]) {
      await open(JSON.stringify({ ...(JSON.parse(text) as object), publicKey: other }));
      await page.getByText("This file does not fit your passkey").waitFor();
    }
    await picture(page, "passkey-file");
    await expectAccessible(page, "a file that does not fit");
    expect(await page.evaluate("localStorage.getItem('consentry.passkeys')")).to.equal(null);
    await open(text);
    await account.waitFor();
    expect(await account.getAttribute("title"), "the same passkey").to.equal(before);
    expect(await page.getByRole("heading", { name: "Keep your passkey usable" }).count()).to.equal(0);
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

  it("is served so that a browser keeps what never changes, and insists on https behind TLS", async () => {
    const page = await fetch(`${world.url}/index.html`);
    expect(page.headers.get("cache-control")).to.equal("no-cache");
    expect(page.headers.get("strict-transport-security")).to.equal(null);
    const [asset = ""] = /\/assets\/[^"]+/.exec(await page.text()) ?? [];
    const { headers } = await fetch(`${world.url}${asset}`, { method: "HEAD" });
    expect(headers.get("cache-control")).to.contain("immutable").and.to.contain("max-age=31536000");
    const icon = await fetch(`${world.url}/icon.svg`, { method: "HEAD" });
    expect(icon.headers.get("cache-control")).to.equal("no-cache");
    const config = { rpcUrl: world.chainUrl, relayerUrl: world.relayerUrl, deployment: world.chain.deployment };
    const folder = join(ROOT, "portal", "dist");
    const served = await servePortal({ folder, config, isBehindTls: true });
    const secured = await fetch(served.url, { method: "HEAD" });
    expect(secured.headers.get("strict-transport-security")).to.contain("max-age=31536000");
    await served.close();
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
