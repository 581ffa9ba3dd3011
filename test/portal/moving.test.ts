import { type Client, newGuardians, newRecordId } from "@consentry/sdk";
import { movingBetween } from "@consentry/sdk/moving";
import { expect } from "chai";
import type { BrowserContext, Locator, Page, Route } from "playwright-core";
import { inDays, sayMore } from "./support/accessing.js";
import { expectAccessible } from "./support/axe.js";
import { addAuthenticator, newVisitor, picture } from "./support/browser.js";
import { choose, clientOf, openGrant, review, sign as signGrant } from "./support/granting.js";
import { movingWorld } from "./support/moving.js";
import { guarded, somebody } from "./support/safety.js";
import { visitorOf, watchProblems } from "./support/world.js";

const PATIENT = 3;
const NOTICE = "Move your consents to the new register";
const ALLOWED = { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT"], actions: ["access"] } as const;

describe("the patient's page: moving to another registry", function () {
  this.timeout(90_000);
  const world = movingWorld();

  const hasMoved = async (patient: string): Promise<boolean> => {
    const moving = await movingBetween(world.people.relayer.consentry, world.next);
    return moving.hasMoved(patient);
  };

  /** What counts of what a patient said: consents with their terms, and refusals. */
  const standing = async ({ consents }: Client, patient: string) => {
    const words = await consents.list({ patient });
    const counting = words.filter(({ status, scope }) => {
      return ["live", "upcoming", "refused"].includes(status) && scope.kind !== "emergency";
    });
    const told = counting.map(({ grantee, scope, status, terms }) => {
      const { categories, purposes, actions, until } = terms ?? {};
      return JSON.stringify({ grantee, scope: scope.id, status, categories, purposes, actions, until });
    });
    return told.sort();
  };

  const notice = (page: Page): Locator => page.getByRole("region", { name: NOTICE });
  const begin = (page: Page): Locator => page.getByRole("button", { name: "Move: read and sign" });

  async function openMove(page: Page): Promise<void> {
    await notice(page).getByRole("link", { name: "See what moves" }).click();
    await page.getByRole("heading", { name: "Move to the new register", level: 1 }).waitFor();
  }

  /** Signs what the dialog shows, one after the other; resolves to the sentences. */
  async function signAll(page: Page, count: number, key = "Test Wallet"): Promise<string[]> {
    await begin(page).click();
    const dialog = page.getByRole("dialog");
    const sentences: string[] = [];
    for (let step = 1; step <= count; step++) {
      await dialog.getByText(`Signature ${step} of ${count}`).waitFor();
      sentences.push(await dialog.locator(".sentence").innerText());
      await dialog.getByRole("button", { name: `Sign with ${key}` }).click();
    }
    await dialog.waitFor({ state: "detached" });
    return sentences;
  }

  const moved = (page: Page): Promise<void> => page.getByText("You have moved.").waitFor();

  it("says nothing to who has nothing to carry", async () => {
    const { page, wallet, context, problems } = await visitorOf(world, 18);
    await page.getByText("Nobody can see your records").waitFor();
    await page.goto(`${world.url}/#/move`);
    await page.getByText("There is nothing to move").waitFor();
    for (const name of ["Who can see what", "Safety"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await notice(page).count()).to.equal(0);
    }
    expect(await page.getByRole("link", { name: "Move" }).count()).to.equal(0);
    expect(await hasMoved(wallet.address)).to.equal(false);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("says nothing at all where no registry came before", async () => {
    const { page, context } = await visitorOf(world.old, PATIENT);
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor();
    expect(await notice(page).count()).to.equal(0);
    await page.goto(`${world.old.url}/#/move`);
    await page.getByText("There is nothing to move").waitFor();
    await context.close();
  });

  it("shows what a patient who has said much would say again, and what nobody sees then", async () => {
    const { hidden } = await sayMore(world);
    const { patient, mother } = world.people;
    const { patients } = patient.consentry;
    await patients.appointRepresentative({ representative: mother.address, until: inDays(100) });
    const guardians = newGuardians({ patient: patient.address, accounts: [mother.address], threshold: 1 });
    await patients.setGuardians({ guardians, delay: { days: 3 } });
    const { page, context, problems } = await visitorOf(world, PATIENT);
    await page.getByText("What you allowed in the old one still counts").waitFor();
    for (const name of ["Allow", "Who looked", "Safety", "Who can see what"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await notice(page).waitFor();
    }
    await expectAccessible(page, "notice of a move");
    await openMove(page);
    expect(await notice(page).count()).to.equal(0);
    const part = (name: string): Locator => page.getByRole("region", { name, exact: true });
    const card = part("Who can see what").getByRole("article").filter({ hasText: "Heart Clinic" });
    await card.getByText("laboratory results").first().waitFor();
    const hiding = part("What stays hidden");
    await hiding.getByText("One record is hidden").click();
    expect((await hiding.locator("code").innerText()).toLowerCase()).to.equal(hidden.toLowerCase());
    await hiding.getByText("Practice on the Square").waitFor();
    await part("Representatives").getByText("may act now").waitFor();
    await part("Guardians").getByText("A recovery by them waits 3 days.").waitFor();
    await part("What nobody sees after the move").getByText("Mutual Insurance").waitFor();
    await page.getByText("You are asked for 5 signatures").waitFor();
    for (const theme of ["light", "dark"]) {
      await page.getByLabel("Appearance").selectOption(theme);
      await expectAccessible(page, `move, ${theme}`);
      await picture(page, `move-${theme}`);
    }
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "In das neue Register umziehen" }).waitFor();
    await page.getByText("nacheinander um 5 Unterschriften").waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    const sizes = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
    const [wide, shown]: [number, number] = await page.evaluate(sizes);
    expect(wide).to.be.at.most(shown);
    expect(await standing(world.next, patient.address)).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("sends nothing if only some of it is signed; moves all that counts with a wallet, and nothing else", async () => {
    const { patient, mother } = world.people;
    const { page, wallet, context, problems } = await visitorOf(world, PATIENT);
    await openMove(page);
    await begin(page).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Signature 1 of 5").waitFor();
    await picture(page, "move-sign");
    await expectAccessible(page, "signing a move");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("Signature 2 of 5").waitFor();
    wallet.answer = "reject";
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("You did not sign.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    expect(await page.evaluate("localStorage.getItem('consentry.outbox') ?? '[]'")).to.equal("[]");
    expect(await standing(world.next, patient.address)).to.deep.equal([]);
    wallet.answer = "sign";
    wallet.signed.length = 0;
    const expected = await standing(patient.consentry, patient.address);
    await signAll(page, 5);
    await moved(page);
    await expectAccessible(page, "moved");
    await picture(page, "move-moved");
    const types = wallet.signed.map(({ primaryType }) => primaryType);
    expect(types).to.deep.equal(["Revocations", "Grants", "Grants", "AppointRepresentative", "SetGuardians"]);
    expect(await hasMoved(patient.address)).to.equal(true);
    expect(await standing(world.next, patient.address)).to.deep.equal(expected);
    const [representative] = await world.next.patients.representatives(patient.address);
    expect(representative).to.include({ representative: mother.address, status: "live" });
    expect((await world.next.patients.get(patient.address)).guardians?.delay).to.equal(3 * 86_400);
    await page.getByRole("link", { name: "Who can see what" }).first().click();
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor();
    expect(await notice(page).count()).to.equal(0);
    await page.reload();
    await page.getByRole("article").filter({ hasText: "Heart Clinic" }).waitFor();
    expect(await notice(page).count()).to.equal(0);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("moves with a passkey", async () => {
    const context = await newVisitor(world.browser);
    const page = await context.newPage();
    const problems = watchProblems(page);
    await addAuthenticator(page);
    await page.goto(world.old.url);
    await page.getByRole("button", { name: "Create a passkey" }).click();
    const account = (await page.getByText("Signed in with Passkey").getAttribute("title")) ?? "";
    await openGrant(page);
    await choose(page, "Heart Clinic", "Laboratory and medicines");
    await signGrant(page, await review(page), "Passkey");
    // The same browser as before: what it kept of this origin it keeps of the page's next version.
    const kept = await page.evaluate<string>("JSON.stringify(localStorage)");
    await page.goto(world.url);
    await page.evaluate((text) => {
      for (const [name, value] of Object.entries(JSON.parse(text) as object)) localStorage.setItem(name, String(value));
    }, kept);
    await page.reload();
    await openMove(page);
    await signAll(page, 2, "Passkey");
    await moved(page);
    expect(await hasMoved(account)).to.equal(true);
    expect(await standing(world.next, account)).to.deep.equal(await standing(world.people.clinic.consentry, account));
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("goes on where it stopped when the page is opened again", async () => {
    const { clinic, hospital } = world.people;
    const own = await clientOf(world, 17);
    const record = newRecordId(hospital.address);
    await own.consents.grant({ ...ALLOWED, grantee: clinic.address, until: "until-revoked" });
    await own.consents.revoke({ grantee: clinic.address, record });
    const { page, wallet, context } = await visitorOf(world, 17);
    await openMove(page);
    let handed = 0;
    await onHandover(context, (route) => (handed++ === 0 ? route.continue() : route.abort()));
    await signAll(page, 3);
    await page.getByText("1 of 3 have arrived").waitFor();
    await expectAccessible(page, "a move under way");
    await picture(page, "move-under-way");
    await page.getByRole("link", { name: "Safety", exact: true }).click();
    await notice(page).getByText("The old register counts until").waitFor();
    await page.close();
    expect(await hasMoved(wallet.address)).to.equal(false);
    const told = (await world.next.consents.list({ patient: wallet.address })).map(({ scope, status }) => [
      scope.kind,
      status,
    ]);
    expect(told).to.deep.equal([["record", "refused"]]);
    await context.unroute("**/statements");
    const again = await context.newPage();
    await again.goto(`${world.url}/#/move`);
    await moved(again);
    expect(wallet.signed).to.have.length(3);
    expect(await hasMoved(wallet.address)).to.equal(true);
    expect(await standing(world.next, wallet.address)).to.deep.equal(await standing(own, wallet.address));
    await again.getByText("Not delivered yet").waitFor({ state: "detached" });
    await context.close();
  });

  it("stops at what can't be delivered; what is given up takes along all that was to come after it", async () => {
    const { clinic } = world.people;
    const own = await clientOf(world, 16);
    await own.consents.grant({ ...ALLOWED, grantee: clinic.address, until: "until-revoked" });
    await own.consents.revoke({ grantee: clinic.address, record: newRecordId(clinic.address) });
    const { page, wallet, context } = await visitorOf(world, 16);
    await openMove(page);
    let handed = 0;
    await onHandover(context, (route) => {
      if (handed++ === 0) return route.continue();
      const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" };
      return route.fulfill({ status: 422, headers, json: { code: "TooSoon", message: "It is too soon." } });
    });
    await signAll(page, 3);
    await page.getByText("one of your signatures could not be delivered").waitFor();
    const outbox = page.getByRole("region", { name: "Not delivered yet" });
    expect(await outbox.getByText("it waits for the one before it").count()).to.equal(1);
    expect(await outbox.getByRole("button", { name: "Try again" }).count()).to.equal(1);
    expect(handed).to.equal(2);
    await picture(page, "move-stuck");
    await expectAccessible(page, "a move that stopped");
    await outbox.getByRole("button", { name: "Remove from this list" }).first().click();
    await outbox.waitFor({ state: "detached" });
    await begin(page).waitFor();
    expect(handed).to.equal(2);
    expect(await hasMoved(wallet.address)).to.equal(false);
    // Of what is on the chain already nothing is lost: the rest is planned anew.
    await page
      .getByRole("region", { name: "Who can see what", exact: true })
      .getByText("Heart Clinic")
      .first()
      .waitFor();
    await context.close();
  });

  it("does not go on once something was said to the old registry, though it was signed before", async () => {
    const { clinic } = world.people;
    const own = await clientOf(world, 18);
    await own.consents.grant({ ...ALLOWED, grantee: clinic.address, until: "until-revoked" });
    const { page, wallet, context } = await visitorOf(world, 18);
    await openMove(page);
    await onHandover(context, (route) => route.abort());
    await signAll(page, 2);
    const outbox = page.getByRole("region", { name: "Not delivered yet" });
    await outbox.waitFor();
    await own.consents.revoke({ grantee: clinic.address });
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await page.getByText("one of your signatures could not be delivered").waitFor();
    expect(await standing(world.next, wallet.address)).to.deep.equal([]);
    expect(await hasMoved(wallet.address)).to.equal(false);
    await context.close();
  });

  it("does not move while something else that was signed is under way", async () => {
    const { page, context } = await visitorOf(world, 16);
    await onHandover(context, (route) => route.abort());
    await openGrant(page);
    await choose(page, "General Hospital", "Laboratory and medicines");
    await (await review(page)).getByRole("button", { name: "Sign with Test Wallet" }).click();
    await page.getByText("Not delivered yet").waitFor();
    await openMove(page);
    await page.getByText("You can move as soon as it has arrived").waitFor();
    expect(await begin(page).count()).to.equal(0);
    await context.close();
  });

  it("tells a representative that only who has control can move, and moves a child by its parent", async () => {
    const mother = await clientOf(world, 15);
    const { address } = world.chain.account(15);
    const helper = world.chain.account(14).address;
    const { dependent } = await mother.patients.createDependent();
    const { clinic } = world.people;
    await mother.consents.grant({ ...ALLOWED, patient: dependent, grantee: clinic.address, until: "until-revoked" });
    await mother.patients.appointRepresentative({
      patient: dependent,
      representative: helper,
      until: "until-revoked",
    });
    const { page, context, wallet } = await visitorOf(world, 14);
    await page.locator(".who select").selectOption(dependent);
    await openMove(page);
    await page.getByText("Only who has control can move these records").waitFor();
    await picture(page, "move-representative");
    await expectAccessible(page, "a move, to a representative");
    expect(await begin(page).count()).to.equal(0);
    expect(await page.getByRole("heading", { name: "no control" }).count()).to.equal(0);
    expect(wallet.signed).to.deep.equal([]);
    await context.close();

    const parent = await visitorOf(world, 15);
    expect(await notice(parent.page).count()).to.equal(0);
    await parent.page.locator(".who select").selectOption(dependent);
    await openMove(parent.page);
    await signAll(parent.page, 3);
    await moved(parent.page);
    expect(await hasMoved(dependent)).to.equal(true);
    expect(await hasMoved(address)).to.equal(false);
    await parent.page.reload();
    await moved(parent.page);
    expect(await parent.page.locator(".who select").inputValue()).to.equal(dependent);
    await parent.page.locator(".who select").selectOption(address);
    await parent.page.getByText("There is nothing to move").waitFor();
    await parent.page.locator(".who select").selectOption(dependent);
    await moved(parent.page);
    await parent.context.close();
  });

  it("waits for a recovery in the old registry, which the controller's wallet cancels there", async () => {
    const { patient, sister, newKey, guardians } = await guarded(world, [19, 12, 13, 14]);
    const { patients } = sister.consentry;
    const proposal = await patients.proposeRecovery({ guardians, controller: newKey.address });
    const friend = await somebody(world, 13);
    const approvals = await Promise.all(
      [sister, friend].map((each) => each.consentry.patients.approveRecovery.sign(proposal)),
    );
    await patients.startRecovery({ guardians, approvals });
    const { page, wallet, context } = await visitorOf(world, 19);
    const alarm = page.getByRole("alert").filter({ hasText: "In the old register somebody is about to take over" });
    await alarm.waitFor();
    await page.getByRole("link", { name: "Move", exact: true }).click();
    await page.getByRole("heading", { name: "What happens when you move" }).waitFor();
    await alarm.waitFor();
    await picture(page, "move-recovery");
    await expectAccessible(page, "a move during a recovery");
    expect(await begin(page).count()).to.equal(0);
    const cancel = alarm.getByRole("button", { name: "Cancel the recovery" });
    wallet.answer = "reject";
    await cancel.click();
    await alarm.getByText("You did not sign.").waitFor();
    wallet.answer = "sign";
    await cancel.click();
    await begin(page).waitFor();
    expect(await alarm.count()).to.equal(0);
    expect(wallet.sent).to.have.length(1);
    expect((await patient.consentry.patients.get(patient.address)).recovery).to.equal(undefined);
    await context.close();
  });

  /** What becomes of statements on their way to the relayer. */
  async function onHandover(context: BrowserContext, handle: (route: Route) => Promise<void>): Promise<void> {
    await context.route("**/statements", (route) => {
      return route.request().method() === "POST" ? handle(route) : route.continue();
    });
  }
});
