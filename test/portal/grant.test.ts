import { allCategories, isSensitivity } from "@consentry/sdk";
import { expect } from "chai";
import type { Locator } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { newVisitor, picture } from "./support/browser.js";
import {
  adjust,
  choose,
  clientOf,
  expectNothing,
  expectPermitted,
  openGrant,
  review,
  sign,
} from "./support/granting.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld, visitorOf } from "./support/world.js";

const PATIENT = 3;
const MOTHER = 4;
const ORDINARY = allCategories().filter((category) => !isSensitivity(category) && category !== "GENOMICS");

describe("the patient's page: allowing somebody of the directory", function () {
  this.timeout(60_000);
  const world = portalWorld();

  it("permits just what a preset says, and shows the sentence before the wallet opens", async () => {
    const { people } = world;
    const { page, wallet, context, problems } = await visitorOf(world, 11);
    await openGrant(page);
    await expectAccessible(page, "allow");
    await choose(page, "Heart Clinic", "My treatment: everything ordinary");
    await picture(page, "grant");
    const dialog = await review(page);
    const sentence = await dialog.getByText("I allow 0x").textContent();
    expect(sentence).to.contain(people.clinic.address).and.to.contain("sensitive data: none");
    await dialog.getByText("Heart Clinic will newly see").waitFor();
    await dialog.getByText("Nothing else changes").waitFor();
    await picture(page, "grant-sign");
    await expectAccessible(page, "what is signed");
    expect(wallet.signed, "reading signs nothing").to.deep.equal([]);
    await sign(page, dialog);
    expect(wallet.signed.map(({ message }) => String(message["statement"]).split("\n")[2])).to.deep.equal([sentence]);
    const allowed = { categories: ORDINARY, purposes: ["TREAT"], actions: ["access"] } as const;
    await expectPermitted(world, wallet.address, people.clinic.address, allowed);
    await expectNothing(world, wallet.address, people.hospital.address);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("permits what is chosen piece by piece: sensitive data only where it was ticked, a last day, an action", async () => {
    const { people } = world;
    const { page, wallet, context } = await visitorOf(world, 12);
    await openGrant(page);
    await choose(page, "Institute for Heart Research", "My own choice");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("Choose which data.").waitFor();
    await page.getByText("Choose what for.").waitFor();
    await page.getByLabel("laboratory results").check();
    await page.getByText("Show sensitive data (0 chosen)").click();
    const sensitive = page.getByRole("group", { name: "Sensitive data" });
    expect(await sensitive.getByRole("checkbox", { checked: true }).count()).to.equal(0);
    await sensitive.getByLabel("genetic disease").check();
    await page.getByRole("checkbox", { name: "for health research" }).check();
    await page.getByLabel("until a day that I choose").check();
    const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("Last day").fill(day);
    await page.getByText("Advanced: what they may do").click();
    await page.getByLabel("use it").check();
    await expectAccessible(page, "allow, with everything unfolded");
    await sign(page, await review(page));
    const allowed = { categories: ["LABS", "GDIS"], purposes: ["HRESCH"], actions: ["access", "use"] } as const;
    await expectPermitted(world, wallet.address, people.institute.address, allowed);
    const [consent] = await people.relayer.consentry.consents.list({ patient: wallet.address });
    const ends = ["22:00", "23:00"].map((hour) => new Date(`${day}T${hour}:00Z`).toISOString());
    expect(ends, "the day ends in Zurich, in summer or in winter").to.include(endOf(consent));
    await context.close();
  });

  it("lets parts of a purpose be chosen, and those that must be named only by themselves", async () => {
    const { page, wallet, context } = await visitorOf(world, 13);
    await openGrant(page);
    await choose(page, "General Hospital", "Laboratory and medicines");
    await adjust(page);
    const purposes = page.getByRole("group", { name: "What for" });
    const treat = purposes.getByRole("checkbox", { name: "to treat me", exact: true });
    expect(await treat.isChecked()).to.equal(true);
    await purposes.getByText("What belongs to it").first().click();
    expect(await purposes.getByLabel("to coordinate my care").isDisabled()).to.equal(true);
    expect(await purposes.getByLabel("to treat me within a clinical trial").isChecked()).to.equal(false);
    await treat.uncheck();
    await purposes.getByLabel("to coordinate my care").check();
    await purposes.getByLabel("to treat me within a clinical trial").check();
    await page.getByLabel("until I withdraw it").check();
    await sign(page, await review(page));
    const { hospital, relayer } = world.people;
    const allowed = { categories: ["LABS", "MEDICATIONS"], purposes: ["COC", "CLINTRL"], actions: ["access"] } as const;
    await expectPermitted(world, wallet.address, hospital.address, allowed);
    const [consent] = await relayer.consentry.consents.list({ patient: wallet.address });
    expect(endOf(consent)).to.equal("until-revoked");
    await context.close();
  });

  it("finds providers by name and kind, and tells why some can't be chosen", async () => {
    const { consortium, council, practice } = world.people;
    await council.consentry.providers.suspend({ provider: practice.address });
    const { page, context } = await visitorOf(world, 14);
    await openGrant(page);
    await page.getByLabel("Kind").selectOption("payer");
    await page.getByText("1 found", { exact: true }).waitFor();
    expect(await page.getByRole("radio").count()).to.equal(1);
    await page.getByRole("radio", { name: "Mutual Insurance" }).check();
    const presets = page.getByRole("group", { name: "What Mutual Insurance may see" });
    await presets.getByRole("radio").first().check();
    await adjust(page);
    expect(await page.getByLabel("bills and payments").isChecked()).to.equal(true);
    await page.getByLabel("Kind").selectOption("");
    await page.getByLabel("Name").fill("square practice");
    await page.getByText("Can't be chosen: suspended.").waitFor();
    expect(await page.getByRole("radio", { name: "Practice on the Square" }).isDisabled()).to.equal(true);
    await page.getByLabel("Name").fill("nobody");
    await page.getByText("0 found").waitFor();
    await consortium.consentry.providers.reinstate({ provider: practice.address });
    await context.close();
  });

  it("says what it replaces, what is seen newly and no longer, and the chain then says the same", async () => {
    const { people } = world;
    const { page, context } = await visitorOf(world, PATIENT);
    await openGrant(page);
    await choose(page, "Heart Clinic", "Laboratory and medicines");
    await adjust(page);
    await page.getByLabel("medicines", { exact: true }).uncheck();
    await page.getByLabel("allergies").check();
    const dialog = await review(page);
    expect(await chipsOf(dialog, "Heart Clinic will newly see")).to.deep.equal(["allergies"]);
    expect(await chipsOf(dialog, "Heart Clinic will no longer see")).to.deep.equal(["medicines"]);
    expect(await chipsOf(dialog, "Heart Clinic sees as before")).to.deep.equal(["laboratory results"]);
    const data = dialog.getByRole("table").getByRole("row").nth(1).getByRole("cell");
    expect(await data.nth(0).locator(".chip").allTextContents()).to.deep.equal(["medicines", "laboratory results"]);
    expect(await data.nth(1).locator(".chip").allTextContents()).to.deep.equal(["allergies", "laboratory results"]);
    await picture(page, "grant-replaces");
    const row = dialog.getByRole("row", { name: "Until when" });
    const until = (await row.getByRole("cell").last().textContent())!;
    await sign(page, dialog);
    await page.getByRole("link", { name: "See who can see what" }).click();
    await page.getByRole("article", { name: "Heart Clinic" }).getByText(until, { exact: true }).waitFor();
    const allowed = { categories: ["LABS", "ALLERGIES"], purposes: ["TREAT"], actions: ["access"] } as const;
    await expectPermitted(world, people.patient.address, people.clinic.address, allowed);
    await context.close();
  });

  it("permits every provider only in a place apart, after a warning, and with nothing chosen", async () => {
    const { people } = world;
    const { page, wallet, context, problems } = await visitorOf(world, 19);
    await openGrant(page);
    await page.getByText("Allow every provider at once").click();
    await page.getByText("those that you have never been to").waitFor();
    const apart = page.getByRole("group").filter({ has: page.getByRole("heading", { name: "Every active provider" }) });
    expect(await apart.getByRole("checkbox").count(), "nothing to choose before").to.equal(1);
    await apart.getByLabel("I understand").check();
    await page.getByText("Show sensitive data (0 chosen)").waitFor();
    const chosen = await apart.getByRole("checkbox", { checked: true }).count();
    expect(chosen, "what is understood, and the action").to.be.at.most(2);
    await apart.getByRole("button", { name: "Go on" }).click();
    await page.getByText("Choose which data.").waitFor();
    await page.getByLabel("allergies").check();
    await page.getByRole("checkbox", { name: "to treat me", exact: true }).check();
    await picture(page, "grant-everybody");
    await expectAccessible(page, "allow every provider");
    const dialog = await review(page, "Go on: read and sign for every provider");
    expect(await chipsOf(dialog, "Every active provider will newly see")).to.deep.equal(["allergies"]);
    await sign(page, dialog);
    const allowed = { categories: ["ALLERGIES"], purposes: ["TREAT"], actions: ["access"] } as const;
    await expectPermitted(world, wallet.address, people.hospital.address, allowed);
    await expectPermitted(world, wallet.address, people.clinic.address, allowed);
    await expectNothing(world, wallet.address, people.insurer.address);
    await page.getByRole("link", { name: "See who can see what" }).click();
    await page.getByRole("heading", { name: "Open to all providers" }).waitFor();
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("tells which older refusal stands in the way, and clears it only if asked to", async () => {
    const { institute } = world.people;
    const { consents } = await clientOf(world, 15);
    await consents.revoke({ grantee: institute.address, purpose: "HRESCH" });
    const { page, wallet, context } = await visitorOf(world, 15);
    await openGrant(page);
    await choose(page, "Institute for Heart Research", "Laboratory and medicines");
    await adjust(page);
    await page.getByRole("checkbox", { name: "for health research" }).check();
    await page.getByRole("button", { name: "Go on" }).click();
    const problem = page.getByRole("alert").filter({ hasText: "You refused Institute for Heart Research" });
    await problem.waitFor();
    expect(await problem.getByRole("listitem").allTextContents()).to.deep.equal(["for health research"]);
    await picture(page, "grant-shadowed");
    await expectAccessible(page, "an older refusal");
    expect(wallet.signed).to.deep.equal([]);
    const dialog = await review(page, "Clear the earlier refusal and go on");
    await dialog.getByText("It replaces your earlier refusal (only for health research).").waitFor();
    await sign(page, dialog);
    await expectPermitted(world, wallet.address, institute.address, {
      categories: ["LABS", "MEDICATIONS"],
      purposes: ["TREAT", "HRESCH"],
      actions: ["access"],
    });
    await context.close();
  });

  it("changes nothing when the signature is rejected in the wallet", async () => {
    const { page, wallet, context } = await visitorOf(world, 16);
    await openGrant(page);
    await choose(page, "Heart Clinic", "Laboratory and medicines");
    wallet.answer = "reject";
    const dialog = await review(page);
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("You did not sign. Nothing has changed.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.getByText("You have signed").count()).to.equal(0);
    expect(await page.getByRole("radio", { name: "Heart Clinic" }).isChecked(), "what was chosen stays").to.equal(true);
    await expectNothing(world, wallet.address, world.people.clinic.address);
    await context.close();
  });

  it("speaks for a child and for somebody represented, as they are chosen in the switch", async () => {
    const { mother, clinic } = world.people;
    const { dependent } = await mother.consentry.patients.createDependent();
    const represented = await clientOf(world, 17);
    await represented.patients.appointRepresentative({ representative: mother.address, until: "until-revoked" });
    const { page, wallet, context } = await visitorOf(world, MOTHER);
    for (const patient of [dependent, world.chain.account(17).address]) {
      await page.getByLabel("Whose data").selectOption(patient);
      await openGrant(page);
      await choose(page, "Heart Clinic", "Laboratory and medicines");
      const dialog = await review(page);
      await dialog.getByText(`for the patient ${patient}.`).waitFor();
      await sign(page, dialog);
      const allowed = { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT"], actions: ["access"] } as const;
      await expectPermitted(world, patient, clinic.address, allowed);
    }
    expect(wallet.signed).to.have.length(2);
    await expectNothing(world, mother.address, clinic.address);
    await context.close();
  });

  it("signs in German, and fits on a phone in the dark", async () => {
    const context = await newVisitor(world.browser, {
      locale: "de-CH",
      colorScheme: "dark",
      viewport: { width: 320, height: 640 },
    });
    const wallet = await injectWallet(context, world.chain.privateKey(18));
    const page = await context.newPage();
    await page.goto(`${world.url}/#/grant`);
    await page.getByRole("button", { name: "Test Wallet verbinden" }).click();
    await page.getByLabel("Name").fill("Versicherung");
    await page.getByText("0 gefunden").waitFor();
    await page.getByLabel("Name").fill("Mutual");
    await page.getByRole("radio", { name: "Mutual Insurance" }).check();
    await page.getByRole("radio", { name: "Für meine Versicherung" }).check();
    await page.getByText("Ansehen oder ändern").click();
    await picture(page, "grant-phone-dark");
    await expectAccessible(page, "allow, dark");
    const [wide, shown]: [number, number] = await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    );
    expect(wide).to.be.at.most(shown);
    await page.getByRole("button", { name: "Weiter: lesen und unterschreiben" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Mutual Insurance sieht neu").waitFor();
    await expectAccessible(page, "what is signed, dark");
    await dialog.getByRole("button", { name: "Mit Test Wallet unterschreiben" }).click();
    await page.getByText("Sie haben unterschrieben").waitFor();
    expect(String(wallet.signed[0]?.message["statement"])).to.contain("[Consentry de/1]");
    await page.getByText("Noch nicht zugestellt").waitFor({ state: "detached" });
    const allowed = { categories: ["COVERAGE", "CLAIMS"], purposes: ["HPAYMT"], actions: ["access"] } as const;
    await expectPermitted(world, wallet.address, world.people.insurer.address, allowed);
    await context.close();
  });
});

/** What stands beside a title. */
function chipsOf(within: Locator, title: string): Promise<string[]> {
  return within.locator("dl.facts > div", { hasText: title }).locator(".chip").allTextContents();
}

function endOf(consent: { terms: { until: Date | "until-revoked" } | undefined } | undefined): string | undefined {
  const until = consent?.terms?.until;
  return until instanceof Date ? until.toISOString() : until;
}
