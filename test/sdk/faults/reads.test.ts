import { createServer } from "node:net";
import {
  type ConnectParams,
  type ConsentryError,
  NetworkError,
  RateLimitedError,
  UnreadableAnswerError,
} from "@consentry/sdk";
import { expect } from "chai";
import { expectError, LABS } from "../setup.js";
import { endingSignals, watching } from "../logs/watching.js";
import { expectNoUnhandledRejection, type Fault, on, times } from "./line.js";
import { faultyNode } from "./world.js";

const GRANTEE = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

describe("a read, when something is wrong", function () {
  this.timeout(30_000);

  const world = faultyNode();
  const endingSignal = endingSignals();
  expectNoUnhandledRejection();
  const question = () =>
    ({ patient: world.patient.address, grantee: GRANTEE, categories: ["LABS"], purpose: "TREAT" }) as const;
  const open = async (params?: Partial<ConnectParams>) => {
    const client = await world.open(params);
    world.line.asked.length = 0;
    return client;
  };
  const count = (method: string) => world.line.asked.filter((each) => each === method).length;

  it("is asked once more where the connection was lost, and no more than that", async () => {
    const client = await open();
    world.line.fail(
      on(
        "eth_call",
        times(1, ({ drop }) => drop()),
      ),
    );
    expect((await client.consents.decide(question())).decision).to.equal("NoConsent");
    expect(count("eth_call")).to.equal(2);
    world.line.asked.length = 0;
    world.line.fail(on("eth_call", ({ drop }) => drop()));
    await expectError(client.consents.decide(question()), NetworkError);
    expect(count("eth_call")).to.equal(2);
  });

  for (const [what, fault] of [
    ["over HTTP", ({ reply }) => reply("slow down", 429)],
    ["over HTTP, with a time", ({ reply }) => reply("slow down", 429, { "retry-after": "1" })],
    [
      "over HTTP, with a date",
      ({ reply }) => reply("", 429, { "retry-after": new Date(Date.now() + 500).toUTCString() }),
    ],
    [
      "in JSON-RPC",
      ({ reply, ids }) => {
        reply(
          JSON.stringify({
            jsonrpc: "2.0",
            id: ids[0],
            error: { code: 429, message: "exceeded its compute units per second capacity" },
          }),
        );
      },
    ],
  ] as [string, Fault][]) {
    it(`is asked again where there were too many requests, ${what}`, async () => {
      const client = await open({ answerTimeout: 10_000 });
      world.line.fail(on("eth_call", times(2, fault)));
      expect((await client.consents.decide(question())).decision).to.equal("NoConsent");
      expect(count("eth_call")).to.equal(3);
    });
  }

  it("is asked again no longer than an answer may take", async () => {
    const client = await open({ answerTimeout: 1_000 });
    world.line.fail(on("eth_call", ({ reply }) => reply("", 429)));
    await expectError(client.consents.decide(question()), RateLimitedError, { retryAfter: undefined });
    expect(count("eth_call")).to.be.within(2, 4);
    world.line.asked.length = 0;
    world.line.fail(on("eth_call", ({ reply }) => reply("", 429, { "retry-after": "60" })));
    await expectError(client.consents.decide(question()), RateLimitedError, { retryAfter: 60_000 });
    expect(count("eth_call")).to.equal(1);
  });

  it("of the log is no smaller where there were too many requests", async () => {
    const client = await open({ answerTimeout: 5_000 });
    await client.consents.grant({ ...LABS, grantee: GRANTEE });
    world.line.asked.length = 0;
    world.line.fail(
      on(
        "eth_getLogs",
        times(1, ({ reply }) => reply("", 429)),
      ),
    );
    expect(await client.consents.history({ patient: world.patient.address })).to.have.length(1);
    expect(count("eth_getLogs")).to.equal(2);
  });

  it("of the log ends with an error when the node goes away, and goes on from its cursor", async () => {
    const client = await open();
    const { patient } = world;
    await client.consents.revokeAll();
    const all = await client.consents.history({ patient: patient.address });
    const history = client.consents.history({ patient: patient.address });
    world.line.fail(({ drop }) => drop());
    await expectError(history.all(), NetworkError);
    world.line.fail();
    expect(await history.all()).to.deep.equal(all);
  });

  for (const [what, fault] of [
    ["closes connections", ({ drop }) => drop()],
    ["does not answer", () => undefined],
    ["answers a page", ({ reply }) => reply("<html>")],
    ["gets too many requests", ({ reply }) => reply("", 429, { "retry-after": "60" })],
    ["answers nonsense", ({ reply, ids }) => reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: "?" }))],
  ] as [string, Fault][]) {
    it(`a watch goes on, and loses nothing, while the node ${what}`, async () => {
      const client = await open();
      const failures: ConsentryError[] = [];
      const options = { interval: 5, signal: endingSignal(), onError: (error: ConsentryError) => failures.push(error) };
      const { told, until } = watching(client.consents.watch({ patient: world.patient.address }, options));
      await client.consents.revokeAll();
      await until(1);
      world.line.fail(fault);
      while (failures.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      world.line.fail();
      const { events } = await client.consents.grant({ ...LABS, grantee: GRANTEE });
      await until(2);
      expect(told.map(({ type }) => type)).to.deep.equal(["AllRevoked", "ConsentGranted"]);
      expect(told[1]).to.include({ transaction: events[0]!.transaction, removed: false });
    });
  }

  it("ends, though what answers is no HTTP server", async () => {
    const server = createServer((socket) => socket.on("error", () => undefined).end("SSH-2.0-x\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const opened = world.open({ runner: `http://127.0.0.1:${port}` });
    await expectError(opened, UnreadableAnswerError).finally(() => server.close());
  });
});
