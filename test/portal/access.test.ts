import { allCategories, ANY_PROVIDER, type Category } from "@consentry/sdk";
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { cell, decided, inDays, PATIENT, sayMore } from "./support/accessing.js";
import { expectAccessible } from "./support/axe.js";
import { picture } from "./support/browser.js";
import { until } from "./support/safety.js";
import { portalWorld, visitorOf } from "./support/world.js";

const SIGN = "Sign with Test Wallet";

/** How the page writes the last day of a consent that ends with it. */
function dayText(day: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}

function cardOf(page: Page, name: string): Locator {
  return page.getByRole("article", { name });
}

async function sign(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: SIGN }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

describe("the page who can see what", function () {
  this.timeout(60_000);
  const world = portalWorld();
  let more: Awaited<ReturnType<typeof sayMore>>;
  before(async () => {
    more = await sayMore(world);
  });

  describe("tells of each provider", () => {
    it("what it is, what it may see, what for and until when, in plain words", async () => {
      const { page, context, problems } = await visitorOf(world, PATIENT);
      const hospital = cardOf(page, "General Hospital");
      await hospital.getByText("accredited").waitFor();
      expect(await hospital.getByText("Hospital or practice", { exact: true }).count()).to.equal(1);
      expect(await hospital.getByText(`until ${dayText(inDays(365))}`).count()).to.equal(1);
      expect(await hospital.getByText("laboratory results").isVisible()).to.equal(false);
      await hospital.getByText("all ordinary kinds of data").click();
      expect(await hospital.getByText("laboratory results").isVisible()).to.equal(true);
      expect(await hospital.getByText("to coordinate my care").isVisible()).to.equal(false);
      await hospital.getByText("purposes that belong to it").click();
      expect(await hospital.getByText("to coordinate my care").isVisible()).to.equal(true);
      await hospital
        .getByText("Not included: 31 kinds of data")
        .or(hospital.getByText("Not included: everything sensitive"))
        .click();
      expect(await hospital.getByText("psychiatric illness").isVisible()).to.equal(true);
      await picture(page, "access-cards");
      expect(problems).to.deep.equal([]);
      await context.close();
    });

    it("what ends soon, what is sensitive, what a document narrows, and what is about a record or a programme only", async () => {
      const { page, context } = await visitorOf(world, PATIENT);
      const clinic = cardOf(page, "Heart Clinic");
      await clinic.getByText(`until ${dayText(inDays(10))}`).waitFor();
      expect(
        await clinic.getByText("ends within 11 days").or(clinic.getByText("ends within 10 days")).count(),
      ).to.equal(1);
      expect(await clinic.getByText("Sensitive:").count()).to.equal(1);
      expect(await clinic.getByText("Only one record").count()).to.equal(1);
      expect(await clinic.getByText("One record is hidden").count()).to.equal(1);
      const insurer = cardOf(page, "Mutual Insurance");
      expect(await insurer.getByText("A document that you signed narrows this").count()).to.equal(1);
      expect(await insurer.getByText("Only within one programme").count()).to.equal(1);
      expect(await insurer.getByText("until you withdraw it").count()).to.equal(1);
      await context.close();
    });

    it("that a suspended one sees nothing", async () => {
      const { people } = world;
      const { providers } = people.council.consentry;
      const { page, context } = await visitorOf(world, PATIENT);
      await cardOf(page, "Heart Clinic").getByText("accredited").waitFor();
      await providers.suspend({ provider: people.clinic.address });
      await page.reload();
      await cardOf(page, "Heart Clinic").getByText("suspended: sees nothing").waitFor();
      await page.getByRole("button", { name: "As a picture" }).click();
      await page.getByRole("table").waitFor();
      expect(await cell(page, people.clinic.address, "LABS")).to.equal("no");
      await people.consortium.consentry.providers.reinstate({ provider: people.clinic.address });
      await context.close();
    });
  });

  describe("shows a picture", () => {
    it("whose every cell is what the chain decides", async () => {
      const { people } = world;
      const { page, context } = await visitorOf(world, PATIENT);
      await page.getByRole("button", { name: "As a picture" }).click();
      await page.getByLabel("For which purpose").selectOption({ label: "to treat me" });
      await page.getByRole("table", { name: "Who can see which kind of data" }).waitFor();
      const grantees = [people.hospital, people.clinic, people.insurer, people.institute].map(({ address }) => address);
      const asked = grantees.flatMap((grantee) => allCategories().map((category) => ({ grantee, category })));
      const { address: patient } = people.patient;
      const decisions = await people.clinic.consentry.consents.decideMany(
        asked.map(({ grantee, category }) => ({ patient, grantee, categories: [category], purpose: "TREAT" })),
      );
      const shown = await Promise.all(asked.map(({ grantee, category }) => cell(page, grantee, category)));
      const expected = decisions.map((decision, i) => {
        if (decision.error !== undefined) throw decision.error;
        if (asked[i]!.category === "GENOMICS" && asked[i]!.grantee === people.clinic.address) return "some";
        return { Permit: "yes", PermitConditional: "narrowed" }[decision.decision as string] ?? "no";
      });
      expect(shown).to.deep.equal(expected);
      expect(new Set(shown)).to.deep.equal(new Set(["yes", "narrowed", "some", "no"]));
      expect(await page.getByText("Nobody sees these").count()).to.equal(1);
      await picture(page, "access-picture");
      await context.close();
    });

    it("on a phone, too: only the table scrolls, by keyboard as well, and the kinds of data stay in view", async () => {
      const { page, context } = await visitorOf(world, PATIENT);
      await page.setViewportSize({ width: 320, height: 640 });
      await page.getByRole("button", { name: "As a picture" }).click();
      const scroller = page.getByRole("region", { name: "Who can see which kind of data" });
      await scroller.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      const head = scroller.getByRole("rowheader", { name: "laboratory results" });
      const left = async () => (await head.boundingBox())!.x - (await scroller.boundingBox())!.x;
      // The page forbids eval, by which Playwright would wait for it.
      await until(async () => (await page.evaluate<number>("document.querySelector('.matrix-scroll').scrollLeft")) > 0);
      expect(await left()).to.be.within(-1, 2);
      expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(320);
      await picture(page, "access-picture-phone");
      await context.close();
    });
  });

  describe("is plain", () => {
    it("tells what happened, newest first, in both languages", async () => {
      const { page, context } = await visitorOf(world, PATIENT);
      await page.getByRole("button", { name: "What happened" }).click();
      const items = page.getByRole("main").getByRole("listitem");
      await items.filter({ hasText: "You hid one record from Heart Clinic." }).waitFor();
      const texts = await items.allInnerTexts();
      const at = (text: string): number => texts.findIndex((each) => each.includes(text));
      expect(at("You hid one record")).to.equal(0);
      expect(at("You withdrew everything from Practice on the Square.")).to.be.above(0);
      expect(at("You allowed Heart Clinic: medicines, laboratory results; to treat me.")).to.be.above(
        at("You withdrew everything"),
      );
      expect(at("You allowed General Hospital: all ordinary kinds of data; to treat me.")).to.equal(texts.length - 1);
      await picture(page, "access-timeline");
      await page.getByLabel("Language").selectOption("de");
      await items
        .filter({
          hasText: "Sie haben General Hospital erlaubt: alle gewöhnlichen Arten von Daten; um mich zu behandeln.",
        })
        .waitFor();
      await context.close();
    });

    for (const colorScheme of ["light", "dark"] as const) {
      it(`has nothing that WCAG 2.2 AA forbids, ${colorScheme}`, async () => {
        const { page, context } = await visitorOf(world, PATIENT);
        await page.emulateMedia({ colorScheme });
        for (const view of ["By provider", "As a picture", "What happened"]) {
          await page.getByRole("button", { name: view }).click();
          await page
            .getByRole("article")
            .or(page.getByRole("table"))
            .or(page.getByText("You hid one record"))
            .first()
            .waitFor();
          await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
          await expectAccessible(page, `${view}, ${colorScheme}`);
        }
        await context.close();
      });
    }
  });

  describe("withdraws and shows again", () => {
    it("changes nothing where the wallet refuses", async () => {
      const { people } = world;
      const { page, wallet, context } = await visitorOf(world, PATIENT);
      wallet.answer = "reject";
      await cardOf(page, "Heart Clinic").getByRole("button", { name: "Withdraw", exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: SIGN }).click();
      await page.getByRole("dialog").getByText("You did not sign. Nothing has changed.").waitFor();
      expect(await decided(world, people.clinic.address, "LABS")).to.equal("Permit");
      await context.close();
    });

    it("shows a hidden record again", async () => {
      const { people } = world;
      const { address } = people.clinic;
      const { hidden: record } = more;
      const { page, context } = await visitorOf(world, PATIENT);
      const card = cardOf(page, "Heart Clinic");
      expect(await decided(world, address, "LABS", { record })).to.equal("Withheld");
      await card.getByText("One record is hidden").click();
      await card.getByRole("button", { name: "Show it again" }).click();
      await page.getByRole("dialog").getByText("The record is no longer hidden").waitFor();
      await sign(page);
      await card.getByText("One record is hidden").waitFor({ state: "detached" });
      expect(await decided(world, address, "LABS", { record })).to.equal("Permit");
      expect(await decided(world, address, "OTHER_KIND", { record })).to.not.equal("Permit");
      await page.getByRole("button", { name: "What happened" }).click();
      await page.getByText("You showed one record to Heart Clinic again.").waitFor();
      await context.close();
    });

    it("withdraws one of several consents alone", async () => {
      const { people } = world;
      const { address } = people.clinic;
      const { page, wallet, context } = await visitorOf(world, PATIENT);
      const card = cardOf(page, "Heart Clinic");
      await card
        .locator("section")
        .filter({ hasText: "for health research" })
        .getByRole("button", { name: "Withdraw only this" })
        .click();
      await page
        .getByRole("dialog")
        .getByText("I withdraw from Heart Clinic what I allowed (only for health research).")
        .waitFor();
      await sign(page);
      await card.getByText("for health research").waitFor({ state: "detached" });
      expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Revocations"]);
      expect(await decided(world, address, "VITALS", { purpose: "HRESCH" })).to.equal("Revoked");
      expect(await decided(world, address, "LABS")).to.equal("Permit");
      await page.getByText("Withdrawn, refused and expired").click();
      await page
        .getByRole("listitem")
        .filter({ hasText: "Heart Clinic" })
        .filter({ hasText: "only for health research" })
        .waitFor();
      await context.close();
    });

    it("sets apart what is open to all providers, with those that are excepted, and withdraws it", async () => {
      const { people } = world;
      const { address } = people.hospital;
      const { page, context } = await visitorOf(world, PATIENT);
      const before: Category = "ADOL";
      await people.patient.consentry.consents.grant({
        grantee: ANY_PROVIDER,
        categories: [before],
        purposes: ["TREAT"],
        actions: ["access"],
        until: inDays(20),
      });
      const everybody = page.getByRole("region", { name: "Open to all providers" });
      await everybody.getByText("Not for those from whom you withdrew: Practice on the Square").waitFor();
      await picture(page, "access-everybody");
      expect(await decided(world, address, before)).to.equal("Permit");
      expect(await decided(world, people.practice.address, before)).to.equal("Revoked");
      await page.getByRole("button", { name: "As a picture" }).click();
      await page.getByRole("columnheader", { name: "Every active provider" }).waitFor();
      expect(await cell(page, address, before)).to.equal("yes");
      expect(await cell(page, people.institute.address, before)).to.equal("no");
      await page.getByRole("button", { name: "By provider" }).click();
      await everybody.getByRole("button", { name: "Withdraw", exact: true }).click();
      await sign(page);
      await everybody.waitFor({ state: "detached" });
      expect(await decided(world, address, before)).to.not.equal("Permit");
      expect(await decided(world, address, "LABS")).to.equal("Permit");
      await context.close();
    });

    it("withdraws everything in three clicks, and keeps it under what is past", async () => {
      const { people } = world;
      const { page, wallet, context, problems } = await visitorOf(world, PATIENT);
      await cardOf(page, "General Hospital").waitFor();
      await page.getByRole("button", { name: "Withdraw everything at once" }).click();
      await page.getByRole("button", { name: "Yes, withdraw everything" }).click();
      await sign(page);
      await page.getByText("Nobody can see your records").waitFor();
      expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["RevokeAll"]);
      for (const { address } of [people.hospital, people.clinic]) {
        expect(await decided(world, address, "LABS")).to.equal("Revoked");
      }
      await page.getByText("Withdrawn, refused and expired").click();
      const past = page.getByRole("listitem").filter({ hasText: "General Hospital" });
      await past.getByText("withdrawn").first().waitFor();
      await past.getByText("all ordinary kinds of data; to treat me").waitFor();
      await past.locator("time").nth(1).waitFor();
      await picture(page, "access-past");
      await page.getByRole("button", { name: "What happened" }).click();
      await page.getByText("You withdrew everything from everybody.").waitFor();
      expect(problems).to.deep.equal([]);
      await context.close();
    });
  });
});
