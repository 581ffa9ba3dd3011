import { emergencyOf } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { getAddress } from "ethers";
import type { BrowserContext, Locator, Page } from "playwright-core";
import { addAuthenticator, newVisitor, picture } from "./support/browser.js";
import { choose, expectNothing, expectPermitted, openGrant, review, sign } from "./support/granting.js";
import { rowsOf, savedBy } from "./support/files.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld, watchProblems, type World } from "./support/world.js";

/** As `npm start` has it. */
const ASKED = {
  categories: ["LABS", "MEDICATIONS", "ALLERGIES"],
  purposes: ["TREAT"],
  actions: ["access"],
} as const;
/** The index of an account of which the chain knows nothing. */
const NEWCOMER = 18;

interface Key {
  /** As the page calls it when it signs. */
  name: string;
  /** What connects it. */
  button: string;
  give: (world: World, context: BrowserContext, page: Page) => Promise<unknown>;
}

const KEYS: Readonly<Record<string, Key>> = {
  "a wallet": {
    name: "Test Wallet",
    button: "Connect Test Wallet",
    give: ({ chain, chainUrl }, context) => injectWallet(context, chain.privateKey(NEWCOMER), undefined, chainUrl),
  },
  "a passkey": {
    name: "Passkey",
    button: "Create a passkey",
    give: (_world, _context, page) => addAuthenticator(page),
  },
};

for (const [kind, key] of Object.entries(KEYS)) {
  describe(`the whole story of a patient with ${kind}`, function () {
    this.timeout(60_000);
    const world = portalWorld();
    let page: Page;
    let problems: string[];
    let patient: string;

    const goTo = (name: string) => page.getByRole("link", { name, exact: true }).click();
    const cardOf = (name: string): Locator => page.getByRole("article", { name });
    const signIt = async (): Promise<void> => {
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: `Sign with ${key.name}` }).click();
      await dialog.waitFor({ state: "detached" });
    };

    before(async function () {
      const context = await newVisitor(world.browser);
      page = await context.newPage();
      problems = watchProblems(page);
      await key.give(world, context, page);
    });

    it("answers a clinic's request, which may read from then on", async () => {
      const { people, requestLink } = world;
      await page.goto(requestLink);
      await page.getByRole("button", { name: key.button }).click();
      await cardOf("Heart Clinic asks for access").getByText("To prepare your operation").waitFor();
      patient = getAddress((await page.getByText(`Signed in with ${key.name}`).getAttribute("title")) ?? "");
      await expectNothing(world, patient, people.clinic.address);
      await sign(page, await review(page, "Allow this: read and sign"), key.name);
      await expectPermitted(world, patient, people.clinic.address, ASKED);
    });

    it("allows a hospital of the directory what a preset says", async () => {
      await openGrant(page);
      await choose(page, "General Hospital", "Laboratory and medicines");
      await sign(page, await review(page), key.name);
      await expectPermitted(world, patient, world.people.hospital.address, {
        categories: ["LABS", "MEDICATIONS"],
        purposes: ["TREAT"],
        actions: ["access"],
      });
    });

    it("sees who can see what", async () => {
      await goTo("Who can see what");
      await cardOf("Heart Clinic").getByText("laboratory results").waitFor();
      await cardOf("General Hospital").getByText("accredited").waitFor();
      expect(await page.getByRole("article").count()).to.equal(2);
      await picture(page, `story-access-${kind.slice(2)}`);
    });

    it("sees who looked, who was refused, and who broke the glass, with the reviewer's verdict", async () => {
      const { clinic, insurer, hospital, consortium } = world.people;
      const labs = { patient, categories: ["LABS"] } as const;
      await clinic.consentry.audit.access({ ...labs, purpose: "TREAT" });
      await insurer.consentry.audit.access({ ...labs, purpose: "HPAYMT" });
      const reason = "Brought in unconscious after an accident";
      const emergency = emergencyOf(hospital.consentry);
      const { subject } = await emergency.breakGlass({ patient, categories: ["ALLERGIES"], reason });
      await hospital.consentry.audit.access({ patient, categories: ["ALLERGIES"], purpose: "BTG" });
      await emergencyOf(consortium.consentry).review({ subject, verdict: "justified" });

      await goTo("Who looked");
      const sentences = page.getByRole("region", { name: "Accesses and refusals" }).getByRole("listitem");
      await sentences.filter({ hasText: "Heart Clinic saw laboratory results. Purpose: to treat me." }).waitFor();
      await sentences.filter({ hasText: "Mutual Insurance was refused: laboratory results" }).waitFor();
      await sentences.filter({ hasText: "Emergency: General Hospital saw allergies" }).waitFor();
      const glass = page.getByRole("article").filter({ hasText: "General Hospital opened your data" });
      await glass.getByText("Reviewed by").waitFor();
      await picture(page, `story-looked-${kind.slice(2)}`);
      const accounting = await savedBy(page, () => page.getByRole("button", { name: "Table (CSV)" }).click());
      expect(rowsOf(accounting.text.slice(1)), "what was refused was not disclosed").to.have.length(2);
    });

    it("withdraws from the clinic in two clicks", async () => {
      await goTo("Who can see what");
      await cardOf("Heart Clinic").getByRole("button", { name: "Withdraw" }).click();
      await page.getByRole("dialog").getByText("I withdraw from Heart Clinic everything that I allowed.").waitFor();
      await signIt();
      await cardOf("Heart Clinic").waitFor({ state: "detached" });
      await expectNothing(world, patient, world.people.clinic.address);
    });

    it("withdraws everything in three, and has paid nothing", async () => {
      await page.getByRole("button", { name: "Withdraw everything at once" }).click();
      await page.getByRole("button", { name: "Yes, withdraw everything" }).click();
      await signIt();
      await page.getByText("Nobody can see your records").waitFor();
      await expectNothing(world, patient, world.people.hospital.address);
      expect(await world.chain.provider.getTransactionCount(patient)).to.equal(0);
      expect(problems).to.deep.equal([]);
    });
  });
}
