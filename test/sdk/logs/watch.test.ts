import {
  connect,
  type ConsentEvent,
  type ConsentryError,
  InvalidAddressError,
  InvalidParameterError,
  NetworkError,
  ReorganisedError,
  type Watch,
  type WatchOptions,
  WrongChainError,
} from "@consentry/sdk";
import { expect } from "chai";
import { forgetWrites } from "../../../sdk/dist/client.js";
import { ethers, expectError, fixtures, LABS, networkHelpers } from "../setup.js";
import { laggingNode } from "../reads/node.js";
import { endingSignals, watching } from "./watching.js";

const QUICK = { interval: 5 } as const;
const endingSignal = endingSignals();

/** A patient who says something in each block; a watch of it that stops with the test. */
async function watched(params: object = {}, options: WatchOptions = {}) {
  const world = await laggingNode();
  const { as, patient, signers } = world;
  const signal = endingSignal();
  const start = (more: WatchOptions = {}): Watch<ConsentEvent> => {
    return world.client.consents.watch({ patient, ...params }, { ...QUICK, signal, ...options, ...more });
  };
  const grantees = Object.values(signers).map(({ address }) => address);
  let count = 0;
  /** The patient says so many words more, one in each block. */
  const say = async (times = 1) => {
    const events: ConsentEvent[] = [];
    for (; times > 0; times--) {
      const grantee = grantees[count++ % 4]!;
      events.push(...(await as.patient.consents.grant({ ...LABS, grantee })).events);
    }
    return events;
  };
  /** What a client says that is not in the way of a reorganisation. */
  const reorganise = async (work: () => Promise<unknown>) => {
    const snapshot = await networkHelpers.takeSnapshot();
    await work();
    await snapshot.restore();
    Object.values(as).forEach(forgetWrites);
  };
  const all = () => world.as.stranger.consents.history({ patient });
  return { ...world, start, say, reorganise, all };
}

const typesOf = (events: readonly { type: string; removed: boolean }[]) => {
  return events.map(({ type, removed }) => (removed ? `-${type}` : type));
};

describe("consents.watch", () => {
  it("tells what happens from now on, in order, and stops when it is told to", async () => {
    const { start, say, as } = await watched();
    const abort = new AbortController();
    await say();
    const watch = start({ signal: abort.signal });
    const told = [...(await say(3)), ...(await as.patient.consents.revokeAll()).events];
    const { standing, until, ended } = watching(watch);
    told.push(...(await say(2)));
    await until(told.length);
    expect(standing()).to.deep.equal(told);
    abort.abort();
    expect(await ended).to.equal("ended");
  });

  it("ends by break, and goes on when it is iterated again", async () => {
    const { start, say } = await watched();
    const watch = start();
    const told = await say(3);
    for await (const { removed, ...event } of watch) {
      expect([removed, event]).to.deep.equal([false, told[0]]);
      break;
    }
    for await (const { removed, ...event } of watch) {
      expect([removed, event]).to.deep.equal([false, told[1]]);
      break;
    }
  });

  it("does not begin when it is stopped already", async () => {
    const { start, say } = await watched();
    const watch = start({ signal: AbortSignal.abort() });
    await say();
    for await (const event of watch) expect.fail(JSON.stringify(event));
    expect(watch.cursor).to.equal(undefined);
  });

  it("tells what happened since a block, the first one included", async () => {
    const { say, all, client, patient } = await watched();
    await say(3);
    const events = await all();
    for (const [fromBlock, expected] of [
      [0, events],
      [1, events],
      [events[1]!.blockNumber, events.slice(1)],
      [events[1]!.blockNumber + 1, events.slice(2)],
    ] as const) {
      const watch = client.consents.watch({ patient, fromBlock }, { ...QUICK, signal: endingSignal() });
      const { standing, until } = watching(watch);
      await until(expected.length);
      expect(standing()).to.deep.equal(expected);
    }
  });

  it("tells what is said to a grantee, and every revokeAll of the patient", async () => {
    const { client, patient, grantee, as, signers } = await watched();
    const watch = client.consents.watch({ patient, grantee }, { ...QUICK, signal: endingSignal() });
    const { told, until } = watching(watch);
    await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address });
    await as.patient.consents.grant({ ...LABS, grantee });
    await as.otherPatient.consents.grant({ ...LABS, grantee });
    await as.otherPatient.consents.revokeAll();
    await as.patient.consents.revokeAll();
    await until(2);
    expect(typesOf(told)).to.deep.equal(["ConsentGranted", "AllRevoked"]);
  });

  it("takes back what a reorganisation removed, the last first, and tells what came instead", async () => {
    const { start, say, reorganise, all, as } = await watched();
    const { until, standing, told } = watching(start());
    await say();
    await reorganise(async () => {
      await say(3);
      await until(4);
    });
    await as.patient.consents.revokeAll();
    await networkHelpers.mine(5);
    await until(8);
    expect(typesOf(told)).to.deep.equal([
      ...Array<string>(4).fill("ConsentGranted"),
      ...Array<string>(3).fill("-ConsentGranted"),
      "AllRevoked",
    ]);
    expect(standing()).to.deep.equal(await all());
  });

  it("takes back, once the chain has grown again, what was on a chain that is shorter now", async () => {
    const { start, say, reorganise, all } = await watched();
    const { until, told, standing } = watching(start());
    await reorganise(async () => {
      await say(3);
      await until(3);
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).to.have.length(3);
    await networkHelpers.mine(1);
    await until(6);
    expect(standing()).to.deep.equal(await all());
  });

  it("takes back what happened before it was stopped, in a watch that goes on with its cursor", async () => {
    const { start, say, reorganise, all } = await watched();
    let cursor = "";
    const first = new AbortController();
    await say();
    await reorganise(async () => {
      const watch = start({ signal: first.signal });
      await say(3);
      const { until } = watching(watch);
      await until(3);
      cursor = JSON.parse(JSON.stringify(watch.cursor)) as string;
      first.abort();
    });
    await networkHelpers.mine(2);
    await say(2);
    const told: (ConsentEvent & { removed: boolean })[] = [];
    for await (const event of start({ cursor })) if (told.push(event) === 5) break;
    expect(typesOf(told)).to.deep.equal([
      ...Array<string>(3).fill("-ConsentGranted"),
      ...Array<string>(2).fill("ConsentGranted"),
    ]);
    const expected = (await all()).slice(-2).map((event) => ({ ...event, removed: false }));
    expect(told.slice(3)).to.deep.equal(expected);
  });

  it("tells only what has so many confirmations", async () => {
    const { start, say, reorganise, all } = await watched({}, { confirmations: 2 });
    const { until, told, standing } = watching(start());
    await reorganise(() => say(2));
    await say(2);
    await networkHelpers.mine(1);
    await until(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).to.have.length(1);
    await networkHelpers.mine(1);
    await until(2);
    expect(standing()).to.deep.equal(await all());
    expect(typesOf(told)).to.deep.equal(["ConsentGranted", "ConsentGranted"]);
  });

  it("goes on from the cursor after each event, in the middle of a block, too", async () => {
    const { start, say, as, signers } = await watched();
    const watch = start();
    const events = await say();
    const grantees = [signers.clinic, signers.hospital, signers.lab].map(({ address }) => address);
    const grants = grantees.map((grantee) => ({ ...LABS, grantee, purposes: ["HRESCH"] as const }));
    events.push(...(await as.patient.consents.grant({ grants })).events, ...(await say()));
    const cursors: string[] = [];
    for await (const { type } of watch) {
      expect(type).to.equal("ConsentGranted");
      cursors.push(watch.cursor!);
      if (cursors.length === events.length) break;
    }
    await say();
    for (const [i, cursor] of cursors.entries()) {
      const { until, standing } = watching(start({ cursor }));
      await until(events.length - i);
      expect(standing().slice(0, -1)).to.deep.equal(events.slice(i + 1));
    }
  });

  it("survives a node that fails for a while, and says so", async () => {
    const failures: ConsentryError[] = [];
    const { start, say, answer } = await watched({}, { onError: (error) => failures.push(error) });
    const { standing, until } = watching(start());
    const events = await say();
    await until(1);
    const down = Object.assign(new Error("down"), { code: "ECONNREFUSED" });
    answer(() => Promise.reject(down));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failures[0]).to.be.instanceOf(NetworkError);
    events.push(...(await say(2)));
    let calls = 0;
    answer((_method, _params, honest) => (++calls % 7 === 0 ? Promise.reject(down) : honest()));
    await until(2);
    answer(undefined);
    await until(3);
    expect(standing()).to.deep.equal(events);
  });

  it("begins with the block of its call where the node can't be reached at first", async () => {
    const { start, say, answer } = await watched();
    answer(() => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })));
    const { until, standing } = watching(start());
    await new Promise((resolve) => setTimeout(resolve, 30));
    answer(undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const events = await say(2);
    await until(2);
    expect(standing()).to.deep.equal(events);
  });

  it("loses nothing to a node that lags", async () => {
    const { start, say, stopAt } = await watched();
    const { until, standing } = watching(start());
    const events = await say(3);
    stopAt(events[0]!.blockNumber);
    await until(1);
    stopAt(events[0]!.blockNumber - 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    stopAt(undefined);
    await until(3);
    expect(standing()).to.deep.equal(events);
  });

  it("ends with an error where the chain was reorganised deeper than it can follow", async () => {
    const { start, say, reorganise } = await watched();
    const { until, ended, told } = watching(start());
    await reorganise(async () => {
      await networkHelpers.mine(1);
      await say();
      await networkHelpers.mine(70);
      await until(1);
      await say();
      await until(2);
    });
    await networkHelpers.mine(80);
    expect(await ended).to.be.instanceOf(ReorganisedError);
    expect(typesOf(told).slice(0, 3)).to.deep.equal(["ConsentGranted", "ConsentGranted", "-ConsentGranted"]);
  });

  it("ends with an error where the node was switched to another chain", async () => {
    const { start, answer } = await watched();
    const { ended } = watching(start());
    answer((method, _params, honest) => (method === "eth_chainId" ? Promise.resolve("0x1") : honest()));
    expect(await ended).to.be.instanceOf(WrongChainError);
  });

  const bad: [
    what: string,
    params: object,
    options: object,
    parameter: string,
    type?: abstract new (...args: never) => Error,
  ][] = [
    ["who is no patient", { patient: "x" }, {}, "patient", InvalidAddressError],
    ["who is no grantee", { grantee: "x" }, {}, "grantee", InvalidAddressError],
    ["a block that is none", { fromBlock: NaN }, {}, "fromBlock"],
    ["a misspelt parameter", { patients: "x" }, {}, "patients"],
    ["a misspelt option", {}, { confirmation: 3 }, "options.confirmation"],
    ["half a confirmation", {}, { confirmations: 0.5 }, "confirmations"],
    ["no interval", {}, { interval: 0 }, "interval"],
    ["what is no signal", {}, { signal: {} }, "signal"],
    ["what is no cursor", {}, { cursor: "17-0x12" }, "cursor"],
    ["an empty cursor", {}, { cursor: "[]" }, "cursor"],
    ["a cursor without a hash", {}, { cursor: "[[17]]" }, "cursor"],
  ];
  for (const [what, params, options, parameter, type = InvalidParameterError] of bad) {
    it(`refuses ${what} at once`, async () => {
      const { client, patient } = await laggingNode();
      const start = () => client.consents.watch({ patient, ...params }, options);
      await expectError(Promise.resolve().then(start), type, { parameter });
    });
  }
});

describe("audit.watch", () => {
  it("tells each access with its time, from a node that does not put times into its logs, too", async () => {
    const { as, signers, deployment, record } = await fixtures.recorded();
    const patient = signers.patient.address;
    const send = async (method: string, params: unknown[] = []): Promise<unknown> => {
      const answer: unknown = await ethers.provider.send(method, params);
      if (method !== "eth_getLogs") return answer;
      return (answer as object[]).map((log) => ({ ...log, blockTimestamp: undefined }));
    };
    const plain = await connect({ runner: { send } as never, deployment });
    const options = { ...QUICK, signal: endingSignal() };
    const watchers = [as.stranger, plain].map(({ audit }) => watching(audit.watch({ patient }, options)));
    await as.clinic.audit.access({ record, purpose: "TREAT" });
    const snapshot = await networkHelpers.takeSnapshot();
    await as.hospital.audit.access({ record, purpose: "TREAT" });
    await Promise.all(watchers.map(({ until }) => until(2)));
    expect(watchers[1]!.standing()).to.deep.equal(await as.stranger.audit.history({ patient }));
    await snapshot.restore();
    await networkHelpers.mine(3);
    await Promise.all(watchers.map(({ until }) => until(3)));
    for (const { told, standing } of watchers) {
      expect(standing()).to.deep.equal(await as.otherPatient.audit.history({ patient }));
      expect(told.at(-1)).to.deep.include({ removed: true, decision: "NoConsent" });
    }
  });
});
