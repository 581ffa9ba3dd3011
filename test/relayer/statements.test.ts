import { readFileSync, statSync } from "node:fs";
import { accountOf, connect, createPasskey, type SignedStatement } from "@consentry/sdk";
import { expect } from "chai";
import { concat, keccak256, Wallet } from "ethers";
import { digestOf as digestOfSdk, typedDataOf } from "../../sdk/dist/signing/typedData.js";
import { on } from "../sdk/faults/line.js";
import { SoftwareAuthenticator } from "../sdk/passkeys/authenticator.js";
import { signerFor, transported } from "../sdk/signing/world.js";
import {
  accepted,
  done,
  expectProblem,
  get,
  grantOf,
  GRANTEE,
  LABS,
  PAYER,
  type Person,
  post,
  relayerWorld,
  stateOf,
} from "./support/world.js";

/** As relayer/README.md has it. */
const idOf = (signed: SignedStatement): string =>
  keccak256(concat([digestOfSdk(typedDataOf(signed)), accountOf(signed.signer)]));

describe("Relayer", () => {
  const world = relayerWorld();

  const events = async ({ client, address }: Person) => client.consents.history({ patient: address });

  describe("delivers", () => {
    it("a grant and a withdrawal of somebody who has no funds, and tells where they were mined", async () => {
      const { url } = await world.start();
      const patient = await world.person();
      const granted = await done(url, await accepted(url, await grantOf(patient)));
      const [event] = await events(patient);
      expect(event).to.include({ type: "ConsentGranted", patient: patient.address, grantee: GRANTEE });
      expect(event!.transaction).to.equal(granted.hash);
      expect(event!.blockNumber).to.equal(granted.blockNumber);
      expect(granted).to.have.all.keys("id", "state", "hash", "blockNumber");
      await done(url, await accepted(url, await patient.client.consents.revoke.sign({ grantee: GRANTEE })));
      expect((await events(patient)).map(({ type }) => type)).to.deep.equal(["ConsentGranted", "ConsentRevoked"]);
    });

    it("what a passkey signed", async () => {
      const { url } = await world.start();
      const authenticators = new SoftwareAuthenticator();
      const page = await connect({ runner: world.node.anvil.url, deployment: world.node.deployment });
      const passkey = await createPasskey({ name: "Health", rpId: "portal.example", authenticators });
      const by = page.passkeys.signer(passkey, authenticators);
      const signed = await page.consents.grant.sign({ ...LABS, grantee: GRANTEE }, { by });
      await done(url, await accepted(url, signed));
      const patient = page.passkeys.accountOf(passkey);
      const question = { patient, grantee: GRANTEE, categories: ["LABS"], purpose: "TREAT" } as const;
      expect((await page.consents.decide(question)).permitted).to.be.true;
    });

    it("every type that can be delivered alone", async () => {
      const { url } = await world.start();
      const { client, address } = await world.person();
      const other = await world.person();
      const { patients, consents } = client;
      const acceptance = await other.client.patients.acceptControl.sign({ patient: address });
      const statements: SignedStatement[] = [
        await patients.createDependent.sign(),
        await patients.setExclusions.sign({ categories: ["PSY"] }),
        await patients.appointRepresentative.sign({ representative: other.address, until: "2098-12-31" }),
        await patients.dismissRepresentative.sign({ representative: other.address }),
        await patients.cancelRecovery.sign({}),
        await consents.revokeAll.sign({}),
      ];
      for (const statement of statements) await done(url, await accepted(url, statement));
      const transfer = await patients.transferControl.sign({ controller: other.address, acceptance });
      await done(url, await accepted(url, transfer));
      expect((await client.patients.get(address)).controller).to.equal(other.address);
      const again = await post(url, transfer);
      expect(again).to.deep.include({ status: 200, body: { id: idOf(transfer), state: "done" } });
    });

    it("withdrawals first", async () => {
      const { url } = await world.start();
      const people = await Promise.all([world.person(), world.person(), world.person()]);
      world.node.line.fail(on("eth_sendRawTransaction", ({ drop }) => drop()));
      const first = await accepted(url, await grantOf(people[0]));
      await stateOf(url, first, "sent");
      const grant = await accepted(url, await grantOf(people[1]));
      const withdrawal = await accepted(
        url,
        await people[2].client.patients.setExclusions.sign({ categories: ["PSY"] }),
      );
      world.node.line.fail();
      const [a, b] = [await done(url, grant), await done(url, withdrawal)];
      expect(b.blockNumber).to.be.lessThan(a.blockNumber!);
    });
  });

  describe("takes the same statement once", () => {
    it("however often, and two at once, and says that it is done", async () => {
      const { url } = await world.start();
      const patient = await world.person();
      const signed = await grantOf(patient);
      const answers = await Promise.all([post(url, signed), post(url, transported(signed)), post(url, signed)]);
      const ids = new Set(answers.map(({ body }) => body["id"]));
      expect([...ids]).to.deep.equal([idOf(signed)]);
      const { id, hash } = await done(url, [...ids][0] as string);
      const again = await post(url, signed);
      expect(again).to.deep.include({ status: 200, body: { id, state: "done" } });
      expect((await done(url, id)).hash).to.equal(hash);
      expect(await events(patient)).to.have.length(1);
    });

    it("written in other letters, and asked for in other letters", async () => {
      const { url } = await world.start();
      const patient = await world.person();
      const signed = await grantOf(patient);
      const id = await accepted(url, signed);
      const small = { ...signed, message: { ...signed.message, patient: patient.address.toLowerCase() } };
      expect((await post(url, small)).body["id"]).to.equal(id);
      expect((await get(url, `/statements/0x${id.slice(2).toUpperCase()}`)).status).to.equal(200);
    });

    it("says so of what somebody else delivered", async () => {
      const { url } = await world.start();
      const patient = await world.person();
      const signed = await grantOf(patient);
      const other = await connect({ runner: PAYER.connect(world.node.provider), deployment: world.node.deployment });
      await other.relay.submit(signed);
      expect(await post(url, signed)).to.deep.include({
        status: 200,
        body: { id: idOf(signed), state: "done" },
      });
    });

    it("several of several people, all at once", async () => {
      const { url } = await world.start();
      const people = await Promise.all(Array.from({ length: 8 }, () => world.person()));
      const ids = await Promise.all(people.map(async (each) => accepted(url, await grantOf(each))));
      await Promise.all(ids.map((id) => done(url, id)));
      for (const each of people) expect(await events(each)).to.have.length(1);
    });
  });

  describe("refuses", () => {
    it("what is no statement", async () => {
      const { url } = await world.start();
      const signed = await grantOf(await world.person());
      for (const wrong of [
        "{",
        "null",
        "7",
        "[]",
        "{}",
        '{"__proto__": 1}',
        { ...signed, more: 1 },
        { ...signed, signer: "0x12" },
        "",
      ]) {
        const answer = await post(url, wrong);
        expect(answer.status, JSON.stringify(wrong)).to.equal(400);
        expect(answer.body["code"]).to.be.oneOf(["InvalidStatement", "InvalidParameter"]);
      }
    });

    it("what is no JSON, so that no page posts without asking", async () => {
      const { url } = await world.start();
      const text = JSON.stringify(await grantOf(await world.person()));
      for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
        expectProblem(await post(url, text, { "content-type": type }), 415, "NotJson");
      }
    });

    it("what is too long", async () => {
      const { url } = await world.start();
      const signed = await grantOf(await world.person());
      const pad = (length: number) => JSON.stringify(signed).padEnd(length);
      expectProblem(await post(url, pad(65_537)), 413, "StatementTooLong");
      expect((await post(url, pad(65_536))).status).to.equal(202);
    });

    it("what would fail, and says why", async () => {
      const { url } = await world.start({ maxGas: 2_000_000n });
      const patient = await world.person();
      const stranger = await world.person();
      const signed = await grantOf(patient);
      const by = signerFor(stranger.address, stranger.key);
      const { domain, message } = signed;
      const foreign = { ...domain, chainId: 1 };
      const verifier = `${Wallet.createRandom().address}${"00".repeat(64)}`;
      const refusals: [code: string, statement: object][] = [
        ["OtherDeployment", { ...signed, domain: foreign }],
        ["InvalidSignature", { ...signed, message: { ...message, document: keccak256("0x") } }],
        ["InvalidSignature", { ...signed, signer: stranger.address }],
        ["UnknownVerifier", { ...signed, signer: verifier }],
        [
          "NotSpeakerFor",
          await stranger.client.consents.grant.sign({ ...LABS, grantee: GRANTEE, patient: patient.address }, { by }),
        ],
        ["NotDeliverable", await stranger.client.patients.acceptControl.sign({ patient: patient.address })],
      ];
      for (const [code, statement] of refusals) expectProblem(await post(url, statement), 422, code);
      const { url: meagre } = await world.start({ maxGas: 21_000n });
      expectProblem(await post(meagre, signed), 422, "TooMuchGas");
    });

    it("what the relayer's own key would say", async () => {
      const { url } = await world.start();
      const own = await connect({ runner: PAYER.connect(world.node.provider), deployment: world.node.deployment });
      const patient = await world.person();
      expectProblem(await post(url, await own.consents.revokeAll.sign({})), 422, "OwnKey");
      const acceptance = await own.patients.acceptControl.sign({ patient: patient.address });
      const transfer = await patient.client.patients.transferControl.sign({ controller: PAYER.address, acceptance });
      expectProblem(await post(url, transfer), 422, "OwnKey");
    });

    it("what it does not know", async () => {
      const { url } = await world.start();
      expectProblem(await get(url, `/statements/${keccak256("0x")}`), 404, "UnknownStatement");
      expectProblem(await get(url, "/statements/%27%20OR%201=1"), 404, "UnknownStatement");
      expectProblem(await get(url, "/"), 404, "UnknownRoute");
      expectProblem(await get(url, "/statements/%"), 400, "MalformedHttp");
    });
  });

  it("fails a statement whose deadline passes while it waits, and names nobody", async () => {
    const { url, database, close } = await world.start();
    const { rpc } = world.node.anvil;
    const [first, second] = [await world.person(), await world.person()];
    await rpc("evm_setAutomine", false);
    const ids = [await accepted(url, await grantOf(first)), await accepted(url, await grantOf(second))];
    await stateOf(url, ids[0]!, "sent");
    await rpc("evm_increaseTime", 8 * 86_400);
    await rpc("evm_setAutomine", true);
    await rpc("anvil_mine", "0x1");
    for (const id of ids) {
      const { error, ...rest } = await stateOf(url, id, "failed");
      expect(rest).to.deep.equal({ id, state: "failed" });
      expect(error).to.include({ code: "DeadlinePassed" });
    }
    const { address } = second;
    const signed = await grantOf(second);
    const forbidden = await first.client.consents.grant.sign({ ...LABS, grantee: GRANTEE, patient: address });
    expectProblem(await post(url, forbidden), 422, "NotSpeakerFor");
    await done(url, await accepted(url, signed));
    await close();
    expect(readFileSync(database, "latin1")).not.to.contain(signed.signature.slice(2)).and.not.to.contain("allow");
  });

  it("keeps what waits for its owner's eyes only, and what was signed no longer than it waits", async () => {
    const { url, database, close } = await world.start();
    const patient = await world.person();
    const { rpc } = world.node.anvil;
    await rpc("evm_setAutomine", false);
    const signed = await grantOf(patient);
    const id = await accepted(url, signed);
    const content = () => readFileSync(database, "latin1") + readFileSync(`${database}-wal`, "latin1");
    await stateOf(url, id, "sent");
    expect(content()).to.contain(signed.signature);
    for (const file of [database, `${database}-wal`]) expect(statSync(file).mode & 0o077).to.equal(0);
    await rpc("evm_setAutomine", true);
    await rpc("anvil_mine", "0x1");
    await done(url, id);
    expect(content()).not.to.contain(signed.signature.slice(2));
    await close();
    const { url: later } = await world.start({ database, retentionDays: 0 });
    expectProblem(await get(later, `/statements/${id}`), 404, "UnknownStatement");
  });
});
