import { type EmergencyActions, type EmergencyEntry, emergencyOf, type ReviewNote } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { Contract } from "ethers";
import type { Page } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { addAuthenticator, newVisitor, picture } from "./support/browser.js";
import { savedBy } from "./support/files.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld, type Visitor, visitorOf } from "./support/world.js";

const [REVIEWER, PATIENT] = [1, 3];
const NOTE = "The ambulance confirms it";

describe("the reviewers' page", function () {
  this.timeout(60_000);
  const world = portalWorld();

  const emergency = (): EmergencyActions => emergencyOf(world.people.patient.consentry);
  const inquiry = async (): Promise<EmergencyEntry> => (await emergency().history())[0]!;
  const card = (page: Page) => page.getByRole("article").filter({ hasText: "General Hospital opened the data" });

  async function reviewer(): Promise<Visitor> {
    const visitor = await visitorOf(world, REVIEWER);
    await visitor.page.getByRole("link", { name: "Review" }).click();
    await card(visitor.page).waitFor();
    return visitor;
  }

  it("is not for patients, who see no link to it", async () => {
    const { page, context } = await visitorOf(world, PATIENT);
    await page.goto(`${world.url}/#/review`);
    await page.getByText("This page is for reviewers").waitFor();
    expect(await page.getByRole("link", { name: "Review" }).count()).to.equal(0);
    expect(await page.getByRole("article").count()).to.equal(0);
    await expectAccessible(page, "review, to a patient");
    await context.close();
  });

  it("tells who is here with a passkey that it can't send", async () => {
    const context = await newVisitor(world.browser);
    const page = await context.newPage();
    await addAuthenticator(page);
    await page.goto(`${world.url}/#/review`);
    await page.getByRole("button", { name: "Create a passkey" }).click();
    await page.getByText("You are here with a passkey, which can't send anything").waitFor();
    await context.close();
  });

  it("shows what waits: who, when, what was open and what the patient excluded", async () => {
    const { page, context, problems } = await reviewer();
    await page.getByRole("heading", { name: "Waiting for a verdict (1)" }).waitFor();
    const entry = card(page);
    await entry.getByText("open now").waitFor();
    for (const fact of ["allergies", "medicines", "psychiatric illness", "sexuality and reproductive health"]) {
      await entry.getByText(fact).waitFor();
    }
    await entry.getByText("Check a reason").click();
    await entry.getByLabel("The reason as you got it").fill(JSON.stringify(world.reason));
    await entry.getByRole("button", { name: "Check" }).click();
    await entry.getByText("Proven: this is what was stated at the time.").waitFor();
    for (const theme of ["light", "dark"]) {
      await page.getByLabel("Appearance").selectOption(theme);
      await expectAccessible(page, `review, ${theme}`);
      await picture(page, `review-${theme}`);
    }
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Wartet auf ein Urteil (1)" }).waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    const sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
    const [wide, shown]: [number, number] = await page.evaluate(sizes);
    expect(wide).to.be.at.most(shown);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("states nothing without a verdict, nor when its wallet's user rejects it", async () => {
    const { page, context, wallet } = await reviewer();
    const submit = page.getByRole("button", { name: "State the verdict" });
    await submit.click();
    expect(await page.evaluate("document.querySelector('form.review').matches(':invalid')")).to.be.true;
    wallet.answer = "reject";
    await page.getByRole("radio", { name: "justified", exact: true }).check();
    await page.getByLabel("Why").fill(NOTE);
    await submit.click();
    await page.getByText("You did not confirm. Nothing was stated.").waitFor();
    expect(wallet.sent).to.deep.equal([]);
    expect((await inquiry()).reviews).to.deep.equal([]);
    expect(await page.getByLabel("Why").inputValue()).to.equal(NOTE);
    await context.close();
  });

  it("offers to switch a wallet that is on another network, and sends nothing there", async () => {
    const context = await newVisitor(world.browser);
    const wallet = await injectWallet(context, world.chain.privateKey(REVIEWER), 1, world.chainUrl);
    const page = await context.newPage();
    await page.goto(`${world.url}/#/review`);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    await page.getByRole("radio", { name: "justified", exact: true }).check();
    await page.getByRole("button", { name: "State the verdict" }).click();
    await card(page).getByText("Your wallet is on another network").waitFor();
    expect(wallet.sent).to.deep.equal([]);
    await card(page).getByRole("button", { name: "Switch the network" }).click();
    await page.getByRole("button", { name: "State the verdict" }).click();
    await page.getByText("Stated: justified.").waitFor();
    expect(await page.getByRole("button", { name: "Save the note" }).count()).to.equal(0);
    expect((await inquiry()).reviews.map(({ noteHash }) => noteHash)).to.deep.equal([undefined]);
    await context.close();
  });

  it("states a verdict, which the chain then has, and hands over what proves its note", async () => {
    const { page, context, wallet, problems } = await reviewer();
    await page.getByRole("heading", { name: "Reviewed (1)" }).waitFor();
    await page.getByText("Nothing waits for a verdict.").waitFor();
    await page.getByRole("button", { name: "State another verdict" }).click();
    await page.getByRole("radio", { name: "not justified" }).check();
    await page.getByLabel("Why").fill(NOTE);
    const submit = page.getByRole("button", { name: "State the verdict" });
    const { name, text } = await savedBy(page, () => submit.click());
    expect(name).to.match(/^review-note-\d{4}-\d\d-\d\d\.json$/);
    await page.getByText("Stated: not justified.").waitFor();
    await picture(page, "review-stated");
    const { reviews, verdict, subject } = await inquiry();
    expect(verdict).to.equal("unjustified");
    const stated = reviews.at(-1)!;
    expect(stated).to.include({ by: world.people.consortium.address, transaction: wallet.sent[0] });
    const note = JSON.parse(text) as ReviewNote;
    expect(note).to.include({ subject, note: NOTE });
    expect(emergency().verifyNote(stated, emergency().parseNote(text))).to.be.true;
    const again = await savedBy(page, () => page.getByRole("button", { name: "Save the note" }).click());
    expect(again.text).to.equal(text);
    expect(wallet.signed).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("tells who is no reviewer any more why the verdict was refused", async () => {
    const { page, context } = await reviewer();
    await dismiss();
    await page.getByRole("button", { name: "State another verdict" }).click();
    await page.getByRole("radio", { name: "can't be told" }).check();
    await page.getByRole("button", { name: "State the verdict" }).click();
    await card(page).getByRole("alert").waitFor();
    expect((await inquiry()).verdict).to.equal("unjustified");
    await page.reload();
    await page.getByText("This page is for reviewers").waitFor();
    await context.close();
  });

  /** The consortium takes the role back. */
  async function dismiss(): Promise<void> {
    const { chain, people } = world;
    const abi = ["function revokeRole(uint64, address)"];
    const manager = new Contract(chain.deployment.contracts.AccessManager.address, abi, chain.account(REVIEWER));
    const sent = await manager.getFunction("revokeRole").send(2, people.consortium.address);
    await sent.wait();
  }
});
