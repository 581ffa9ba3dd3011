import { expect } from "chai";
import type { Guardians } from "@consentry/sdk";
import type { Page } from "playwright-core";
import { picture } from "./support/browser.js";
import { atSafety, card, guarded, passkeyAtSafety, type Region, sign, somebody, take } from "./support/safety.js";
import { portalWorld } from "./support/world.js";

const DAY = 86_400;

describe("the patient's page: recovery of a lost key", function () {
  this.timeout(90_000);
  const world = portalWorld();
  const patients = () => world.people.hospital.consentry.patients;

  it("shows a recovery that guardians started on every page, and the controller cancels it", async () => {
    const { patient, sister, newKey, guardians } = await guarded(world, [19, 11, 12, 13]);
    const { page, context, problems } = await atSafety(world, 19);
    await start(guardians, [11, 12], newKey.address);
    const alarm = page.getByRole("alert").filter({ hasText: "Somebody is about to take over these records" });
    await alarm.waitFor();
    await alarm.getByText("it can be cancelled").waitFor();
    await card(page, "Guardians").getByText("guardians can't be changed").waitFor();
    await picture(page, "safety-alarm");
    for (const name of ["Who can see what", "Who looked", "Allow"]) {
      await page.getByRole("link", { name, exact: true }).click();
      await alarm.waitFor();
    }
    await alarm.getByRole("button", { name: "Cancel the recovery" }).click();
    expect(await sign(page)).to.contain("I cancel the recovery of my own records");
    await alarm.waitFor({ state: "detached" });
    expect((await patients().get(patient.address)).recovery).to.equal(undefined);
    const events = await sister.consentry.patients.history({ patient: patient.address });
    expect(events.at(-1)?.type).to.equal("RecoveryCancelled");
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("is cancelled by the controller's own wallet where the delivery service is gone", async () => {
    const { patient, newKey, guardians } = await guarded(world, [18, 11, 12, 13]);
    const { page, wallet, context } = await atSafety(world, 18);
    await start(guardians, [11, 12], newKey.address);
    await context.route(`${world.relayerUrl}/**`, (route) => route.abort());
    await page.getByRole("button", { name: "Cancel the recovery" }).click();
    await sign(page);
    await page.getByText("Send it yourself, without the delivery service").click();
    await page.getByRole("button", { name: "Send with Test Wallet" }).click();
    await page.getByText("Somebody is about to take over these records").waitFor({ state: "detached" });
    await page.getByText("Not delivered yet").waitFor({ state: "detached" });
    expect(wallet.sent).to.have.length(1);
    expect((await patients().get(patient.address)).recovery).to.equal(undefined);
    await context.close();
  });

  it("lets guardians recover a lost key: proposed, approved, started and completed on the page", async () => {
    const { patient, newKey, guardians } = await guarded(world, [16, 11, 12, 13]);
    const [sister, stranger] = await Promise.all([atSafety(world, 11), atSafety(world, 13)]);
    const help = await helping(sister.page);
    await take(help, "{}");
    await help.getByText("This is neither a guardians' file, nor a proposal, nor an approval.").waitFor();
    await help.locator("input[type=file]").setInputFiles({
      name: "guardians.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify({ ...guardians, salt: `0x${"00".repeat(32)}` })),
    });
    await help.getByLabel("Address of the new key").fill(newKey.address);
    await help.getByRole("button", { name: "Propose the recovery" }).click();
    await help.getByText("These are not the guardians in office.").waitFor();
    await help.getByRole("button", { name: "Start over" }).click();
    await take(help, JSON.stringify(guardians));
    await help.getByText("2 guardians, of whom 2 must agree").waitFor();
    await help.getByLabel("Address of the new key").fill(patient.address);
    await help.getByRole("button", { name: "Propose the recovery" }).click();
    await help.getByText("This is the address of these records themselves.").waitFor();
    await help.getByLabel("Address of the new key").fill(newKey.address);
    await help.getByRole("button", { name: "Propose the recovery" }).click();
    const approve = help.getByRole("button", { name: "Approve", exact: true });
    await approve.waitFor();
    expect(await approve.isDisabled(), "not talked yet").to.equal(true);
    await help.getByText("Give the proposal to the other guardians").click();
    const proposal = await help.getByLabel("The proposal (as text)").inputValue();
    await help.getByLabel("I have talked with the patient").check();
    await approve.click();
    expect(await sign(sister.page)).to.contain("As a guardian I approve that");
    await help.getByText("1 of 2 approvals are here.").waitFor();
    expect(sister.wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["ApproveRecovery"]);

    const others = await helping(stranger.page);
    await take(others, JSON.stringify(guardians));
    await take(others, proposal);
    await others.getByText("Your key is none of the guardians").waitFor();

    const friend = await atSafety(world, 12);
    const second = await helping(friend.page);
    await take(second, proposal);
    await second.getByLabel("I have talked with the patient").check();
    await second.getByRole("button", { name: "Approve", exact: true }).click();
    await sign(friend.page);
    const label = "Give your approval to whoever starts the recovery (as text)";
    const approval = await second.getByLabel(label).inputValue();
    await second.getByText("the guardians' file is needed, too").waitFor();

    await take(help, approval);
    await help.getByText("2 of 2 approvals are here.").waitFor();
    await help.getByText("Your wallet Test Wallet sends this to the network itself").waitFor();
    await picture(sister.page, "safety-recovery");
    sister.wallet.answer = "reject";
    await help.getByRole("button", { name: "Start the recovery" }).click();
    await help.getByText("You did not sign.").waitFor();
    expect((await patients().get(patient.address)).recovery).to.equal(undefined);
    sister.wallet.answer = "sign";
    await help.getByRole("button", { name: "Start the recovery" }).click();
    await help.getByText("The recovery has started.").waitFor();
    const { recovery } = await patients().get(patient.address);
    expect(recovery?.controller).to.equal(newKey.address);

    const passkey = await passkeyAtSafety(world);
    const noWallet = await helping(passkey.page);
    await noWallet.getByLabel("Address of the records").fill(patient.address);
    await noWallet.getByRole("button", { name: "Look" }).click();
    await noWallet.getByText("A passkey can't send this").waitFor();

    await help.getByLabel("Address of the records").fill(patient.address);
    await help.getByRole("button", { name: "Look" }).click();
    await help.getByRole("button", { name: "Complete the recovery" }).click();
    await help.getByText("The recovery has not waited long enough.").waitFor();

    const owner = await atSafety(world, 16);
    await owner.page.getByText("Until then, and until it is completed").waitFor();
    await world.chain.provider.send("evm_increaseTime", [DAY + 1]);
    await world.chain.provider.send("evm_mine", []);
    await owner.page.clock.setSystemTime(Date.now() + (DAY + 60) * 1_000);
    await owner.page.getByText("anybody can complete it now").waitFor();
    await help.getByRole("button", { name: "Complete the recovery" }).click();
    await help.getByText("Completed: the new key is in control.").waitFor();
    expect((await patients().get(patient.address)).controller).to.equal(newKey.address);
    await owner.page
      .getByRole("alert")
      .filter({ hasText: "Another key has taken control of these records." })
      .waitFor();
    await stranger.page.reload();
    await stranger.page.getByLabel("Whose data").selectOption(patient.address);
    await stranger.page.getByRole("button", { name: "Replace the guardians" }).waitFor();
    expect([...sister.problems, ...friend.problems, ...stranger.problems, ...owner.problems]).to.deep.equal([]);
    await Promise.all([sister, friend, stranger, owner, passkey].map(({ context }) => context.close()));
  });

  async function start(guardians: Guardians, indices: readonly number[], controller: string): Promise<void> {
    const helpers = await Promise.all(indices.map((index) => somebody(world, index)));
    const proposal = await patients().proposeRecovery({ guardians, controller });
    const approvals = await Promise.all(
      helpers.map((helper) => helper.consentry.patients.approveRecovery.sign(proposal)),
    );
    await helpers[0]?.consentry.patients.startRecovery({ guardians, approvals });
  }
});

async function helping(page: Page): Promise<Region> {
  const region = card(page, "Help somebody to recover");
  await region.getByRole("button", { name: "Help somebody to recover" }).click();
  return region;
}
