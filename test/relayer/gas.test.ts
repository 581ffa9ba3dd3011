import { expect } from "chai";
import { type Fault, on } from "../sdk/faults/line.js";
import { accepted, done, expectProblem, get, grantOf, PAYER, post, relayerWorld, stateOf } from "./support/world.js";

const gone: Fault = ({ drop }) => drop();

describe("Relayer, the gas of all together", () => {
  const world = relayerWorld();

  const withdrawal = async () => (await world.person()).client.consents.revokeAll.sign({});
  const exclusions = async () => (await world.person()).client.patients.setExclusions.sign({ categories: ["PSY"] });
  const pause = async (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it("is limited by the day, over a restart, with a reserve for withdrawals", async () => {
    const gas = { day: 10_000_000n, reserve: 9_990_000n };
    const { url, close, database } = await world.start({ gas });
    await done(url, await accepted(url, await grantOf(await world.person())));
    const answer = await post(url, await grantOf(await world.person()));
    expectProblem(answer, 503, "GasBudgetUsed");
    expect(Number(answer.headers.get("retry-after"))).to.be.within(86_300, 86_400);
    await close();
    const { url: later } = await world.start({ gas, database });
    expectProblem(await post(later, await grantOf(await world.person())), 503, "GasBudgetUsed");
    for (const signed of [await withdrawal(), await exclusions()]) await done(later, await accepted(later, signed));
    expect((await get(later, "/ready")).status).to.equal(200);
  });

  it("also for withdrawals", async () => {
    const { url } = await world.start({ gas: { day: 10_000n, reserve: 5_000n } });
    await done(url, await accepted(url, await withdrawal()));
    expectProblem(await post(url, await withdrawal()), 503, "GasBudgetUsed");
  });

  it("keeps what was accepted before waiting, while withdrawals pass", async () => {
    const { url, close, database } = await world.start();
    world.node.line.fail(on("eth_sendRawTransaction", gone));
    const ids = [];
    for (let i = 0; i < 2; i++) ids.push(await accepted(url, await grantOf(await world.person())));
    await stateOf(url, ids[0]!, "sent");
    await close();
    world.node.line.fail();
    const { url: meagre, close: end } = await world.start({ database, gas: { day: 10_000_000n, reserve: 9_990_000n } });
    await done(meagre, ids[0]!);
    await done(meagre, await accepted(meagre, await withdrawal()));
    await pause(300);
    expect((await get(meagre, `/statements/${ids[1]!}`)).body["state"]).to.equal("queued");
    await end();
    const { url: ample } = await world.start({ database });
    await done(ample, ids[1]!);
  });

  it("needs funds for the reserve: below them it is not ready, and only withdrawals pass", async () => {
    const { rpc } = world.node.anvil;
    const { url } = await world.start();
    const before = await rpc("eth_getBalance", PAYER.address, "latest");
    await rpc("anvil_setBalance", PAYER.address, "0x2386f26fc10000");
    expectProblem(await get(url, "/ready"), 503, "LowFunds");
    const waiting = await accepted(url, await grantOf(await world.person()));
    await done(url, await accepted(url, await withdrawal()));
    expect((await get(url, `/statements/${waiting}`)).body["state"]).to.equal("queued");
    await rpc("anvil_setBalance", PAYER.address, before);
    await done(url, waiting);
    expect((await get(url, "/ready")).status).to.equal(200);
  });
});
