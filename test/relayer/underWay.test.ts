import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { type Fault, on, times } from "../sdk/faults/line.js";
import { endAll, startProcess } from "./support/process.js";
import { accepted, done, get, grantOf, PAYER, type Person, relayerWorld, stateOf } from "./support/world.js";

const gone: Fault = ({ drop }) => drop();
const refused: Fault = ({ ids, reply }) =>
  reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], error: { code: -32000, message: "exceeds block gas limit" } }));

describe("Relayer, with several transactions under way", () => {
  const world = relayerWorld();
  after(endAll);

  const rpc = (method: string, ...params: unknown[]) => world.node.anvil.rpc(method, ...params);
  const count = async (block: string) => Number(await rpc("eth_getTransactionCount", PAYER.address, block));
  const events = async ({ client, address }: Person) => client.consents.history({ patient: address });
  const people = async (number: number) => Promise.all(Array.from({ length: number }, () => world.person()));
  const pause = async (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** Posts a grant of each, one after the other. */
  const postAll = async (url: string, all: readonly Person[]) => {
    const ids: string[] = [];
    for (const each of all) ids.push(await accepted(url, await grantOf(each)));
    return ids;
  };

  const hold = () => rpc("evm_setAutomine", false);
  const release = async () => {
    await rpc("evm_setAutomine", true);
    await rpc("anvil_mine", "0x1");
  };

  it("sends them with consecutive nonces, without waiting for a block", async () => {
    const { url } = await world.start();
    const all = await people(8);
    const before = await count("latest");
    await hold();
    const ids = await postAll(url, all);
    for (const id of ids) await stateOf(url, id, "sent");
    while ((await count("pending")) < before + 8) await pause(20);
    await rpc("anvil_mine", "0x1");
    const blocks = await Promise.all(ids.map(async (id) => (await done(url, id)).blockNumber));
    expect(new Set(blocks)).to.have.property("size", 1);
    expect(await count("latest")).to.equal(before + 8);
    for (const each of all) expect(await events(each)).to.have.length(1);
  });

  it("no more than nodes keep, of which some are for withdrawals", async () => {
    const { url } = await world.start();
    await hold();
    const before = await count("latest");
    const ids = await postAll(url, await people(14));
    while ((await count("pending")) < before + 12) await pause(20);
    await pause(500);
    for (const id of ids.slice(12)) expect((await stateOf(url, id, "queued", "sent")).state).to.equal("queued");
    for (const { client } of await people(5)) ids.push(await accepted(url, await client.consents.revokeAll.sign({})));
    while ((await count("pending")) < before + 16) await pause(20);
    await pause(500);
    expect(await count("pending")).to.equal(before + 16);
    await release();
    for (const id of ids) await done(url, id);
    expect(await count("latest")).to.equal(before + 19);
  });

  it("of one patient one after the other, but a withdrawal at once", async () => {
    const { url } = await world.start();
    const [patient] = (await people(1)) as [Person];
    await hold();
    const [first, second] = await postAll(url, [patient, patient]);
    await stateOf(url, first!, "sent");
    const withdrawal = await accepted(url, await patient.client.consents.revokeAll.sign({}));
    await stateOf(url, withdrawal, "sent");
    await pause(300);
    expect((await get(url, `/statements/${second!}`)).body["state"]).to.equal("queued");
    await release();
    for (const id of [first!, second!, withdrawal]) await done(url, id);
  });

  it("one that the node refuses holds up none behind it, and leaves no gap", async () => {
    const { url } = await world.start();
    const all = await people(3);
    const before = await count("latest");
    world.node.line.fail(on("eth_sendRawTransaction", times(1, refused)));
    for (const id of await postAll(url, all)) await done(url, id);
    expect(await count("pending")).to.equal(before + 3);
    for (const each of all) expect(await events(each)).to.have.length(1);
  });

  it("one that fails when it is mined holds up none behind it", async () => {
    const { url } = await world.start();
    const [first, second] = (await people(2)) as [Person, Person];
    await hold();
    const own = await accepted(url, await grantOf(first));
    const withdrawal = await accepted(url, await first.client.consents.revokeAll.sign({}));
    const other = await accepted(url, await grantOf(second));
    for (const id of [own, withdrawal, other]) await stateOf(url, id, "sent");
    await rpc("evm_increaseTime", 8 * 86_400);
    await release();
    expect((await stateOf(url, own, "failed")).error!.code).to.equal("DeadlinePassed");
    await done(url, withdrawal);
    await stateOf(url, other, "failed");
  });

  it("what a node has lost it gets again, in the middle too", async () => {
    const { url } = await world.start();
    const all = await people(3);
    await hold();
    const ids = await postAll(url, all);
    const before = await count("latest");
    while ((await count("pending")) < before + 3) await pause(20);
    const { hash } = await stateOf(url, ids[1]!, "sent");
    await rpc("anvil_dropTransaction", hash);
    expect(await count("pending")).to.equal(before + 1);
    await release();
    for (const id of ids) await done(url, id);
    expect(await count("latest")).to.equal(before + 3);
  }).timeout(60_000);

  it("fills the gap that a reorganisation leaves", async () => {
    const { url } = await world.start();
    const [lost, waiting] = (await people(2)) as [Person, Person];
    await done(url, await accepted(url, await grantOf(lost)));
    await hold();
    const id = await accepted(url, await grantOf(waiting));
    const { hash } = await stateOf(url, id, "sent");
    const raw = async () => rpc("eth_getTransactionByHash", hash);
    while ((await raw()) === null) await pause(20);
    await rpc("anvil_reorg", 1, []);
    await release();
    await done(url, id);
    expect(await events(waiting)).to.have.length(1);
  }).timeout(60_000);

  describe("killed", () => {
    const losses: [what: string, lose: () => unknown][] = [
      ["nothing", () => undefined],
      ["everything that waits", () => rpc("anvil_dropAllTransactions")],
    ];
    for (const [what, lose] of losses) {
      it(`it sends nothing twice and loses nothing, if its node loses ${what}`, async () => {
        const database = world.path();
        const first = startProcess(world.settings(database));
        const all = await people(6);
        const before = await count("latest");
        await hold();
        const ids = await postAll(await first.url(), all);
        while ((await count("pending")) < before + 5) await pause(5);
        await first.kill("SIGKILL");
        await lose();
        const second = startProcess(world.settings(database));
        const url = await second.url();
        for (const id of ids) await stateOf(url, id, "sent");
        while ((await count("pending")) < before + 6) await pause(20);
        await release();
        for (const id of ids) await done(url, id);
        for (const each of all) expect(await events(each)).to.have.length(1);
        expect(await count("latest")).to.equal(before + 6);
        expect(await second.kill("SIGTERM")).to.equal(0);
      }).timeout(60_000);
    }

    it("before anything is handed over, what is to be sent is on disk", async () => {
      const { url, database, close } = await world.start();
      world.node.line.fail(on("eth_sendRawTransaction", gone));
      const id = await accepted(url, await grantOf(await world.person()));
      const { hash } = await stateOf(url, id, "sent");
      await close();
      const file = new DatabaseSync(database);
      const rows = file.prepare("SELECT hash, nonce, id FROM transactions").all();
      file.close();
      expect(rows.map((row) => ({ ...row }))).to.deep.equal([{ hash, nonce: await count("pending"), id }]);
      world.node.line.fail();
      const { url: later } = await world.start({ database });
      expect((await done(later, id)).hash).to.equal(hash);
    });
  });

  describe("with a file of the version before", () => {
    const downgrade = (database: string) => {
      const file = new DatabaseSync(database);
      file.exec("DROP TABLE transactions; DROP TABLE spent; ALTER TABLE statements DROP COLUMN subject");
      file.exec("PRAGMA user_version = 2");
      file.close();
    };

    it("delivers what waits in it, and nothing twice that is under way", async () => {
      const { url, database, close } = await world.start();
      const all = await people(2);
      const before = await count("latest");
      await hold();
      const [sent] = await postAll(url, all.slice(0, 1));
      const { hash } = await stateOf(url, sent!, "sent");
      while ((await count("pending")) === before) await pause(20);
      world.node.line.fail(on("eth_sendRawTransaction", gone));
      await close();
      downgrade(database);
      world.node.line.fail();
      const { url: later, log } = await world.start({ database });
      const waiting = await accepted(later, await grantOf(all[1]!));
      while (!log.some((line) => line.includes("UnknownTransaction"))) await pause(20);
      expect(await count("pending")).to.equal(before + 1);
      await release();
      expect((await done(later, sent!)).hash).to.equal(hash);
      await done(later, waiting);
      for (const each of all) expect(await events(each)).to.have.length(1);
      expect(await count("latest")).to.equal(before + 2);
    }).timeout(60_000);
  });
});
