import {
  type Client,
  ConsentryError,
  type Eip1193Wallet,
  NetworkError,
  OutOfGasError,
  RateLimitedError,
  TimeoutError,
  TransactionReplacedError,
  UnknownOutcomeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { FallbackProvider, type JsonRpcProvider, type TransactionRequest, Wallet } from "ethers";
import { expectError, LABS } from "../setup.js";
import { expectNoUnhandledRejection, type Fault, honest, lineTo, on, times } from "./line.js";
import { failureOf, faultyNode, providerTo } from "./world.js";

const GRANTEE = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
/** A transaction that waits to be mined. */
interface Pooled {
  hash: string;
  nonce: string;
  to: string;
  input: string;
}

const SEND = "eth_sendRawTransaction";

describe("a write, when something is wrong", function () {
  this.timeout(60_000);

  const world = faultyNode();
  expectNoUnhandledRejection();
  let until = 4_000_000_000;
  /** Each says something new. */
  const grant = (client: Client) => client.consents.grant({ ...LABS, grantee: GRANTEE, until: until++ });

  const answerLost: Fault = async ({ ask, drop }) => {
    await ask();
    drop();
  };
  /** The node has done it, but this is answered. */
  const answered = (...answer: [text: string, status?: number]): Fault => {
    return async ({ ask, reply }) => {
      await ask();
      reply(...answer);
    };
  };
  const silence: Fault = () => undefined;

  for (const [what, fault] of [
    ["its answer is lost", times(1, answerLost)],
    ["the connection is closed before it arrives", times(1, ({ drop }) => drop())],
    ["the gateway gives up, after it has passed it on", times(1, answered("<html>", 502))],
    ["its answer is cut off", times(1, async ({ ask, drop }) => drop((await ask()).slice(0, 20)))],
    ["its answer is of another site", times(1, answered("<html>welcome</html>"))],
    ["its answer is empty", times(1, answered(""))],
    [
      "its answer is the hash of something else",
      times(1, async ({ ask, reply, ids }) => {
        await ask();
        reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: `0x${"1".repeat(64)}` }));
      }),
    ],
    [
      "its answer is no hash",
      times(1, async ({ ask, reply, ids }) => {
        await ask();
        reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: "ok" }));
      }),
    ],
    ["there were too many requests", times(2, ({ reply }) => reply("slow down", 429))],
    [
      "there were too many requests, and the node says how long",
      times(1, ({ reply }) => reply("", 429, { "retry-after": "0" })),
    ],
    [
      "there were too many requests, as JSON-RPC says it",
      times(1, ({ reply, ids }) => {
        reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], error: { code: -32005, message: "limit exceeded" } }));
      }),
    ],
  ] as [string, Fault][]) {
    it(`is done once, though ${what}`, async () => {
      const client = await world.open({ answerTimeout: 3_000 });
      const before = await world.mined();
      world.line.fail(on(SEND, fault));
      const { events } = await grant(client);
      expect(events).to.have.length(1);
      expect((await world.mined()) - before).to.equal(1);
    });
  }

  it("tells its hash, if it is not known whether it arrived; it had", async () => {
    const client = await world.open();
    const before = await world.mined();
    const lost = on("eth_getTransactionByHash", ({ drop }) => drop());
    world.line.fail((exchange) => (exchange.methods.includes(SEND) ? answerLost : lost)(exchange));
    // The bytes that were taken are refused when they come again, which tells nothing.
    const error = (await failureOf(grant(client))) as UnknownOutcomeError;
    expect(error).to.be.instanceOf(UnknownOutcomeError);
    expect(error.hash).to.match(/^0x[0-9a-f]{64}$/);
    world.line.fail();
    const { hash } = await client.wait(error.hash!);
    expect(hash).to.equal(error.hash);
    expect((await world.mined()) - before).to.equal(1);
    await grant(client);
    expect((await world.mined()) - before).to.equal(2);
  });

  it("tells its hash, if it is not known whether it arrived; it had not, and never does", async () => {
    const client = await world.open({ miningTimeout: 300 });
    const before = await world.mined();
    world.line.fail(on(SEND, silence));
    const error = (await failureOf(grant(client))) as UnknownOutcomeError;
    expect(error).to.be.instanceOf(UnknownOutcomeError);
    world.line.fail();
    await expectError(client.wait(error.hash!), TimeoutError, { hash: error.hash });
    await grant(client);
    expect((await world.mined()) - before).to.equal(1);
    await expectError(client.wait(error.hash!), TimeoutError, { hash: error.hash });
  });

  it("does not keep later ones from being done, whatever becomes of it", async () => {
    const client = await world.open();
    const before = await world.mined();
    world.line.fail(on(SEND, times(1, silence)));
    const outcomes = await Promise.allSettled([
      grant(client),
      client.consents.revoke({ grantee: GRANTEE }),
      grant(client),
    ]);
    const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as Error] : []));
    expect(failures).to.have.length(1);
    expect(failures[0]).to.be.instanceOf(UnknownOutcomeError);
    expect((await world.mined()) - before).to.equal(2);
  });

  for (const [what, fault, type] of [
    ["the node is down", ({ drop }) => drop(), NetworkError],
    ["the node is silent", silence, TimeoutError],
  ] as [string, Fault, typeof ConsentryError][]) {
    it(`is not sent, and says so, if ${what} before that`, async () => {
      const client = await world.open();
      const before = await world.mined();
      for (const method of ["eth_chainId", "eth_estimateGas", "eth_getTransactionCount"]) {
        world.line.fail(on(method, fault));
        await expectError(grant(client), type);
      }
      world.line.fail();
      expect((await world.mined()) - before).to.equal(0);
      expect(world.line.asked).not.to.include(SEND);
    });
  }

  it("is not sent while there are too many requests, and says so", async () => {
    const client = await world.open();
    const before = await world.mined();
    world.line.fail(on(SEND, ({ reply }) => reply("", 429, { "retry-after": "3600" })));
    await expectError(grant(client), RateLimitedError, { retryAfter: 3_600_000 });
    world.line.fail();
    await grant(client);
    expect((await world.mined()) - before).to.equal(1);
  });

  it("is not sent to a node that has gone, and says so", async () => {
    const line = await lineTo(() => world.anvil.url);
    const provider = providerTo(line.url);
    class Slow extends Wallet {
      override async signTransaction(transaction: TransactionRequest): Promise<string> {
        await line.close();
        await new Promise((resolve) => setTimeout(resolve, 100)); // until the closed connection is seen
        return super.signTransaction(transaction);
      }
    }
    const client = await world.open({ runner: new Slow(world.patient.privateKey, provider) });
    const before = await world.mined();
    await expectError(grant(client), NetworkError);
    provider.destroy();
    expect((await world.mined()) - before).to.equal(0);
  });

  it("is done once over several nodes, of which the first took it and did not say so", async () => {
    const urls = [world.line.url, world.anvil.url];
    const nodes = urls.map(providerTo).map((provider, i) => ({
      provider,
      priority: i,
      weight: 1,
      stallTimeout: 100,
    }));
    const several = new FallbackProvider(nodes, 31337, { quorum: 1 });
    const client = await world.open({ runner: world.patient.connect(several) });
    const before = await world.mined();
    world.line.fail(on(SEND, answerLost));
    const { events } = await grant(client);
    expect([events.length, (await world.mined()) - before]).to.deep.equal([1, 1]);
    await several.destroy();
  });

  it("goes on with the next of several nodes when the first goes down", async () => {
    const line = await lineTo(() => world.anvil.url);
    const nodes = [line.url, world.anvil.url].map((url, i) => ({
      provider: providerTo(url),
      priority: i + 1,
      weight: 1,
    }));
    const several = new FallbackProvider(nodes, 31337, { quorum: 1, cacheTimeout: -1 });
    const client = await world.open({ runner: world.patient.connect(several) });
    await grant(client);
    await line.close();
    const before = await world.mined();
    const { events } = await grant(client);
    expect([events.length, (await world.mined()) - before]).to.deep.equal([1, 1]);
    await several.destroy();
  });

  describe("by a wallet", () => {
    /** A wallet whose account the node has, and what it does in place of sending. */
    const walletOf = (send: (honest: (changes?: object) => Promise<unknown>) => Promise<unknown>): Eip1193Wallet => ({
      request({ method, params }) {
        if (method === "eth_requestAccounts") return Promise.resolve([world.patient.address]);
        if (method !== "eth_sendTransaction")
          return world.anvil.rpc(method, ...((params as unknown[] | undefined) ?? []));
        const [transaction] = params as [object];
        return send((changes) => world.anvil.rpc(method, { ...transaction, ...changes }));
      },
    });

    it("that never answers does not block the next one, and is told to be unknown", async () => {
      let first = true;
      const client = await world.open({
        runner: walletOf((honest) => {
          if (!first) return honest();
          first = false;
          return new Promise(() => undefined);
        }),
      });
      const before = await world.mined();
      const outcomes = await Promise.allSettled([grant(client), grant(client)]);
      const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as Error] : []));
      expect(failures).to.have.length(1);
      await expectError(Promise.reject(failures[0]!), UnknownOutcomeError, { hash: undefined });
      expect((await world.mined()) - before).to.equal(1);
    });

    for (const garbage of ["0x12", "ok", null, undefined, {}, ["0x"], 7, ""]) {
      it(`that answers ${JSON.stringify(garbage)} is told to be unknown at once`, async () => {
        let sent = 0;
        const runner = walletOf(() => (sent++, Promise.resolve(garbage)));
        const client = await world.open({ runner, miningTimeout: 2 ** 31 - 1 });
        await expectError(grant(client), UnknownOutcomeError, { hash: undefined });
        expect(sent).to.equal(1);
      });
    }

    it("that loses the connection is told to be unknown, and asked once", async () => {
      let sent = 0;
      const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
      const runner = walletOf(async (honest) => (sent++, await honest(), Promise.reject(reset)));
      const client = await world.open({ runner });
      const before = await world.mined();
      await expectError(grant(client), UnknownOutcomeError, { hash: undefined });
      expect([sent, (await world.mined()) - before]).to.deep.equal([1, 1]);
    });

    it("that lowers the gas is told to have run out of it", async () => {
      const client = await world.open({ runner: walletOf((honest) => honest({ gas: "0x7530" })) });
      const error = (await failureOf(grant(client))) as OutOfGasError;
      expect(error).to.be.instanceOf(OutOfGasError);
      expect(error.hash).to.match(/^0x[0-9a-f]{64}$/);
    });
  });

  describe("on a chain that makes no blocks", () => {
    beforeEach(() => world.anvil.rpc("evm_setAutomine", false));
    afterEach(async () => {
      await world.anvil.rpc("anvil_dropAllTransactions");
      await world.anvil.rpc("evm_setAutomine", true);
    });

    /** Waits until the pool has a transaction, and returns it. */
    const pooled = async (): Promise<Pooled> => {
      for (;;) {
        const { pending } = (await world.anvil.rpc("txpool_content")) as {
          pending: Record<string, Record<string, Pooled>>;
        };
        const [found] = Object.values(pending).flatMap((each) => Object.values(each));
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    let direct: JsonRpcProvider;
    before(() => (direct = providerTo(world.anvil.url)));
    after(() => direct.destroy());
    const replace = async (changes: object): Promise<string> => {
      const { nonce, to, input } = await pooled();
      const fees = { maxFeePerGas: 50_000_000_000n, maxPriorityFeePerGas: 20_000_000_000n, gasLimit: 400_000n };
      const { hash } = await world.patient
        .connect(direct)
        .sendTransaction({ nonce: Number(nonce), to, data: input, ...fees, ...changes });
      // Seen by the client before it was replaced.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await world.anvil.rpc("evm_mine");
      return hash;
    };

    it("is told to be stuck, with its hash, and can be waited for on", async () => {
      const client = await world.open({ miningTimeout: 300 });
      const error = (await failureOf(grant(client))) as TimeoutError;
      expect(error).to.be.instanceOf(TimeoutError);
      await expectError(client.wait(error.hash!), TimeoutError, { hash: error.hash });
      await world.anvil.rpc("evm_mine");
      const position = await client.wait(error.hash!);
      expect(position.hash).to.equal(error.hash);
      const question = {
        patient: world.patient.address,
        grantee: GRANTEE,
        categories: ["LABS"],
        purpose: "TREAT",
      } as const;
      const decision = await client.consents.decide(question, { atLeast: position });
      expect(decision).to.include({ permitted: true, blockNumber: position.blockNumber });
    });

    it("is told to be replaced, if it was cancelled", async () => {
      const client = await world.open();
      const sending = failureOf(grant(client));
      const { hash } = await pooled();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const replacement = await replace({ to: world.patient.address, data: "0x" });
      await expectError(
        sending.then((error) => Promise.reject(error as Error)),
        TransactionReplacedError,
        { hash, replacement },
      );
    });

    it("is done by what took its place, if that does the same", async () => {
      const client = await world.open();
      const sending = grant(client);
      await pooled();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const replacement = await replace({});
      const { hash, events } = await sending;
      expect([hash, events.length]).to.deep.equal([replacement, 1]);
    });

    it("takes the nonce of one that was dropped", async () => {
      const client = await world.open({ miningTimeout: 300 });
      const before = await world.mined();
      const { hash } = (await failureOf(grant(client))) as TimeoutError;
      await world.anvil.rpc("anvil_dropTransaction", hash);
      await world.anvil.rpc("evm_setAutomine", true);
      await grant(client);
      expect((await world.mined()) - before).to.equal(1);
    });
  });

  it("takes no nonce twice, though a node lags that is asked for it", async () => {
    const client = await world.open({ patience: 5_000 });
    await grant(client);
    const count = await world.mined();
    const stale: Fault = ({ reply, ids }) => {
      reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: `0x${(count - 1).toString(16)}` }));
    };
    world.line.fail(on("eth_getTransactionCount", stale));
    for (let i = 0; i < 3; i++) await grant(client);
    expect((await world.mined()) - count).to.equal(3);
  });

  it("is not sent by a node that does not know what was mined before it, and is not taken for it", async () => {
    const client = await world.open();
    const terms = { ...LABS, grantee: GRANTEE, until: until++ };
    await client.consents.revoke({ grantee: GRANTEE });
    await client.consents.grant(terms);
    const count = await world.mined();
    const stale: Fault = ({ methods, reply, ids }) => {
      const [result] = methods.map((method) =>
        method === "eth_getTransactionCount" ? `0x${(count - 2).toString(16)}` : null,
      );
      reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result }));
    };
    world.line.asked.length = 0;
    const unknown = ["eth_getTransactionCount", "eth_getTransactionByHash", "eth_getTransactionReceipt"];
    world.line.fail((exchange) =>
      (unknown.some((method) => exchange.methods.includes(method)) ? stale : honest)(exchange),
    );
    await expectError(client.consents.revoke({ grantee: GRANTEE }), TimeoutError, { hash: undefined });
    expect(world.line.asked).not.to.include(SEND);
    world.line.fail();
    await client.consents.revoke({ grantee: GRANTEE });
    expect((await world.mined()) - count).to.equal(1);
  });

  it("goes on where the chain went another way", async () => {
    const client = await world.open();
    const snapshot = await world.anvil.rpc("evm_snapshot");
    await grant(client);
    await world.anvil.rpc("evm_revert", snapshot);
    await world.anvil.rpc("evm_mine");
    const before = await world.mined();
    await grant(client);
    expect((await world.mined()) - before).to.equal(1);
  });

  it("has gas enough, though its trial changed nothing, because it was made within the same second", async () => {
    const client = await world.open();
    const grants = ["TREAT", "HRESCH", "HPAYMT", "HOPERAT"].flatMap((purpose) =>
      [1, 2, 3, 4].map((i) => ({
        ...LABS,
        purposes: [purpose],
        grantee: new Wallet(`0x${String(i).repeat(64)}`).address,
      })),
    );
    const { blockNumber } = await client.consents.grant({ grants });
    const { timestamp } = (await world.provider.getBlock(blockNumber))!;
    // The trial is made at the time of the newest block, the transaction is mined later.
    await world.anvil.rpc("anvil_setBlockTimestampInterval", 0);
    world.line.fail(
      on(SEND, async (exchange) => {
        await world.anvil.rpc("anvil_removeBlockTimestampInterval");
        await world.anvil.rpc("evm_setNextBlockTimestamp", timestamp + 10);
        await honest(exchange);
      }),
    );
    const { events } = await client.consents.grant({ grants });
    expect(events).to.have.length(grants.length);
  });
});
