import { type Client, connect, NetworkError, TimeoutError, WrongChainError } from "@consentry/sdk";
import { expect } from "chai";
import { type JsonRpcPayload, JsonRpcProvider, type JsonRpcResult, Wallet } from "ethers";
import { type Served, startServer } from "../served.js";
import { ethers, expectError, fixtures, LABS, networkHelpers } from "../setup.js";
import { type Lagging, laggingNode } from "./node.js";

const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CLINIC = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** Counts the messages that leave for the node; so many calls at a block by its hash are answered by one that lacks it. */
class CountingProvider extends JsonRpcProvider {
  messages = 0;
  lacking = 0;

  override _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    this.messages++;
    const [first] = [payload].flat();
    const isByHash = typeof (first?.params as unknown[])[1] === "object";
    if (!isByHash || this.lacking-- <= 0) return super._send(payload);
    const answer: unknown = { id: first?.id, error: { code: -32000, message: "header not found" } };
    return Promise.resolve([answer as JsonRpcResult]);
  }
}

const NOT_YET_VALID = 9n;

const isLens = (method: string, params: unknown[]) =>
  method === "eth_call" && (params[0] as { to?: string }).to === undefined;

/** The word of a lens's answer at this place, replaced. */
function withWord(answer: unknown, index: number, word: bigint): string {
  const at = 2 + index * 64;
  const text = String(answer);
  return text.slice(0, at) + word.toString(16).padStart(64, "0") + text.slice(at + 64);
}

describe("decide through a lens", () => {
  describe("over HTTP", () => {
    let served: Served;
    let provider: CountingProvider;
    let client: Client;
    let question: Parameters<Client["consents"]["decide"]>[0];

    before(async () => {
      served = await startServer();
      provider = new CountingProvider(served.url);
      const runner = new Wallet(KEY, provider);
      question = { patient: runner.address, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" };
      client = await connect({ runner, deployment: served.deployment });
    });

    after(async () => {
      provider.destroy();
      await served.close();
    });

    async function counted<Result>(read: () => Promise<Result>): Promise<[Result, messages: number]> {
      const before = provider.messages;
      return [await read(), provider.messages - before];
    }

    it("is one message to the node, be it a refusal or a permit with its end", async () => {
      const reader = await connect({ runner: provider, deployment: served.deployment });
      const [refused, one] = await counted(() => reader.consents.decide(question));
      expect([refused.decision, one]).to.deep.equal(["NoConsent", 1]);
      const { blockNumber, blockHash } = await client.consents.grant({ ...LABS, grantee: CLINIC, until: "2098-12-31" });
      const validUntil = new Date("2099-01-01T00:00:00Z");
      const [permitted, again] = await counted(() => reader.consents.decide(question));
      expect(permitted).to.deep.include({ decision: "Permit", validUntil, blockNumber, blockHash });
      expect(again).to.equal(1);
    });

    it("is one message, too, where a position or a write of one's own must be held", async () => {
      const revoked = await client.consents.revoke({ grantee: CLINIC });
      const [decision, own] = await counted(() => client.consents.decide(question, { atLeast: revoked }));
      expect([decision.decision, own]).to.deep.equal(["Revoked", 1]);
    });
  });

  describe("in steps, over HTTP", () => {
    it("waits for a node that does not have the block yet, though ethers takes that for a revert", async () => {
      const served = await startServer();
      const provider = new CountingProvider(served.url);
      const runner = new Wallet(KEY, provider);
      const question = { patient: runner.address, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" } as const;
      const client = await connect({ runner, deployment: served.deployment });
      provider.lacking = 2;
      expect((await client.consents.decideMany([question]))[0]).to.include({ decision: "NoConsent" });
      expect(provider.lacking).to.be.lessThan(1);
      provider.destroy();
      await served.close();
    });
  });

  describe("falls back to steps", () => {
    /** The truth is a refusal; the node is asked by `decide`. */
    async function refusing(): Promise<Lagging & { steps: () => string[] }> {
      const world = await laggingNode();
      await world.client.consents.revoke({ grantee: world.grantee });
      world.asked.length = 0;
      return { ...world, steps: () => world.asked.filter((method) => method === "eth_call") };
    }

    for (const [what, index] of [
      ["number", 1],
      ["time", 2],
      ["predecessor", 3],
    ] as const) {
      it(`where it was seen at a block of another ${what} than the node names`, async () => {
        const { client, question, answer, steps } = await refusing();
        answer(async (method, params, honest) => {
          const result = await honest();
          if (!isLens(method, params)) return result;
          return withWord(withWord(result, 4, NOT_YET_VALID), index, 7n);
        });
        expect((await client.consents.decide(question)).decision).to.equal("Revoked");
        expect(steps()).to.have.length(2);
      });
    }

    it("but believes it otherwise: the control", async () => {
      const { client, question, answer, steps } = await refusing();
      answer(async (method, params, honest) => {
        const result = await honest();
        return isLens(method, params) ? withWord(result, 4, NOT_YET_VALID) : result;
      });
      expect((await client.consents.decide(question)).decision).to.equal("NotYetValid");
      expect(steps()).to.have.length(1);
    });

    const unable: [what: string, answer: (honest: () => Promise<unknown>) => Promise<unknown>][] = [
      ["refuses a call without recipient", () => Promise.reject(new Error("invalid transaction: no recipient"))],
      ["reverts it", () => Promise.reject(Object.assign(new Error("execution reverted"), { code: 3, data: "0x" }))],
      ["returns nothing", () => Promise.resolve("0x")],
      ["returns a word too few", async (honest) => String(await honest()).slice(0, -64)],
      ["returns a word too many", async (honest) => `${String(await honest())}${"0".repeat(64)}`],
      ["returns half of the last word", async (honest) => String(await honest()).slice(0, -32)],
      ["returns no bytes", () => Promise.resolve({})],
    ];
    for (const [what, lens] of unable) {
      it(`for good, where the node ${what}`, async () => {
        const { client, question, answer, steps } = await refusing();
        answer((method, params, honest) => (isLens(method, params) ? lens(honest) : honest()));
        expect((await client.consents.decide(question)).decision).to.equal("Revoked");
        expect(steps()).to.have.length(2);
        expect((await client.consents.decide(question)).decision).to.equal("Revoked");
        expect(steps()).to.have.length(3);
      });
    }

    it("where the newest block does not hold the position yet", async () => {
      const { client, question, grantee, as, stopAt } = await laggingNode();
      const granted = await as.patient.consents.grant({ ...LABS, grantee });
      const revoked = await as.patient.consents.revoke({ grantee });
      stopAt(granted.blockNumber);
      expect((await client.consents.decide(question)).decision).to.equal("Permit");
      await expectError(client.consents.decide(question, { atLeast: revoked }), TimeoutError);
      stopAt(undefined);
      expect((await client.consents.decide(question, { atLeast: revoked })).decision).to.equal("Revoked");
    });
  });

  it("is refused at another chain, whatever the node calls it", async () => {
    const { client, question, answer } = await laggingNode();
    answer(async (method, params, honest) => {
      const result = await honest();
      return isLens(method, params) ? withWord(result, 0, 1n) : result;
    });
    await expectError(client.consents.decide(question), WrongChainError, { expected: 31337, actual: 1 });
  });

  it("does not ask a node again that is down", async () => {
    const { client, question, answer, asked } = await laggingNode();
    let inSteps = 0;
    answer((method, params) => {
      if (method === "eth_call" && !isLens(method, params)) inSteps++;
      return Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    });
    await expectError(client.consents.decide(question), NetworkError);
    expect(inSteps).to.equal(0);
    answer(undefined);
    asked.length = 0;
    await client.consents.decide(question);
    expect(
      asked.filter((method) => method === "eth_call"),
      "one that is back is asked in one message",
    ).to.have.length(1);
  });

  it("says of records what the steps say", async () => {
    const { as, record, signers } = await fixtures.recorded();
    await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address, until: "2098-12-31" });
    await networkHelpers.mine();
    const { blockNumber } = await as.patient.consents.revoke({ grantee: signers.researcher.address });
    const at = await ethers.provider.getBlockNumber();
    expect(at).to.equal(blockNumber);
    for (const name of ["hospital", "researcher", "stranger", "patient", "clinic"] as const) {
      const asked = { grantee: signers[name].address, record, purpose: "TREAT" } as const;
      const seen = await as.hospital.records.decide(asked);
      const { historical, permitted, ...inSteps } = await as.hospital.records.decide(asked, { at });
      expect({ ...seen, historical: true }, name).to.deep.include({ ...inSteps, historical });
      expect(permitted).to.equal(false);
    }
  });
});
