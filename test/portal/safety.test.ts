import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Guardians } from "@consentry/sdk";
import type { Page } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { newVisitor, picture } from "./support/browser.js";
import {
  atSafety,
  card,
  goToSafety,
  guarded,
  passkeyAtSafety,
  type Region,
  sign,
  somebody,
  take,
  until,
} from "./support/safety.js";
import { startCamera } from "./support/camera.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld } from "./support/world.js";

const DAY = 86_400;
const inDays = (days: number): string => new Date(Date.now() + days * DAY * 1_000).toISOString().slice(0, 10);

describe("the patient's page: safety", function () {
  this.timeout(90_000);
  const world = portalWorld();
  const patients = () => world.people.hospital.consentry.patients;

  it("appoints a representative, and dismisses them", async () => {
    const [patient, daughter] = await Promise.all([somebody(world, 11), somebody(world, 12)]);
    const { page, wallet, context, problems } = await atSafety(world, 11);
    const speaks = { patient: patient.address, account: daughter.address };
    const region = card(page, "Representatives");
    await region.getByText("Nobody represents you.").waitFor();
    await region.getByRole("button", { name: "Appoint somebody" }).click();
    const appoint = region.getByRole("button", { name: "Appoint", exact: true });
    const who = region.getByLabel("Address of the representative");

    await who.fill("0x1234");
    await appoint.click();
    await region.getByText("This is no address.").waitFor();
    await region.getByText("Choose the last day").waitFor();
    await who.fill(daughter.address.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
    await region.getByText("This is no address.").waitFor();
    await who.fill(patient.address);
    await region.getByText("This is your own address.").waitFor();
    await region.getByLabel("Until the end of").fill(inDays(-2));
    await region.getByText("The last day lies before the first, or has passed.").waitFor();

    await who.fill(` ethereum:${daughter.address}@31337 `);
    await region.getByLabel("Until the end of").fill(inDays(30));
    wallet.answer = "reject";
    await appoint.click();
    const dialog = page.getByRole("dialog");
    // Another address with the same first and last digits is found in minutes.
    const whole = dialog.getByText(daughter.address, { exact: true });
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).waitFor();
    expect(await whole.isVisible()).to.equal(true);
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await dialog.getByText("You did not sign. Nothing has changed.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).last().click();
    expect(await patients().representatives(patient.address)).to.deep.equal([]);

    wallet.answer = "sign";
    await appoint.click();
    expect(await sign(page)).to.match(/may allow and withdraw for my own records: from now, until .*2\d{3}/);
    await region.getByText("may act now").waitFor();
    expect(await patients().speaksFor(speaks)).to.equal(true);
    const [listed] = await patients().representatives(patient.address);
    expect(listed).to.include({ representative: daughter.address, status: "live" });
    await picture(page, "safety-representative");

    const other = await atSafety(world, 12);
    await other.page.getByLabel("Whose data").selectOption(patient.address);
    await other.page.getByText("You represent this person").waitFor();
    expect(await other.page.getByRole("button", { name: "Appoint somebody" }).count()).to.equal(0);

    await region.getByRole("button", { name: "Dismiss" }).click();
    expect(await sign(page)).to.contain("may not allow or withdraw for my own records any more");
    await region.getByText("Nobody represents you.").waitFor();
    expect(await patients().speaksFor(speaks)).to.equal(false);
    const lost = other.page.getByRole("alert").filter({ hasText: "You have no control here any more" });
    await lost.waitFor();
    await lost.getByRole("button", { name: "Change to: my own records" }).click();
    await lost.waitFor({ state: "detached" });
    expect(await other.page.getByLabel("Whose data").inputValue()).to.equal(daughter.address);
    expect([...problems, ...other.problems]).to.deep.equal([]);
    await Promise.all([context.close(), other.context.close()]);
  });

  it("opens an identity for a child, decides for it, and hands it over", async () => {
    const [mother, child] = await Promise.all([somebody(world, 13), somebody(world, 14)]);
    const { page, context, problems } = await atSafety(world, 13);
    const region = card(page, "Children and others in your care");
    await region.getByRole("button", { name: "Create an identity" }).click();
    expect(await sign(page)).to.contain("I open an identity for somebody in my care.");
    await region.getByText("The identity has been created.").waitFor();
    const [opened] = await patients().dependents(mother.address);
    const dependent = opened?.dependent ?? "";
    expect(opened).to.include({ controller: mother.address });
    await region.getByRole("status").getByRole("button", { name: "Show these records" }).click();
    await page.getByRole("heading", { name: "Safety" }).waitFor();
    expect(await page.getByLabel("Whose data").inputValue()).to.equal(dependent);

    const acceptance = await child.consentry.patients.acceptControl.sign({ patient: dependent });
    await region.getByRole("button", { name: "Hand over" }).click();
    await region.getByLabel("Show this to the old device").fill(JSON.stringify(acceptance));
    await region.getByRole("button", { name: "Use this text" }).click();
    await region.getByLabel("I have compared it").check();
    await region.getByRole("button", { name: "Hand over control" }).click();
    expect(await sign(page)).to.match(/I hand over the control of the records of 0x.* to 0x/);
    await page
      .getByRole("alert")
      .filter({ hasText: "your appointment has ended, or control was handed over" })
      .waitFor();
    expect((await patients().get(dependent)).controller).to.equal(child.address);
    await region.getByText("handed over", { exact: true }).waitFor();
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("names those whose data are shown as their reader does, in this browser only", async () => {
    const [mother, stranger] = await Promise.all([somebody(world, 18), somebody(world, 19)]);
    const { dependent } = await mother.consentry.patients.createDependent();
    await stranger.consentry.patients.appointRepresentative({
      representative: mother.address,
      until: "until-revoked",
    });
    await mother.consentry.consents.grant({
      grantee: stranger.address,
      categories: ["LABS"],
      purposes: ["TREAT"],
      actions: ["access"],
      until: "until-revoked",
    });
    const { page, context, problems } = await atSafety(world, 18);
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    const whose = page.getByLabel("Whose data");
    await whose.selectOption(dependent);
    await nickname(page, "Emma");
    await whose.selectOption(stranger.address);
    await nickname(page, "Uncle Tom");
    const options = ["My own", "In my care: Emma", "Represented by me: Uncle Tom"];
    expect(await whose.locator("option").allInnerTexts()).to.have.members(options);
    await picture(page, "nicknames");
    await stranger.consentry.patients.dismissRepresentative({ representative: mother.address });
    await page.reload();
    await whose.locator("option").filter({ hasText: "Somebody else: Uncle Tom" }).waitFor({ state: "attached" });
    await whose.selectOption(mother.address);
    await page.getByRole("link", { name: "Who can see what" }).click();
    const unlisted = page.getByRole("article", { name: "Uncle Tom" });
    await unlisted.waitFor();
    await expectAccessible(page, "somebody unlisted");
    await unlisted.getByRole("button", { name: "Change the name" }).click();
    await page.getByLabel("What you call them").fill("");
    await page.getByRole("button", { name: "Keep the name" }).click();
    await unlisted.waitFor({ state: "detached" });
    expect(sent.filter((each) => /Emma|Uncle/.test(each))).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("moves control to a new device with a passkey; the old one says that it has none any more", async () => {
    const [patient, stranger] = await Promise.all([somebody(world, 15), somebody(world, 16)]);
    const [old, device] = await Promise.all([atSafety(world, 15), passkeyAtSafety(world)]);
    const accept = card(device.page, "A new device or key");
    await accept.getByRole("button", { name: "This is the new device" }).click();
    await accept.getByLabel("Address of the records that you take over").fill(device.account);
    await accept.getByRole("button", { name: "Sign that this key takes over" }).click();
    await accept.getByText("This is your own address.").waitFor();
    await accept.getByLabel("Address of the records that you take over").fill(patient.address);
    await accept.getByRole("button", { name: "Sign that this key takes over" }).click();
    expect(await sign(device.page, "Passkey")).to.match(/I take over the control of the records of 0x/);
    await accept.getByRole("img", { name: "Show this to the old device" }).waitFor();
    const shown = await accept.getByLabel("Show this to the old device (as text)").inputValue();
    await picture(device.page, "safety-new-device");

    const transfer = card(old.page, "A new device or key");
    await transfer.getByRole("button", { name: "This is the old device" }).click();
    const { acceptControl } = stranger.consentry.patients;
    const [forStranger, late, own] = await Promise.all([
      acceptControl.sign({ patient: stranger.address }),
      acceptControl.sign({ patient: patient.address }),
      patient.consentry.patients.acceptControl.sign({ patient: patient.address }),
    ]);
    const expired = { ...late, message: { ...late.message, deadline: String(Math.floor(Date.now() / 1_000) - 60) } };
    const elsewhere = { ...forStranger, domain: { ...forStranger.domain, chainId: 1 } };
    const bad = [
      ["hello", "This is not what the new device shows."],
      [JSON.stringify(elsewhere), "This was signed on another network."],
      [JSON.stringify(forStranger), "This was signed for the records of somebody else."],
      [JSON.stringify(own), "This key is in control already."],
      [JSON.stringify(expired), "This has expired."],
    ] as const;
    for (const [text, problem] of bad) {
      await take(transfer, text);
      await transfer.getByText(problem).waitFor();
    }
    const forged = {
      ...(JSON.parse(shown) as object),
      ...signatureOf(await acceptControl.sign({ patient: patient.address })),
    };
    await take(transfer, JSON.stringify(forged));
    await confirm(transfer);
    await old.page.getByRole("dialog").getByText("The signature is not valid.").waitFor();
    await old.page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    expect(old.wallet.signed, "nothing was signed").to.deep.equal([]);

    await transfer.getByRole("button", { name: "This is the old device" }).click();
    await transfer.getByRole("button", { name: "This is the old device" }).click();
    await take(transfer, shown);
    const compared = await transfer.locator(".groups").innerText();
    expect(compared.replaceAll(" ", "")).to.equal(device.account.slice(2));
    await confirm(transfer);
    await sign(old.page);
    await old.page.getByRole("alert").filter({ hasText: "Another key has taken control of these records." }).waitFor();
    await picture(old.page, "safety-old-device");
    expect((await patients().get(patient.address)).controller).to.equal(device.account);
    expect(await patients().speaksFor({ patient: patient.address, account: patient.address })).to.equal(false);

    await accept.getByText("This key is in control now.").waitFor();
    await accept.getByRole("button", { name: "Show these records" }).click();
    await until(async () => (await device.page.getByLabel("Whose data").inputValue()) === patient.address);
    const choices = await device.page.getByLabel("Whose data").locator("option").allInnerTexts();
    expect(choices.some((each) => each.startsWith("In my care:"))).to.equal(true);
    await exclude(device.page, "psychiatric", "Passkey");
    await until(async () => (await patients().get(patient.address)).exclusions.includes("PSY"));
    expect([...old.problems, ...device.problems]).to.deep.equal([]);
    await Promise.all([old.context.close(), device.context.close()]);
  });

  it("keeps kinds of data closed even in emergencies, and says what is dangerous about it", async () => {
    const patient = await somebody(world, 17);
    const { page, context, problems } = await atSafety(world, 17);
    const region = card(page, "What emergencies never open");
    await region.getByText("Nothing: in an emergency doctors may see everything").waitFor();
    await region.getByRole("button", { name: "Change" }).click();
    const save = region.getByRole("button", { name: "Save" });
    expect(await save.isDisabled()).to.equal(true);
    await region.getByText("They could give you what you can't tolerate.").waitFor();
    await region.getByLabel("allergies").check();
    await region.getByLabel("HIV").check();
    await save.click();
    const sentence = await sign(page);
    expect(sentence).to.contain("Even emergencies never open of my own records: allergies, HIV");
    await until(async () => (await patients().get(patient.address)).exclusions.length === 2);
    expect((await patients().get(patient.address)).exclusions).to.deep.equal(["ALLERGIES", "HIV"]);
    await region.getByRole("button", { name: "Change" }).click();
    await region.locator(".chip").first().waitFor();
    expect(await region.getByLabel("allergies").isChecked()).to.equal(true);
    await region.getByLabel("allergies").uncheck();
    await save.click();
    await page.getByRole("dialog").getByText("Open again in emergencies").waitFor();
    await sign(page);
    await until(async () => (await patients().get(patient.address)).exclusions.length === 1);
    expect((await patients().get(patient.address)).exclusions).to.deep.equal(["HIV"]);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("names guardians only when what they need is saved, replaces and removes them", async () => {
    const [patient, ...friends] = await Promise.all([18, 11, 12, 13].map((index) => somebody(world, index)));
    const address = patient?.address ?? "";
    const { page, wallet, context, problems } = await atSafety(world, 18);
    const region = card(page, "Guardians");
    await region.getByText("There are no guardians.").waitFor();
    await region.getByRole("button", { name: "Name guardians" }).click();
    const next = region.getByRole("button", { name: "Continue: save the guardians" });
    await region.getByLabel("Address of guardian 1").fill(friends[0]?.address ?? "");
    await region.getByLabel("Address of guardian 2").fill(friends[0]?.address ?? "");
    await region.getByLabel("Address of guardian 3").fill(address);
    await region.getByLabel("How many of them must agree").fill("4");
    await region.getByLabel("How many days a recovery waits").fill("31");
    await next.click();
    await region.getByText("This address is here twice.").waitFor();
    await region.getByText("This is the address of these records themselves.").waitFor();
    await region.getByText("A number from 1 to the number of guardians.").waitFor();
    await region.getByText("A number from 1 to 30.").waitFor();
    await region.getByLabel("Address of guardian 2").fill(friends[1]?.address ?? "");
    await region.getByRole("button", { name: "Leave out guardian 3" }).click();
    await region.getByLabel("How many of them must agree").fill("2");
    await region.getByLabel("How many days a recovery waits").fill("3");
    await next.click();

    const signIt = region.getByRole("button", { name: "Sign", exact: true });
    expect(await signIt.isDisabled(), "not kept yet").to.equal(true);
    const downloading = page.waitForEvent("download");
    await region.getByRole("button", { name: "Save as a file" }).click();
    const kept = JSON.parse(readFileSync(await (await downloading).path(), "utf8")) as Guardians;
    expect(kept).to.include({ patient: address, threshold: 2 });
    expect(kept.accounts).to.deep.equal(friends.slice(0, 2).map((friend) => friend.address));
    await picture(page, "safety-guardians");
    await region.getByLabel("I have saved it").check();
    await signIt.click();
    expect(await sign(page)).to.contain("A recovery waits 3 days");
    await region.getByText("Signed. Keep the file.").waitFor();
    await until(async () => (await patients().get(address)).guardians?.delay === 3 * DAY);
    const proposal = await patients().proposeRecovery({ guardians: kept, controller: friends[2]?.address ?? "" });
    expect(proposal.patient, "what was saved fits the commitment").to.equal(address);
    expect(JSON.stringify(wallet.signed), "nobody is named").to.not.contain(friends[0]?.address);

    await region.getByRole("button", { name: "Close" }).click();
    await region.getByRole("button", { name: "Replace the guardians" }).click();
    await region.getByLabel("Address of guardian 1").fill(friends[1]?.address ?? "");
    await region.getByLabel("Address of guardian 2").fill(friends[2]?.address ?? "");
    await region.getByRole("button", { name: "Leave out guardian 3" }).click();
    await next.click();
    await region.getByLabel("I have saved it").check();
    await signIt.click();
    await page.getByRole("dialog").getByText("They take office on about").waitFor();
    expect(await sign(page)).to.contain("A recovery waits 7 days");
    await page.getByText("From this moment on, other guardians can recover these records:").waitFor();
    const replaced = (await patients().get(address)).guardians;
    expect([replaced?.delay, replaced?.next?.delay]).to.deep.equal([3 * DAY, 7 * DAY]);
    await region.getByRole("button", { name: "Close" }).click();

    await region.getByRole("button", { name: "Remove the guardians" }).click();
    expect(await sign(page)).to.contain("Nobody shall be a guardian of my own records any more.");
    await page.getByRole("heading", { name: "Other guardians are to take office" }).waitFor();
    await page.getByText("From this moment on, nobody can recover these records any more:").waitFor();
    const { guardians } = await patients().get(address);
    expect(guardians?.next).to.include({ commitment: undefined });
    await region.getByText("After this moment nobody is a guardian any more:").waitFor();

    await context.route(`${world.relayerUrl}/**`, (route) => route.abort());
    await region.getByRole("button", { name: "Remove the guardians" }).click();
    await sign(page);
    await region.getByText("A change of guardians that you signed is not delivered yet.").waitFor();
    expect(problems.filter((each) => !each.includes("ERR_FAILED"))).to.deep.equal([]);
    await context.close();
  });

  it("scans an address with the camera, and says if there is none", async () => {
    const { page, context } = await atSafety(world, 14);
    await page.getByRole("button", { name: "Appoint somebody" }).click();
    await card(page, "Representatives").getByRole("button", { name: "Scan a QR code" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("The camera can't be used.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await context.close();

    const address = world.people.mother.address;
    const camera = await startCamera(`ethereum:${address}`);
    const passkey = await passkeyAtSafety({ ...world, browser: camera.browser });
    const region = card(passkey.page, "Representatives");
    await region.getByRole("button", { name: "Appoint somebody" }).click();
    await region.getByRole("button", { name: "Scan a QR code" }).click();
    await passkey.page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await region.getByLabel("Address of the representative").inputValue()).to.equal(address);
    expect(passkey.problems).to.deep.equal([]);
    await camera.close();
  });

  it("is accessible in both themes and both languages, also on a phone", async () => {
    await guarded(world, [14, 11, 12, 13]);
    const context = await newVisitor(world.browser, { viewport: { width: 320, height: 640 } });
    await injectWallet(context, world.chain.privateKey(14));
    const page = await context.newPage();
    await page.goto(world.url);
    await page.getByRole("button", { name: "Connect Test Wallet" }).click();
    await goToSafety(page);
    for (const name of [
      "Appoint somebody",
      "Replace the guardians",
      "Change: ",
      "This is the old device",
      "Help somebody",
    ]) {
      await page.getByRole("main").getByRole("button", { name }).click();
    }
    await page.getByText("The address of your key").click();
    await page.getByRole("button", { name: "Appoint", exact: true }).click();
    await page.getByRole("button", { name: "Continue: save the guardians" }).click();
    for (const theme of ["dark", "light"]) {
      await page.getByLabel("Appearance").selectOption(theme);
      await expectAccessible(page, `safety, ${theme}`);
      await picture(page, `safety-phone-${theme}`);
    }
    const [wide, shown]: [number, number] = await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    );
    expect(wide).to.be.at.most(shown);
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Vertrauenspersonen", exact: true }).waitFor();
    await expectAccessible(page, "safety, German");
    await page.setViewportSize({ width: 1280, height: 900 });
    await picture(page, "safety-de");
    await context.close();
  });
});

async function confirm(region: Region): Promise<void> {
  await region.getByLabel("I have compared it").check();
  await region.getByRole("button", { name: "Hand over control" }).click();
}

async function exclude(page: Page, label: string, key: string): Promise<void> {
  const region = card(page, "What emergencies never open");
  await region.getByRole("button", { name: "Change" }).click();
  await region.getByLabel(label).check();
  await region.getByRole("button", { name: "Save" }).click();
  await sign(page, key);
}

function signatureOf({ signer, signature }: { signer: string; signature: string }) {
  return { signer, signature };
}

async function nickname(page: Page, name: string): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: "Give a name" }).click();
  await expectAccessible(page, "a name");
  await page.getByLabel("What you call them").fill(name);
  await page.getByRole("button", { name: "Keep the name" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
