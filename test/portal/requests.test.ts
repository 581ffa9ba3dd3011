import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccessRequest, RequestInput } from "@consentry/sdk";
import { expect } from "chai";
import { getAddress } from "ethers";
import type { Page } from "playwright-core";
import { expectAccessible } from "./support/axe.js";
import { addAuthenticator, newVisitor, picture, startBrowser } from "./support/browser.js";
import { expectNothing, expectPermitted, openGrant, review, sign } from "./support/granting.js";
import { filmOf, pictureOf } from "./support/qr.js";
import { injectWallet } from "./support/wallet.js";
import { portalWorld, visitorOf, watchProblems } from "./support/world.js";

const MOTHER = 4;
const ALLOW = "Allow this: read and sign";
const DAY = 86_400_000;
/** As `npm start` has it. */
const ASKED = {
  categories: ["LABS", "MEDICATIONS", "ALLERGIES"],
  purposes: ["TREAT"],
  actions: ["access"],
} as const;

describe("the patient's page: answering a request", function () {
  this.timeout(60_000);
  const world = portalWorld();

  const ask = (input: Partial<RequestInput> = {}, deadline?: Date): Promise<AccessRequest> => {
    const { requests } = world.people.clinic.consentry;
    const asked = { ...ASKED, until: new Date(Date.now() + 30 * DAY), reason: "To prepare your operation", ...input };
    return requests.create(asked, deadline && { deadline });
  };
  const linkOf = (request: AccessRequest): string => {
    return world.people.clinic.consentry.requests.toLink(request, `${world.url}/`);
  };

  it("makes a passkey for whoever comes with a link, who allows what is asked for without a transaction", async () => {
    const { people, chain, requestLink } = world;
    const context = await newVisitor(world.browser);
    const page = await context.newPage();
    const problems = watchProblems(page);
    await addAuthenticator(page);
    await page.goto(requestLink);
    expect(page.url(), "the request is taken out of the address").to.equal(`${world.url}/#/grant`);
    await page.getByRole("button", { name: "Create a passkey" }).click();
    const card = page.getByRole("article", { name: "Heart Clinic asks for access" });
    await card.getByText("To prepare your operation").waitFor();
    await card.getByText("accredited").waitFor();
    await picture(page, "request");
    await expectAccessible(page, "a request");
    const dialog = await review(page, ALLOW);
    await sign(page, dialog, "Passkey");
    const account = getAddress((await page.getByText("Signed in with Passkey").getAttribute("title")) ?? "");
    await expectPermitted(world, account, people.clinic.address, ASKED);
    expect(await chain.provider.getTransactionCount(account)).to.equal(0);
    expect(await chain.provider.getBalance(account)).to.equal(0n);
    await page.reload();
    await openGrant(page);
    expect(await card.count(), "it is answered and forgotten").to.equal(0);
    expect(problems).to.deep.equal([]);
    await context.close();
  });

  it("lets less be allowed: some data, a part of the purpose, a shorter time, and nothing else", async () => {
    const request = await ask({ purposes: ["TREAT", "HRESCH"], actions: ["access", "use"] });
    const { page, wallet, context } = await visitorOf(world, 11, linkOf(request));
    await page.getByRole("button", { name: "Allow less" }).click();
    expect(await page.getByRole("checkbox").count(), "no more than was asked for").to.be.lessThan(20);
    expect(await page.getByLabel("illnesses and diagnoses").count()).to.equal(0);
    expect(await page.getByLabel("1 year").count()).to.equal(0);
    await page.getByLabel("medicines", { exact: true }).uncheck();
    await page.getByLabel("allergies").uncheck();
    await page.getByRole("checkbox", { name: "for health research" }).uncheck();
    await page.getByRole("checkbox", { name: "to treat me", exact: true }).uncheck();
    await page.getByText("What belongs to it").first().click();
    await page.getByLabel("to coordinate my care").check();
    await page.getByText("Advanced: what they may do").click();
    await page.getByLabel("use it").uncheck();
    await page.getByLabel("one visit (7 days)").check();
    await picture(page, "request-less");
    await expectAccessible(page, "a request, narrowed");
    await sign(page, await review(page, ALLOW));
    const { clinic, relayer } = world.people;
    const allowed = { categories: ["LABS"], purposes: ["COC"], actions: ["access"] } as const;
    await expectPermitted(world, wallet.address, clinic.address, allowed);
    const [consent] = await relayer.consentry.consents.list({ patient: wallet.address });
    const days = ((consent?.terms?.until as Date).getTime() - Date.now()) / DAY;
    expect(days).to.be.within(6.9, 8.1);
    await context.close();
  });

  it("leaves out what is sensitive until it is chosen, even where it is asked for", async () => {
    const request = await ask({ categories: ["LABS", "HIV", "PSY"] });
    const { page, wallet, context } = await visitorOf(world, 12, linkOf(request));
    const sensitive = page.getByRole("group", { name: "Sensitive data" });
    await sensitive.waitFor();
    expect(await sensitive.getByRole("checkbox", { checked: true }).count()).to.equal(0);
    await sensitive.getByLabel("HIV and AIDS").check();
    await sign(page, await review(page, ALLOW));
    const allowed = { ...ASKED, categories: ["LABS", "HIV"] } as const;
    await expectPermitted(world, wallet.address, world.people.clinic.address, allowed);
    await context.close();
  });

  it("refuses by not answering, says so, and forgets the request", async () => {
    const { page, wallet, context } = await visitorOf(world, 13, linkOf(await ask()));
    await page.getByRole("button", { name: "Don't allow" }).click();
    await page.getByText("no answer is a refusal").waitFor();
    await picture(page, "request-refused");
    await page.getByRole("button", { name: "Forget this request" }).click();
    await page.getByRole("heading", { name: "Somebody asked you for access" }).waitFor();
    expect(await page.evaluate("JSON.stringify(sessionStorage)")).to.equal("{}");
    expect(wallet.signed).to.deep.equal([]);
    await expectNothing(world, wallet.address, world.people.clinic.address);
    await context.close();
  });

  it("takes a request as text, as a picture of its QR code, and by another link in the same tab", async () => {
    const { page, context } = await visitorOf(world, 14);
    const request = await ask({ reason: "As text" });
    await openGrant(page);
    await page.getByLabel("The link or the text").fill(JSON.stringify(request, null, 2));
    await page.getByRole("button", { name: "Show the request" }).click();
    await page.getByText("As text").waitFor();
    await page.getByRole("button", { name: "Don't allow" }).click();
    await page.getByRole("button", { name: "Forget this request" }).click();
    await page.getByRole("button", { name: "Scan a QR code" }).click();
    const file = page.getByLabel("Or choose a picture of the QR code");
    await file.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
    await page.getByText("This file is not a picture that can be read.").waitFor();
    await file.setInputFiles(join(import.meta.dirname, "../../coverage/screenshots/request-refused.png"));
    await page.getByText("No QR code was found in this picture.").waitFor();
    await expectAccessible(page, "scanning");
    await file.setInputFiles(pictureOf(linkOf(await ask({ reason: "As a picture" }))));
    await page.getByText("As a picture").waitFor();
    const link = linkOf(await ask({ reason: "As another link" }));
    await page.evaluate(`location.href = ${JSON.stringify(link)}`);
    await page.getByText("As another link").waitFor();
    expect(page.url()).to.equal(`${world.url}/#/grant`);
    await context.close();
  });

  it("scans a QR code with the camera", async () => {
    const folder = mkdtempSync(join(tmpdir(), "consentry-camera-"));
    const film = join(folder, "film.y4m");
    filmOf(linkOf(await ask({ reason: "Through the camera" })), film);
    const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    const browser = await startBrowser([...fake, `--use-file-for-fake-video-capture=${film}`]);
    try {
      const { page } = await visitorOf({ ...world, browser }, 14);
      await openGrant(page);
      await page.getByRole("button", { name: "Scan a QR code" }).click();
      await page.getByRole("button", { name: "Use the camera" }).click();
      await page.getByText("Through the camera").waitFor();
      expect(await page.getByRole("dialog").count()).to.equal(0);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("says that there is no camera", async () => {
    const { page, context } = await visitorOf(world, 14);
    await openGrant(page);
    await page.getByRole("button", { name: "Scan a QR code" }).click();
    await page.getByRole("button", { name: "Use the camera" }).click();
    await page.getByText("The camera can't be used.").waitFor();
    await context.close();
  });

  describe("that is not what it says to be", () => {
    /** Opens it and expects a plain sentence, and nothing of what it says. */
    const expectRefused = async (page: Page, text: string, problem: string): Promise<void> => {
      await page.getByLabel("The link or the text").fill(text);
      await page.getByRole("button", { name: "Show the request" }).click();
      await page.getByRole("alert").filter({ hasText: problem }).waitFor();
      expect(await page.getByText("To prepare your operation").count()).to.equal(0);
      expect(await page.getByRole("button", { name: ALLOW }).count()).to.equal(0);
      await expectAccessible(page, problem);
      await page.getByRole("button", { name: "Forget this request" }).click();
    };

    it("is not shown: malformed, forged, of another network, of somebody who may not ask", async () => {
      const { page, context } = await visitorOf(world, 15);
      await openGrant(page);
      const request = await ask();
      await expectRefused(page, "https://elsewhere.example/", "This is not a request for access");
      await expectRefused(page, "{", "This is not a request for access");
      const forged = { ...request, message: { ...request.message, reason: "Because I say so" } };
      await expectRefused(page, JSON.stringify(forged), "This request is not genuine");
      const foreign = { ...request, domain: { ...request.domain, chainId: 1 } };
      await expectRefused(page, JSON.stringify(foreign), "This request was made for another network");
      const { council, consortium, clinic } = world.people;
      await council.consentry.providers.suspend({ provider: clinic.address });
      await expectRefused(page, linkOf(request), "Whoever asks is not accredited at the moment.");
      await consortium.consentry.providers.reinstate({ provider: clinic.address });
      await context.close();
    });

    it("is not shown when it is too late, and can't be answered when that passes while it is read", async () => {
      const { people, chain } = world;
      const head = await chain.provider.getBlock("latest");
      const soon = await ask({}, new Date((head!.timestamp + 300) * 1000));
      const { page, wallet, context } = await visitorOf(world, 16, linkOf(soon));
      await page.getByRole("button", { name: ALLOW }).waitFor();
      await chain.provider.send("evm_increaseTime", [600]);
      await chain.provider.send("evm_mine", []);
      await page.getByRole("button", { name: ALLOW }).click();
      await page.getByText("It is too late now.").waitFor();
      await picture(page, "request-expired");
      await page.reload();
      await page.getByRole("alert").filter({ hasText: "It is too late now." }).waitFor();
      expect(wallet.signed).to.deep.equal([]);
      await expectNothing(world, wallet.address, people.clinic.address);
      await context.close();
    });
  });

  it("answers for the child whom it is about, after switching to it, and not for a stranger", async () => {
    const { mother, clinic } = world.people;
    const { dependent } = await mother.consentry.patients.createDependent();
    const { page, context } = await visitorOf(world, MOTHER, linkOf(await ask({ patient: dependent })));
    await page.getByText("This request is about somebody else for whom you speak.").waitFor();
    await picture(page, "request-child");
    await page.getByRole("button", { name: "Show the person it is about" }).click();
    await sign(page, await review(page, ALLOW));
    await expectPermitted(world, dependent, clinic.address, ASKED);
    await expectNothing(world, mother.address, clinic.address);
    const stranger = await ask({ patient: world.chain.account(18).address });
    await page.goto(linkOf(stranger));
    await page.getByText("for whom you do not speak").waitFor();
    expect(await page.getByRole("button", { name: ALLOW }).count()).to.equal(0);
    await context.close();
  });

  it("shows nothing of a request to whoever is not signed in", async () => {
    const context = await newVisitor(world.browser);
    await injectWallet(context, world.chain.privateKey(17));
    const page = await context.newPage();
    await page.goto(linkOf(await ask()));
    await page.getByRole("heading", { name: "Decide who sees your health records" }).waitFor();
    expect(await page.getByText("To prepare your operation").count()).to.equal(0);
    await context.close();
  });
});
