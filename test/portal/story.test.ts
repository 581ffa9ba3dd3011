import { expect } from "chai";
import { picture } from "./support/browser.js";
import { portalWorld, visitorOf } from "./support/world.js";

const PATIENT = 3;

describe("the patient's page, with a wallet", function () {
  this.timeout(60_000);
  const world = portalWorld();

  it("shows who can see what, and withdraws in two clicks", async () => {
    const { people, chain } = world;
    const { page, wallet, context, problems } = await visitorOf(world, PATIENT);
    const card = page.getByRole("article").filter({ hasText: "Heart Clinic" });
    await card.getByText("laboratory results").waitFor();
    await picture(page, "access");
    const question = {
      patient: people.patient.address,
      grantee: people.clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    expect((await people.clinic.consentry.consents.decide(question)).permitted).to.equal(true);
    await card.getByRole("button", { name: "Withdraw" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("I withdraw from Heart Clinic everything that I allowed.").waitFor();
    await picture(page, "withdraw");
    await dialog.getByRole("button", { name: "Sign with Test Wallet" }).click();
    await card.waitFor({ state: "detached" });
    expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Revocations"]);
    expect(await people.clinic.consentry.consents.decide(question)).to.include({ decision: "Revoked" });
    expect(await chain.provider.getTransactionCount(people.patient.address)).to.be.greaterThan(0);
    expect(problems).to.deep.equal([]);
    await context.close();
  });
});
