import { chmodSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { QueueFileError } from "@consentry/relayer";
import { NetworkError } from "@consentry/sdk";
import { expect } from "chai";
import { getAddress } from "ethers";
import { network } from "hardhat";
import { type Fault, on, times } from "../sdk/faults/line.js";
import { deploymentOf, expectError } from "../sdk/setup.js";
import { deploySuite } from "../suite.js";
import { signerFor } from "../sdk/signing/world.js";
import { endAll, startProcess } from "./support/process.js";
import {
  accepted,
  done,
  expectProblem,
  get,
  grantOf,
  PAYER,
  type Person,
  post,
  relayerWorld,
  stateOf,
} from "./support/world.js";

const gone: Fault = ({ drop }) => drop();
const silent: Fault = () => undefined;
/** The code of an ERC-1271 wallet that agrees to everything where the gas price is zero, as when it is tried, or else burns. */
const YES_IF_FREE = "0x3a15600657fe5b631626ba7e60e01b60005260206000f3";

describe("Relayer, when something fails", () => {
  const world = relayerWorld();

  const events = async ({ client, address }: Person) => client.consents.history({ patient: address });
  const sent = async () => Number(await world.node.anvil.rpc("eth_getTransactionCount", PAYER.address, "pending"));

  describe("killed", () => {
    after(endAll);

    const asked = (method: string) => world.node.line.asked.includes(method);
    const moments: [when: string, prepare: () => unknown, until: string][] = [
      ["before it sends", () => world.node.line.fail(on("eth_sendRawTransaction", silent)), "eth_sendRawTransaction"],
      [
        "after it sent, before anything is mined",
        () => world.node.anvil.rpc("evm_setAutomine", false),
        "eth_sendRawTransaction",
      ],
      [
        "after it is mined, before it knows",
        () => world.node.line.fail(on("eth_getTransactionReceipt", silent)),
        "eth_getTransactionReceipt",
      ],
    ];
    for (const [when, prepare, until] of moments) {
      it(`${when}, it delivers once, after it is started again`, async () => {
        const env = world.settings();
        const first = startProcess(env);
        const [patient, other] = [await world.person(), await world.person()];
        const url = await first.url();
        world.node.line.asked.length = 0;
        const before = await sent();
        await prepare();
        const ids = [await accepted(url, await grantOf(patient)), await accepted(url, await grantOf(other))];
        while (!asked(until)) await new Promise((resolve) => setTimeout(resolve, 10));
        await first.kill("SIGKILL");
        world.node.line.fail();
        const second = startProcess(env);
        const again = await second.url();
        await world.node.anvil.rpc("evm_setAutomine", true);
        await world.node.anvil.rpc("anvil_mine", "0x1");
        for (const id of ids) await done(again, id);
        for (const each of [patient, other]) expect(await events(each)).to.have.length(1);
        expect((await sent()) - before).to.equal(2);
        expect(await second.kill("SIGTERM")).to.equal(0);
        expect((await second.outcome).stderr).to.equal("");
      });
    }
  });

  it("delivers when the node comes back, and says 503 to what it can't verify meanwhile", async () => {
    const { url } = await world.start();
    const [patient, other] = [await world.person(), await world.person()];
    const signed = await grantOf(other);
    world.node.line.fail(
      on("eth_sendRawTransaction", ({ reply, ids }) => {
        world.node.line.fail(gone);
        reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], error: { code: -32000, message: "the pool is full" } }));
      }),
    );
    const ids = [await accepted(url, await grantOf(patient))];
    while (!world.node.line.asked.includes("eth_sendRawTransaction"))
      await new Promise((resolve) => setTimeout(resolve, 10));
    expectProblem(await post(url, signed), 503, "Network");
    expect((await stateOf(url, ids[0]!, "queued", "sent")).id).to.equal(ids[0]);
    world.node.line.fail();
    ids.push(await accepted(url, signed));
    for (const id of ids) await done(url, id);
    expect(await events(patient)).to.have.length(1);
  });

  it("finds out what became of a transaction whose answer was lost, and tells where it is", async () => {
    const { url } = await world.start();
    const patient = await world.person();
    const before = await sent();
    const lost: Fault = async ({ ask, drop }) => {
      await ask();
      drop();
    };
    world.node.line.fail(on("eth_sendRawTransaction", times(1, lost)));
    const { hash } = await done(url, await accepted(url, await grantOf(patient)));
    expect((await events(patient)).map(({ transaction }) => transaction)).to.deep.equal([hash]);
    expect((await sent()) - before).to.equal(1);
  });

  it("sends again what never arrived, though it could not be told for long", async () => {
    const { url } = await world.start();
    const patient = await world.person();
    world.node.line.fail(on("eth_sendRawTransaction", gone));
    const id = await accepted(url, await grantOf(patient));
    expect((await stateOf(url, id, "sent")).state).to.equal("sent");
    for (let tells = false; !tells;) {
      tells = (await get(url, `/statements/${id}`)).body["hash"] !== undefined;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    world.node.line.fail();
    await done(url, id);
    expect(await events(patient)).to.have.length(1);
  }).timeout(60_000);

  it("that is out of funds, it waits until it has some", async () => {
    const runner = PAYER.connect(world.node.provider);
    const { url } = await world.start({ runner });
    const balance = await world.node.anvil.rpc("eth_getBalance", PAYER.address, "latest");
    await world.node.anvil.rpc("anvil_setBalance", PAYER.address, "0x0");
    const id = await accepted(url, await grantOf(await world.person()));
    while ((await get(url, `/statements/${id}`)).body["state"] !== "queued")
      await new Promise((resolve) => setTimeout(resolve, 10));
    expectProblem(await get(url, "/ready"), 503, "LowFunds");
    await world.node.anvil.rpc("anvil_setBalance", PAYER.address, balance);
    await done(url, id);
  });

  it("pays no more than three times for a wallet that says yes until it is paid for", async () => {
    const { url } = await world.start();
    const { client, key } = await world.person();
    const wallet = getAddress(`0x${key.address.slice(4).toLowerCase()}00`);
    await world.node.anvil.rpc("anvil_setCode", wallet, YES_IF_FREE);
    const before = await sent();
    const signed = await client.consents.revokeAll.sign({ patient: wallet }, { by: signerFor(wallet, key) });
    const { error } = await stateOf(url, await accepted(url, signed), "failed");
    expect(error!.code).to.be.oneOf(["OutOfGas", "UnknownRevert"]);
    expect((await sent()) - before).to.equal(3);
  });

  it("takes again what failed, and what a reorganisation undid", async () => {
    const { url } = await world.start();
    const patient = await world.person();
    const { rpc } = world.node.anvil;
    const signed = await grantOf(patient);
    const id = await accepted(url, signed);
    await done(url, id);
    await rpc("anvil_reorg", 1, []);
    await rpc("anvil_mine", "0x2");
    expect(await events(patient)).to.deep.equal([]);
    for (let status = 0; status !== 202;) ({ status } = await post(url, signed));
    await done(url, id);
    expect(await events(patient)).to.have.length(1);
  }).timeout(60_000);

  it("shares its file with no other relayer, and with no other deployment", async () => {
    const { database, close } = await world.start();
    await expectError(world.start({ database }), QueueFileError, { details: "Another relayer uses it." });
    await close();
    const file = world.path();
    writeFileSync(file, "no database at all, but something else that somebody needs");
    await expectError(world.start({ database: file }), QueueFileError);
    await expectError(world.start({ database: world.path("nowhere/relayer.sqlite") }), QueueFileError);
    const remote = await network.create({ network: "localhost", override: { url: world.node.anvil.url } });
    const deployment = await deploymentOf(await deploySuite(remote));
    await remote.close();
    const details = "It holds statements for another deployment.";
    await expectError(world.start({ database, deployment }), QueueFileError, { details });
  });

  it("keeps others from its file, if they could read it until now, and says so", async () => {
    const { database, close } = await world.start();
    await close();
    chmodSync(database, 0o644);
    const { log } = await world.start({ database });
    for (const file of [database, `${database}-wal`]) expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(log.filter((line) => line.includes("others could read the file of the queue"))).to.have.length(1);
  });

  describe("with what is in its file", () => {
    /** Changes the file of a relayer that was stopped. */
    const change = (database: string, sql: string) => {
      const file = new DatabaseSync(database);
      file.exec(sql);
      file.close();
    };

    /** A relayer that was stopped while a statement waited. */
    const interrupted = async () => {
      const { url, close, database } = await world.start();
      world.node.line.fail(on("eth_sendRawTransaction", gone));
      const id = await accepted(url, await grantOf(await world.person()));
      await close();
      return { database, id };
    };

    it("is not ready when a statement waits for too long", async () => {
      const { database } = await interrupted();
      const { url, close } = await world.start({ database });
      expect((await get(url, "/ready")).status).to.equal(200);
      await close();
      change(database, "UPDATE statements SET acceptedAt = acceptedAt - 601000");
      const { url: later } = await world.start({ database });
      expectProblem(await get(later, "/ready"), 503, "QueueStuck");
    });

    it("takes no more than it can keep, but withdrawals", async () => {
      const { database } = await interrupted();
      const others =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4999) SELECT i, 0, 0, '{}', 0, 9e15 FROM n";
      change(database, `INSERT INTO statements (id, withdrawal, turn, content, acceptedAt, dueAt) ${others}`);
      const { url } = await world.start({ database });
      const patient = await world.person();
      expectProblem(await post(url, await grantOf(patient)), 503, "QueueFull");
      await accepted(url, await patient.client.consents.revokeAll.sign({}));
    });

    it("does not touch what a newer version made", async () => {
      const { database } = await interrupted();
      change(database, "PRAGMA user_version = 4");
      const details = "A newer version of the relayer made it (4): use that.";
      await expectError(world.start({ database }), QueueFileError, { details });
    });
  });

  it("does not start without its node", async () => {
    world.node.line.fail(gone);
    await expectError(world.start(), NetworkError);
  });
});
