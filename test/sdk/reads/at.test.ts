import {
  type Client,
  connect,
  type ConsentryError,
  InvalidDateError,
  InvalidParameterError,
  type ReadOptions,
  ReorganisedError,
  RpcError,
  TimeoutError,
  WrongChainError,
} from "@consentry/sdk";
import { expect } from "chai";
import { Transaction } from "ethers";
import { connection, ethers, expectError, fixtures, LABS, networkHelpers } from "../setup.js";
import { laggingNode } from "./node.js";

const HASH = `0x${"1".repeat(64)}`;

/** A consent of some seconds ago that was withdrawn since, with the positions of both. */
async function withdrawn() {
  const world = await fixtures.recorded();
  const { as, signers } = world;
  const [patient, grantee] = [signers.patient.address, signers.hospital.address];
  const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const granted = await as.patient.consents.grant({ ...LABS, grantee });
  await networkHelpers.time.increase(3_600);
  const revoked = await as.patient.consents.revoke({ grantee });
  return { ...world, patient, grantee, question, granted, revoked };
}

const timeOf = async (block: number) => (await ethers.provider.getBlock(block))!.timestamp;

describe("a read at", () => {
  it("a block of the past tells what was decided then, and permits nothing now", async () => {
    const { as, question, granted, record } = await withdrawn();
    const at = granted.blockNumber;
    const past = { permitted: false, decision: "Permit", historical: true, blockNumber: at };
    expect(await as.hospital.consents.decide(question, { at })).to.include(past);
    expect((await as.hospital.consents.decideMany([question], { at }))[0]).to.include(past);
    const asked = { grantee: question.grantee, record, purpose: "TREAT" } as const;
    expect(await as.hospital.records.decide(asked, { at })).to.include(past);
    expect(await as.hospital.consents.decide(question, { at: at - 1 })).to.include({ decision: "NoConsent" });
    expect(await as.hospital.consents.decide(question)).to.include({ decision: "Revoked", historical: false });
  });

  it("a block of the past shows everything as it was", async () => {
    const { as, patient, grantee, granted, record, signers } = await withdrawn();
    const at = granted.blockNumber;
    await as.clinic.records.erase({ record });
    await as.accreditor.providers.suspend({ provider: signers.clinic.address });
    const live = await as.patient.consents.list({ patient, grantee, state: "live" }, { at });
    expect(live).to.have.length(1);
    expect(await as.patient.consents.list({ patient, grantee, state: "live" })).to.deep.equal([]);
    expect((await as.patient.records.get(record, { at })).status).to.equal("registered");
    expect((await as.patient.records.get(record)).status).to.equal("erased");
    expect(await as.patient.records.list({ patient }, { at })).to.have.length(1);
    expect(await as.patient.records.list({ patient })).to.deep.equal([]);
    expect((await as.patient.providers.get(signers.clinic.address, { at })).active).to.equal(true);
    expect((await as.patient.providers.get(signers.clinic.address)).active).to.equal(false);
  });

  it("a time is of the last block at or before it", async () => {
    const { as, question, granted, revoked } = await withdrawn();
    const [from, to] = [await timeOf(granted.blockNumber), await timeOf(revoked.blockNumber)];
    for (const [time, blockNumber, decision] of [
      [from * 1000 - 1, granted.blockNumber - 1, "NoConsent"],
      [from * 1000, granted.blockNumber, "Permit"],
      [(from + 3_600) * 1000 - 1, granted.blockNumber, "Permit"],
      [to * 1000, revoked.blockNumber, "Revoked"],
      [to * 1000 + 3_600_000, revoked.blockNumber, "Revoked"],
    ] as const) {
      const answer = await as.hospital.consents.decide(question, { at: new Date(time) });
      expect(answer, String(time)).to.include({ permitted: false, historical: true, decision, blockNumber });
    }
  });

  it("every time finds the block that a walk over all blocks finds", async () => {
    const { as, signers } = await fixtures.deployed();
    for (const seconds of [1, 1, 60, 1, 3_600, 5]) {
      await networkHelpers.time.increase(seconds);
      await as.patient.consents.revokeAll();
    }
    const head = await ethers.provider.getBlockNumber();
    const times = await Promise.all(Array.from({ length: head + 1 }, (_, number) => timeOf(number)));
    const question = { patient: signers.patient.address, grantee: signers.clinic.address, purpose: "TREAT" } as const;
    for (const time of new Set(times.slice(-12).flatMap((each) => [each - 1, each, each + 1]))) {
      const at = new Date(time * 1000);
      const { blockNumber } = await as.clinic.consents.decide({ ...question, categories: ["LABS"] }, { at });
      expect(blockNumber, String(time)).to.equal(times.findLastIndex((each) => each <= time));
    }
  });

  it("a time within the last block's knows what had ended by then", async () => {
    const { as, signers } = await fixtures.accredited();
    const grantee = signers.hospital.address;
    const question = { patient: signers.patient.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
    await networkHelpers.mine();
    const until = (await networkHelpers.time.latest()) + 600;
    await as.patient.consents.grant({ ...LABS, grantee, until });
    const decisionAt = async (at: ReadOptions["at"]) => (await as.hospital.consents.decide(question, { at })).decision;
    expect(await decisionAt(new Date(until * 1000 - 1))).to.equal("Permit");
    expect(await decisionAt(new Date(until * 1000))).to.equal("Expired");
    expect(await decisionAt(await ethers.provider.getBlockNumber())).to.equal("Permit");
  });

  it("the newest, safe or final block is of the present", async () => {
    const { as, patient, grantee, question } = await withdrawn();
    await as.patient.consents.grant({ ...LABS, grantee });
    for (const at of ["latest", "safe", "finalized"] as const) {
      expect(await as.hospital.consents.decide(question, { at })).to.include({ permitted: true, historical: false });
      expect(await as.hospital.consents.list({ patient, state: "live" }, { at })).to.have.length(2);
    }
  });

  it("what a node does not know to be final is an error", async () => {
    const { client, question, answer } = await laggingNode();
    answer((method, params, honest) =>
      method === "eth_getBlockByNumber" && params[0] === "finalized" ? Promise.resolve(null) : honest(),
    );
    await expectError(client.consents.decide(question, { at: "finalized" }), RpcError, {
      details: "The node has no block that is finalized.",
    });
  });

  it("a time before the deployment is an error", async () => {
    const { as, question, deployment } = await withdrawn();
    const at = new Date((await timeOf(0)) * 1000 - 1);
    await expectError(as.hospital.consents.decide(question, { at }), InvalidDateError, { parameter: "at" });
    const fromBlock = (await ethers.provider.getBlockNumber()) - 1;
    const late = await connect({ runner: ethers.provider, deployment: { ...deployment, fromBlock } });
    const before = new Date((await timeOf(fromBlock)) * 1000 - 1);
    await expectError(late.consents.decide(question, { at: before }), InvalidDateError, { parameter: "at" });
  });

  it("a block that does not come is waited for in vain", async () => {
    const { client, question } = await laggingNode();
    const at = (await ethers.provider.getBlockNumber()) + 1;
    await expectError(client.consents.decide(question, { at }), TimeoutError, {
      details: `The node has not reached block ${at}.`,
    });
  });

  const bad: [what: string, options: object, type: abstract new (...args: never) => Error, parameter: string][] = [
    ["a tag that is none", { at: "pending" }, InvalidParameterError, "at"],
    ["a date as a text", { at: "2026-01-01" }, InvalidParameterError, "at"],
    ["a block below zero", { at: -1 }, InvalidParameterError, "at"],
    ["half a block", { at: 1.5 }, InvalidParameterError, "at"],
    ["a Date that is none", { at: new Date(NaN) }, InvalidDateError, "at"],
    ["a position without a hash", { atLeast: { blockNumber: 1 } }, InvalidParameterError, "atLeast.blockHash"],
    ["a position without a number", { atLeast: { blockHash: HASH } }, InvalidParameterError, "atLeast.blockNumber"],
    ["no position", { atLeast: null }, InvalidParameterError, "atLeast.blockNumber"],
    [
      "a block before the position",
      { at: 1, atLeast: { blockNumber: 2, blockHash: HASH } },
      InvalidParameterError,
      "at",
    ],
    ["a misspelt option", { atleast: { blockNumber: 1, blockHash: HASH } }, InvalidParameterError, "options.atleast"],
  ];
  for (const [what, options, type, parameter] of bad) {
    it(`refuses ${what}, in every read`, async () => {
      const { as, question, patient, grantee, record } = await withdrawn();
      const { consents, records, providers, audit } = as.hospital;
      const reads: Promise<unknown>[] = [
        consents.decide(question, options),
        consents.decideMany([question], options),
        consents.list({ patient }, options),
        consents.history({ patient }, options).all(),
        records.decide({ grantee, record, purpose: "TREAT" }, options),
        records.get(record, options),
        records.list({ patient }, options),
        providers.get(grantee, options),
        audit.history({ patient }, options).all(),
      ];
      for (const read of reads) await expectError(read, type, { parameter });
    });
  }

  it("is not hindered by a patience that is none", async () => {
    const { deployment } = await fixtures.deployed();
    for (const patience of [-1, NaN, Infinity, "1"]) {
      const bad = connect({ runner: ethers.provider, deployment, patience: patience as number });
      await expectError(bad, InvalidParameterError, { parameter: "patience" });
    }
  });
});

describe("a read of at least a position", () => {
  /** The node stands at the block before the revocation, and the reader knows of that only by the position. */
  async function behindRevocation() {
    const world = await laggingNode();
    const { as, grantee, stopAt } = world;
    const granted = await as.patient.consents.grant({ ...LABS, grantee });
    const revoked = await as.patient.consents.revoke({ grantee });
    stopAt(revoked.blockNumber - 1);
    return { ...world, granted, revoked };
  }

  const reads: [
    name: string,
    read: (world: Awaited<ReturnType<typeof behindRevocation>>, options: object) => Promise<unknown>,
  ][] = [
    ["decide", ({ client, question }, options) => client.consents.decide(question, options)],
    ["decideMany", ({ client, question }, options) => client.consents.decideMany([question], options)],
    ["list", ({ client, patient }, options) => client.consents.list({ patient, state: "live" }, options)],
    ["history", ({ client, patient }, options) => client.consents.history({ patient }, options).all()],
  ];
  for (const [name, read] of reads) {
    it(`waits until the node has it: ${name}`, async () => {
      const world = await behindRevocation();
      const { revoked: atLeast, stopAt } = world;
      const early = await read(world, {});
      await expectError(read(world, { atLeast }), TimeoutError, {
        details: `The node has not reached block ${atLeast.blockNumber}.`,
      });
      const waiting = read(world, { atLeast });
      setTimeout(() => {
        stopAt(undefined);
      }, 50);
      expect(await waiting).to.not.deep.equal(early);
      expect(await read(world, { atLeast })).to.deep.equal(await waiting);
    });
  }

  it("knows a block that another one has taken the place of", async () => {
    const { as, grantee, question } = await behindRevocation();
    const snapshot = await networkHelpers.takeSnapshot();
    const lost = await as.stranger.consents.revokeAll();
    await snapshot.restore();
    await networkHelpers.mine(2);
    const reader = as.clinic;
    await expectError(reader.consents.decide(question, { atLeast: lost }), ReorganisedError, {
      blockNumber: lost.blockNumber,
      blockHash: lost.blockHash,
      transaction: undefined,
    });
    await expectError(
      reader.consents.decide({ ...question, grantee }, { atLeast: lost, at: lost.blockNumber }),
      ReorganisedError,
    );
  });

  it("takes a block of the past if it is not before it", async () => {
    const { as, question, granted, revoked } = await behindRevocation();
    const at = revoked.blockNumber;
    const past = await as.clinic.consents.decide(question, { at, atLeast: granted });
    expect(past).to.include({ historical: true, decision: "Revoked", blockNumber: at });
  });
});

describe("what a client wrote itself", () => {
  async function revoking(more: object = {}) {
    const world = await laggingNode(more);
    const { client, grantee } = world;
    await client.consents.grant({ ...LABS, grantee });
    const revoked = await client.consents.revoke({ grantee });
    return { ...world, revoked };
  }

  const reads: [
    name: string,
    read: (client: Client, question: Parameters<Client["consents"]["decide"]>[0]) => Promise<unknown>,
  ][] = [
    ["decide", (client, question) => client.consents.decide(question)],
    ["decideMany", (client, question) => client.consents.decideMany([question])],
    ["list", (client, { patient }) => client.consents.list({ patient })],
    ["history", (client, { patient }) => client.consents.history({ patient }).all()],
    ["providers.get", (client, { grantee }) => client.providers.get(grantee)],
    ["audit.history", (client, { patient }) => client.audit.history({ patient }).all()],
    ["final decisions", (client, question) => client.consents.decide(question, { at: "finalized" })],
  ];
  for (const [name, read] of reads) {
    it(`is never missing from what it reads, however far the node lags: ${name}`, async () => {
      const { client, question, stopAt, revoked } = await revoking();
      stopAt(revoked.blockNumber - 1);
      await expectError(read(client, question), TimeoutError);
      stopAt(revoked.blockNumber);
      await read(client, question);
    });
  }

  it("is missing from the past, if that is asked for", async () => {
    const { client, question, revoked } = await revoking();
    const past = await client.consents.decide(question, { at: revoked.blockNumber - 1 });
    expect(past).to.include({ permitted: false, decision: "Permit", historical: true });
  });

  it("is seen, too, where the head is another node's than the answer", async () => {
    const { client, grantee, question, answer, stopAt } = await revoking();
    let calls = 0;
    await client.consents.grant({ ...LABS, grantee });
    const revoked = await client.consents.revoke({ grantee });
    answer((method, _params, honest) => {
      stopAt(method === "eth_call" && ++calls < 4 ? revoked.blockNumber - 1 : undefined);
      return honest();
    });
    expect((await client.consents.decide(question)).decision).to.equal("Revoked");
    answer((method, _params, honest) => {
      stopAt(method === "eth_call" ? revoked.blockNumber - 1 : undefined);
      return honest();
    });
    await expectError(client.consents.decide(question), TimeoutError);
  });

  it("is followed into another block by a reorganisation, and a permit never comes in between", async () => {
    const { client, question, grantee } = await laggingNode();
    await client.consents.grant({ ...LABS, grantee });
    const snapshot = await networkHelpers.takeSnapshot();
    const { hash, blockNumber } = await client.consents.revoke({ grantee });
    const { serialized } = Transaction.from((await ethers.provider.getTransaction(hash))!);
    await snapshot.restore();
    await networkHelpers.mine(2);
    const lost = { blockNumber, transaction: hash };
    await expectError(client.consents.decide(question), ReorganisedError, lost);
    await expectError(client.consents.decideMany([question]), ReorganisedError, lost);
    await ethers.provider.broadcastTransaction(serialized);
    expect((await client.consents.decide(question)).decision).to.equal("Revoked");
  });

  it("is all followed, of several blocks, or nothing is read", async () => {
    const { client, question, grantee } = await laggingNode();
    const snapshot = await networkHelpers.takeSnapshot();
    const writes = [await client.consents.revoke({ grantee }), await client.consents.revokeAll()];
    const sent = await Promise.all(writes.map(({ hash }) => ethers.provider.getTransaction(hash)));
    const [first, last] = sent.map((transaction) => Transaction.from(transaction!).serialized);
    await snapshot.restore();
    await networkHelpers.mine(3);
    await expectError(client.consents.decide(question), ReorganisedError, { transaction: writes[1]!.hash });
    await ethers.provider.broadcastTransaction(first!);
    await expectError(client.consents.decide(question), ReorganisedError, { transaction: writes[1]!.hash });
    await ethers.provider.broadcastTransaction(last!);
    expect((await client.consents.decide(question)).decision).to.equal("Revoked");
  });
});

describe("a node that does not understand blocks by their hashes", () => {
  for (const [what, error] of [
    ["says so", { message: "invalid argument 1: json: cannot unmarshal object into Go value", code: -32602 }],
    ["does not take them for parameters", { message: "Invalid params", code: -32602 }],
  ] as const) {
    it(`is asked by their numbers: it ${what}`, async () => {
      const { client, grantee, question, answer, asked } = await laggingNode();
      await client.consents.grant({ ...LABS, grantee });
      const calls: unknown[] = [];
      answer((method, params, honest) => {
        if (method === "eth_call") calls.push(params[1]);
        const byHash = method === "eth_call" && typeof params[1] === "object";
        return byHash ? Promise.reject(Object.assign(new Error(error.message), { code: error.code })) : honest();
      });
      expect((await client.consents.decideMany([question]))[0]?.permitted).to.equal(true);
      expect((await client.consents.decideMany([question]))[0]?.permitted).to.equal(true);
      expect(calls.map((tag) => typeof tag)).to.deep.equal(["object", "string", "string"]);
      expect(asked).to.include("eth_call");
    });
  }

  it("such as a wallet, is not even tried", async () => {
    const { signers, deployment } = await fixtures.accredited();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    const tags: unknown[] = [];
    const wallet = {
      request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
        if (method === "eth_call") tags.push((params as unknown[])[1]);
        if (method === "eth_requestAccounts") return Promise.resolve([patient]);
        return connection.provider.request({ method, params: params as unknown[] });
      },
    };
    const client = await connect({ runner: wallet, deployment });
    tags.length = 0;
    await client.consents.decideMany([{ patient, grantee, categories: ["LABS"], purpose: "TREAT" }]);
    expect(tags).to.deep.equal([`0x${(await ethers.provider.getBlockNumber()).toString(16)}`]);
  });

  const switched: [
    what: string,
    answer: (method: string, after: unknown) => unknown,
    type: abstract new (...args: never) => ConsentryError,
  ][] = [
    ["to another chain", (method, after) => (method === "eth_chainId" ? "0x1" : after), WrongChainError],
    [
      "to another block of that number",
      (method, after) => {
        return method === "eth_getBlockByNumber" ? { ...(after as object), hash: `0x${"ab".repeat(32)}` } : after;
      },
      ReorganisedError,
    ],
  ];
  for (const [what, answerAfter, type] of switched) {
    it(`such as a wallet that is switched ${what} in the middle, permits nothing`, async () => {
      const { as, signers, deployment } = await fixtures.accredited();
      const [patient, grantee] = [signers.patient.address, signers.clinic.address];
      await as.patient.consents.grant({ ...LABS, grantee });
      let [armed, isSwitched] = [false, false];
      const wallet = {
        async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
          const answer: unknown = await connection.provider.request({ method, params: params as unknown[] });
          if (isSwitched) return answerAfter(method, answer);
          isSwitched = method === "eth_call" && armed;
          return answer;
        },
      };
      const client = await connect({ runner: wallet, deployment });
      const questions = [{ patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const];
      expect((await client.consents.decideMany(questions))[0]?.permitted, "the control").to.equal(true);
      armed = true;
      await expectError(client.consents.decideMany(questions), type);
    });
  }
});
