import { allPurposes, connect } from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import { expect } from "chai";
import type { AuditEvent, Bundle } from "fhir/r4.js";
import type { Page } from "playwright-core";
import { problemsOf } from "../sdk/fhir/validate.js";
import { expectAccessible } from "./support/axe.js";
import { picture } from "./support/browser.js";
import { rowsOf, savedBy } from "./support/files.js";
import { portalWorld, type Visitor, visitorOf } from "./support/world.js";

const PATIENT = 3;
const ADDRESS = /[0-9a-f]{40}/i;

describe("the patient's page: who looked", function () {
  this.timeout(60_000);
  const world = portalWorld();

  async function visitor(): Promise<Visitor> {
    const visitor = await visitorOf(world, PATIENT);
    await visitor.page.getByRole("link", { name: "Who looked" }).click();
    await visitor.page.getByText("That is everything.").waitFor();
    return visitor;
  }

  const sentences = (page: Page) => page.getByRole("region", { name: "Accesses and refusals" }).getByRole("listitem");

  it("tells accesses and refusals in sentences, the newest first, alike ones of a day together", async () => {
    const { page, context, problems } = await visitor();
    const texts = await sentences(page).allInnerTexts();
    await picture(page, "looked");
    expect(texts).to.have.length(4);
    expect(texts[0]).to.match(
      /Emergency: General Hospital saw allergies, medicines\. Purpose: to override my wishes in an emergency\./,
    );
    expect(texts[1]).to.match(
      /refused[^]*Mutual Insurance was refused: laboratory results\. Purpose: to pay for my care\. You have not allowed this kind of data\./,
    );
    expect(texts[2]).to.match(
      /refused 2 times[^]*Heart Clinic was refused: letters and notes of doctors and nurses, allergies\./,
    );
    expect(texts[3]).to.match(
      /permitted 3 times[^]*Heart Clinic saw medicines, laboratory results\. Purpose: to treat me\./,
    );
    const clinic = sentences(page).filter({ hasText: "Heart Clinic saw" });
    await clinic.getByRole("button", { name: "Show each time" }).click();
    const history = await world.people.patient.consentry.audit.history({ grantee: world.people.clinic.address });
    const shown = await clinic.getByRole("row").allInnerTexts();
    const permitted = history.filter((entry) => entry.permitted).reverse();
    expect(shown).to.have.length(permitted.length + 1);
    permitted.forEach(({ transaction }, i) => expect(shown[i + 1]).to.include(transaction));
    await picture(page, "looked-each");
    await clinic.getByRole("button", { name: "Hide" }).click();
    await clinic.getByRole("table").waitFor({ state: "detached" });
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("shows only what the reader chooses", async () => {
    const { page, context } = await visitor();
    const provider = page.getByLabel("Provider");
    await provider.selectOption("Heart Clinic");
    await sentences(page).filter({ hasText: "Mutual" }).waitFor({ state: "detached" });
    expect(await sentences(page).count()).to.equal(2);
    await page.getByLabel("Answer").selectOption("refused");
    await sentences(page).filter({ hasText: "saw" }).waitFor({ state: "detached" });
    expect(await sentences(page).count()).to.equal(1);
    await provider.selectOption("Everybody");
    await page.getByLabel("Answer").selectOption("emergency");
    await sentences(page).filter({ hasText: "refused" }).first().waitFor({ state: "detached" });
    expect(await sentences(page).allInnerTexts()).to.have.length(1);
    await page.getByRole("button", { name: "Show everything" }).click();
    await sentences(page).filter({ hasText: "Mutual" }).waitFor();
    await page.getByLabel("From").fill("2999-01-01");
    await page.getByText("Nothing fits what you chose.").waitFor();
    await page.getByLabel("From").fill("2001-01-01");
    await page.getByLabel("To", { exact: true }).fill("2001-12-31");
    await page.getByText("Nothing fits what you chose.").waitFor();
    await page.getByLabel("To", { exact: true }).fill("2999-12-31");
    await sentences(page).filter({ hasText: "Mutual" }).waitFor();
    await context.close();
  });

  it("sets emergencies apart, and proves the reason that the hospital hands over, and no other", async () => {
    const { page, context } = await visitor();
    const card = page.getByRole("article").filter({ hasText: "General Hospital opened your data" });
    await card.getByText("open now").waitFor();
    const text = await card.innerText();
    expect(text).to.include("allergies").and.to.include("medicines").and.to.include("Nobody has reviewed it yet.");
    expect(text).to.not.include("psychiatric");
    await card.getByText("Check a reason").click();
    const field = card.getByRole("textbox", { name: "The reason as you got it" });
    const check = card.getByRole("button", { name: "Check" });
    await field.fill(JSON.stringify(world.reason));
    await check.click();
    await card.getByText("Proven: this is what was stated at the time.").waitFor();
    await card.getByText(world.reason.reason, { exact: true }).waitFor();
    await picture(page, "looked-proven");
    await field.fill(JSON.stringify({ ...world.reason, reason: "They asked us to" }));
    await check.click();
    await card.getByText("Not proven").waitFor();
    await field.fill("They asked us to");
    await check.click();
    await card.getByText("This can't be read.").waitFor();
    const buffer = Buffer.from(JSON.stringify(world.reason));
    await card.getByLabel("Or choose the file").setInputFiles({ name: "x.json", mimeType: "application/json", buffer });
    await card.getByText("Proven: this is what was stated at the time.").waitFor();
    await context.close();
  });

  describe("the accounting of disclosures", () => {
    const NAME = '=HYPERLINK("https://evil.example","Practice")';

    before(async () => {
      const { chain, people } = world;
      const { address: provider } = chain.account(11);
      const { patient, council } = people;
      await council.consentry.providers.register({ provider, kind: "organization", name: NAME, until: "2999-01-01" });
      await patient.consentry.consents.grant({
        grantee: provider,
        categories: ["LABS"],
        purposes: ["TREAT"],
        actions: ["access"],
        until: "2998-01-01",
      });
      const client = await connect({ runner: chain.account(11), deployment: chain.deployment });
      await client.audit.access({ patient: patient.address, categories: ["LABS"], purpose: "TREAT" });
    });

    const accounting = () => {
      const { patient } = world.people;
      return patient.consentry.audit.accountingOfDisclosures(patient.address);
    };

    it("is a table that no spreadsheet computes", async () => {
      const { page, context } = await visitor();
      const { name, text } = await savedBy(page, () => page.getByRole("button", { name: "Table (CSV)" }).click());
      const disclosures = await accounting();
      await page.getByText(`Done: ${disclosures.length} accesses.`).waitFor();
      expect(name).to.match(/^accounting-of-disclosures-\d{4}-\d\d-\d\d\.csv$/);
      expect(text.startsWith("\uFEFF")).to.be.true;
      const rows = rowsOf(text.slice(1));
      expect(rows.map((row) => row["Entry in the network"])).to.deep.equal(disclosures.map((each) => each.transaction));
      expect(rows.map((row) => row["Time"])).to.deep.equal(disclosures.map(({ time }) => time.toISOString()));
      expect(rows[0]).to.include({
        Who: "Heart Clinic",
        Address: world.people.clinic.address,
        Data: "laboratory results",
        Purpose: "to treat me",
        Action: "see it",
        Emergency: "no",
        Record: disclosures[0]!.record,
      });
      expect(rows.find((row) => row["Emergency"] === "yes")).to.include({
        Who: "General Hospital",
        Data: "allergies; medicines",
        Record: "",
      });
      expect(rows.at(-1)!["Who"]).to.equal(`'${NAME}`);
      for (const row of rows) for (const value of Object.values(row)) expect(value).to.not.match(/^[=+\-@\t\r]/);
      await context.close();
    });

    it("is a FHIR Bundle of AuditEvents", async () => {
      const { page, context } = await visitor();
      const { name, text } = await savedBy(page, () => page.getByRole("button", { name: /FHIR/ }).click());
      expect(name).to.match(/^accounting-of-disclosures-\d{4}-\d\d-\d\d\.fhir\.json$/);
      const bundle = JSON.parse(text) as Bundle;
      expect(bundle).to.include({ resourceType: "Bundle", type: "collection" });
      expect(problemsOf(bundle)).to.deep.equal([]);
      const disclosures = await accounting();
      const events = bundle.entry!.map(({ resource }) => resource!);
      expect(new Set(bundle.entry!.map(({ fullUrl }) => fullUrl)).size).to.equal(events.length);
      for (const event of events) expect(problemsOf(event)).to.deep.equal([]);
      const recorded = events.map((event) => (event as AuditEvent).recorded);
      expect(recorded).to.deep.equal(disclosures.map(({ time }) => time.toISOString()));
      const observer = `did:pkh:eip155:31337:${world.chain.deployment.contracts.AuditLog.address.toLowerCase()}`;
      expect(text).to.include(observer);
      await context.close();
    });

    it("is JSON as the SDK has it", async () => {
      const { page, context } = await visitor();
      const { name, text } = await savedBy(page, () => page.getByRole("button", { name: /JSON/ }).click());
      expect(name).to.not.match(ADDRESS);
      expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(await accounting())));
      await context.close();
    });

    it("is made anew once the network is back", async () => {
      const { page, context } = await visitor();
      await context.route(`${world.chainUrl}/**`, (route) => route.abort());
      await page.getByRole("button", { name: "Table (CSV)" }).click();
      const failed = page.getByRole("region", { name: "Take it with you" }).getByRole("alert");
      await failed.waitFor({ timeout: 45_000 });
      await context.unroute(`${world.chainUrl}/**`);
      const again = failed.getByRole("button", { name: "Try again" });
      const { text } = await savedBy(page, () => again.click());
      expect(rowsOf(text.slice(1))).to.have.length((await accounting()).length);
      await context.close();
    });
  });

  it("prints with the date and the address, and without what can't be pressed on paper", async () => {
    const { page, context } = await visitor();
    const heading = page.getByText("Of the address");
    expect(await heading.isVisible()).to.be.false;
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await heading.isVisible()).to.be.true;
    expect(await page.getByText(world.people.patient.address, { exact: true }).isVisible()).to.be.true;
    for (const gone of ["Choose what is shown", "Take it with you", "Check a reason"]) {
      expect(await page.getByText(gone).first().isVisible(), gone).to.be.false;
    }
    expect(await page.getByRole("button").filter({ visible: true }).count()).to.equal(0);
    const colours =
      "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]";
    expect(await page.evaluate(colours)).to.deep.equal(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    await picture(page, "looked-print");
    await context.close();
  });

  it("is accessible, in both themes, in German and on a phone", async () => {
    const { page, context } = await visitor();
    await sentences(page).first().getByRole("button", { name: /Show/ }).click();
    for (const details of await page.locator("summary").all()) await details.click();
    for (const theme of ["light", "dark"]) {
      await page.getByLabel("Appearance").selectOption(theme);
      await expectAccessible(page, `looked, ${theme}`);
      await picture(page, `looked-${theme}`);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
    const [wide, shown]: [number, number] = await page.evaluate(sizes);
    expect(wide).to.be.at.most(shown);
    await picture(page, "looked-phone");
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Wer hat nachgesehen" }).waitFor();
    await page.getByText("Heart Clinic – angesehen: Medikamente, Laborwerte. Zweck: um mich zu behandeln.").waitFor();
    await picture(page, "looked-german");
    await context.close();
  });

  describe("an open emergency", () => {
    const question = () => {
      const { patient, hospital } = world.people;
      const asked = { patient: patient.address, grantee: hospital.address, categories: ["ALLERGIES"] } as const;
      return hospital.consentry.consents.decide({ ...asked, purpose: "BTG" });
    };

    it("stays open when its patient does not sign", async () => {
      const { page, context, wallet } = await visitor();
      wallet.answer = "reject";
      await page.getByRole("button", { name: "End this emergency access now" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("I withdraw from General Hospital what I allowed (emergency access).").waitFor();
      await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
      await dialog.getByText("You did not sign. Nothing has changed.").waitFor();
      expect(await question()).to.include({ permitted: true, decision: "PermitEmergency" });
      await context.close();
    });

    it("is ended by its patient", async () => {
      const { page, context, wallet, problems } = await visitor();
      await page.getByRole("button", { name: "End this emergency access now" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Sign with Test Wallet" }).click();
      const card = page.getByRole("article").filter({ hasText: "General Hospital opened your data" });
      await card.getByText("ended by you").waitFor();
      expect(await card.getByRole("button", { name: /End/ }).count()).to.equal(0);
      expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Revocations"]);
      expect(wallet.sent).to.deep.equal([]);
      expect((await question()).permitted).to.be.false;
      const { patient } = world.people;
      const [entry] = await emergencyOf(patient.consentry).history({ patient: patient.address });
      expect(entry!.state).to.equal("ended");
      expect(problems).to.deep.equal([]);
      await context.close();
    });

    it("shows the reviewer's verdict, and proves the note", async () => {
      const { consortium, patient } = world.people;
      const emergency = emergencyOf(consortium.consentry);
      const { subject } = world.reason;
      await emergency.review({ subject, verdict: "inconclusive" });
      const stated = await emergency.review({ subject, verdict: "unjustified", note: "Nobody was unconscious" });
      const { page, context } = await visitor();
      const card = page.getByRole("article").filter({ hasText: "General Hospital opened your data" });
      const verdicts = card.getByRole("listitem").filter({ hasText: "Reviewed by" });
      expect(await verdicts.allInnerTexts()).to.have.length(2);
      expect(await verdicts.first().innerText()).to.include("not justified");
      expect(await verdicts.last().innerText()).to.include("An earlier verdict: can't be told");
      await card.getByText("Check a note").click();
      const { note, salt } = stated;
      await card.getByLabel("The note as you got it").fill(JSON.stringify({ subject, note, salt }));
      await verdicts.first().getByRole("button", { name: "Check" }).click();
      await card.getByText("Proven: this is what was stated at the time.").waitFor();
      await card.getByLabel("The note as you got it").fill(JSON.stringify({ subject, note: "All was well", salt }));
      await verdicts.first().getByRole("button", { name: "Check" }).click();
      await card.getByText("Not proven").waitFor();
      await picture(page, "looked-verdict");
      expect(patient.address).to.not.equal(consortium.address);
      await context.close();
    });
  });

  it("tells somebody about whom nothing was asked so, and hands over an empty accounting", async () => {
    const { page, context } = await visitorOf(world, 4);
    await page.getByRole("link", { name: "Who looked" }).click();
    await page.getByText("Nobody has asked for your data yet.").waitFor();
    expect(await page.getByRole("heading", { name: "Emergency access" }).count()).to.equal(0);
    const { text } = await savedBy(page, () => page.getByRole("button", { name: /FHIR/ }).click());
    const bundle = JSON.parse(text) as Bundle;
    expect(problemsOf(bundle)).to.deep.equal([]);
    expect(bundle.entry).to.equal(undefined);
    const table = await savedBy(page, () => page.getByRole("button", { name: /CSV/ }).click());
    expect(rowsOf(table.text.slice(1))).to.deep.equal([]);
    const json = await savedBy(page, () => page.getByRole("button", { name: /JSON/ }).click());
    expect(JSON.parse(json.text)).to.deep.equal([]);
    await context.close();
  });

  describe("when much happens", () => {
    it("adds what happens while it is open, and shows more on demand", async () => {
      const { page, context } = await visitor();
      const { practice, patient } = world.people;
      const before = await sentences(page).count();
      for (const purpose of allPurposes()) {
        await practice.consentry.audit.access({ patient: patient.address, categories: ["LABS"], purpose });
      }
      await sentences(page).filter({ hasText: "Practice on the Square" }).first().waitFor();
      await page.getByRole("button", { name: "Show more" }).click();
      const all = before + allPurposes().length;
      await sentences(page)
        .nth(all - 1)
        .waitFor();
      await page.getByText("That is everything.").waitFor();
      expect(await sentences(page).count()).to.equal(all);
      expect(await sentences(page).first().innerText()).to.match(/Practice on the Square was refused: laboratory/);
      await context.close();
    });
  });
});
