import { type Client, connect } from "@consentry/sdk";
import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { startServer, type Served } from "../served.js";
import { LABS } from "../setup.js";

const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CLINIC = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
/** How long ethers repeats an answer. */
const CACHE = 250;

describe("a permit is never repeated after a revocation", () => {
  let served: Served;
  let provider: JsonRpcProvider;
  let client: Client;
  let patient: string;

  before(async () => {
    served = await startServer();
    provider = new JsonRpcProvider(served.url);
    const runner = new Wallet(KEY, provider);
    patient = runner.address;
    client = await connect({ runner, deployment: served.deployment });
  });

  after(async () => {
    provider.destroy();
    await served.close();
  });

  it("by decide, decideMany, list or records, with a provider of default options", async () => {
    const question = { patient, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" } as const;
    for (let round = 0; round < 3; round++) {
      await client.consents.grant({ ...LABS, grantee: CLINIC });
      expect((await client.consents.decide(question)).permitted).to.be.true;
      await client.consents.revoke({ grantee: CLINIC });
      const [one, [many], live] = await Promise.all([
        client.consents.decide(question),
        client.consents.decideMany([question]),
        client.consents.list({ patient, state: "live" }),
      ]);
      expect(one).to.include({ permitted: false, decision: "Revoked" });
      expect(many!.permitted).to.be.false;
      expect(live).to.deep.equal([]);
    }
  });

  it("though ethers would repeat the newest block and the events", async function () {
    const { address } = served.deployment.contracts.ConsentRegistry;
    const question = { patient, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" } as const;
    await client.consents.grant({ ...LABS, grantee: CLINIC });
    await new Promise((resolve) => setTimeout(resolve, CACHE + 50));
    const start = Date.now();
    const before = await Promise.all([provider.getBlock("latest"), provider.getLogs({ address, fromBlock: 0 })]);
    const { blockNumber } = await client.consents.revoke({ grantee: CLINIC });
    const after = await Promise.all([provider.getBlock("latest"), provider.getLogs({ address, fromBlock: 0 })]);
    if (Date.now() - start >= CACHE) this.skip();
    expect(after[0]!.number, "the control: ethers answers from its cache").to.equal(before[0]!.number);
    expect(after[1].length).to.equal(before[1].length);
    expect(await client.consents.decide(question)).to.include({ permitted: false, blockNumber });
  });

  it("and no read waits for others to be sent along", async () => {
    const slow = new JsonRpcProvider(served.url, undefined, { batchStallTime: 5_000 });
    const reader = await connect({ runner: slow, deployment: served.deployment });
    const start = Date.now();
    await reader.consents.list({ patient });
    expect(Date.now() - start).to.be.lessThan(4_000);
    slow.destroy();
  });
});
