import { expect } from "chai";
import { dataSlice, getAddress, id } from "ethers";
import { type Answer, done, expectProblem, grantOf, post, relayerWorld } from "./support/world.js";

/** As many as make a statement dear, each of them new to the chain. */
const MANY = 120;

describe("Relayer, the gas of one address", () => {
  const world = relayerWorld();
  const [ONE, OTHER] = ["203.0.113.1", "203.0.113.2"];

  const start = (gas: { day: bigint; reserve: bigint; share?: bigint }) =>
    world.start({ gas, trustedProxies: ["127.0.0.0/8"] });

  const send = (url: string, statement: unknown, ip: string) => post(url, statement, { "x-forwarded-for": ip });

  /** Of somebody who was never seen: keys cost nothing. */
  async function dear() {
    const { client } = await world.person();
    const grantees = Array.from({ length: MANY }, (_, i) => getAddress(dataSlice(id(`provider ${i}`), 12)));
    return client.consents.revoke.sign({ revocations: grantees.map((grantee) => ({ grantee })) });
  }

  const withdrawal = async () => (await world.person()).client.consents.revokeAll.sign({});

  const deliver = async (url: string, { status, body }: Answer) => {
    expect(status, JSON.stringify(body)).to.equal(202);
    await done(url, body["id"] as string);
  };

  it("is a tenth of the day's: nobody alone leaves nothing for the withdrawals of others", async () => {
    const { url } = await start({ day: 25_000_000n, reserve: 2_500_000n });
    await deliver(url, await send(url, await dear(), ONE));
    for (let i = 0; i < 2; i++) {
      const answer = await send(url, await dear(), ONE);
      expectProblem(answer, 429, "TooManyRequests");
      expect(Number(answer.headers.get("retry-after"))).to.be.within(86_300, 86_400);
    }
    await deliver(url, await send(url, await withdrawal(), OTHER));
  });

  it("is partly for withdrawals only", async () => {
    const { url } = await start({ day: 500_000_000n, reserve: 499_500_000n, share: 1_000_000n });
    await deliver(url, await send(url, await grantOf(await world.person()), ONE));
    expectProblem(await send(url, await grantOf(await world.person()), ONE), 429, "TooManyRequests");
    await deliver(url, await send(url, await withdrawal(), ONE));
    await deliver(url, await send(url, await grantOf(await world.person()), OTHER));
  });
});
