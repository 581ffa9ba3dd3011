import {
  type Client,
  connect,
  type ConnectParams,
  ConsentryError,
  type Eip1193Wallet,
  NetworkError,
  RpcError,
  TimeoutError,
  UnexpectedTransactionError,
  WrongChainError,
  UnreadableAnswerError,
} from "@consentry/sdk";
import { expect } from "chai";
import { connection, expectError, fixtures, LABS, networkHelpers } from "./setup.js";

type Answer = (request: { method: string; params?: unknown }, honest: () => Promise<unknown>) => Promise<unknown>;

/** The patient's client through a wallet that can be made to lie, and what it is connected to. */
async function faulty(limits: Pick<ConnectParams, "signingTimeout"> = {}) {
  const world = await fixtures.accredited();
  const { signers, deployment } = world;
  let lie: Answer | undefined;
  const wallet = (account: string): Eip1193Wallet => ({
    request(request) {
      const honest = async (): Promise<unknown> =>
        request.method === "eth_requestAccounts"
          ? [account]
          : connection.provider.request(request as { method: string; params?: unknown[] });
      return lie === undefined ? honest() : lie(request, honest);
    },
  });
  const clientOf = (account: string): Promise<Client> => connect({ runner: wallet(account), deployment, ...limits });
  const [patient, grantee] = [signers.patient.address, signers.clinic.address];
  const client = await clientOf(patient);
  await client.consents.grant({ ...LABS, grantee });
  const tell = (answer: Answer | undefined): void => {
    lie = answer;
  };
  const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  expect((await client.consents.decide(question)).permitted).to.equal(true);
  return { ...world, client, clientOf, tell, question, patient, grantee };
}

/** Answers one method so, and the others honestly. */
const answering =
  (method: string, answer: unknown): Answer =>
  (request, honest) =>
    request.method === method ? Promise.resolve(answer) : honest();

describe("a wallet or a node that is not what it was", () => {
  it("is refused when it was switched to another chain after connect", async () => {
    const { client, tell, question, grantee } = await faulty();
    tell(answering("eth_chainId", "0x1"));
    const wrong = { expected: 31337, actual: 1 };
    await expectError(client.consents.decide(question), WrongChainError, wrong);
    await expectError(client.consents.decideMany([question]), WrongChainError, wrong);
    await expectError(client.records.get(client.records.newId(grantee)), WrongChainError, wrong);
    await expectError(client.consents.revoke({ grantee }), WrongChainError, wrong);
    await expectError(client.consents.revokeAll(), WrongChainError, wrong);
    tell(undefined);
    expect((await client.consents.decide(question)).permitted).to.equal(true);
  });

  it("does not make a withdrawal of nothing look like one", async () => {
    const { client, tell, grantee } = await faulty();
    tell((request, honest) => {
      if (request.method === "eth_getCode") return Promise.resolve("0x");
      return request.method === "eth_getTransactionReceipt"
        ? honest().then((receipt) => receipt && { ...receipt, logs: [] })
        : honest();
    });
    await expectError(client.consents.revoke({ grantee }), UnexpectedTransactionError);
  });

  it("cannot pass another's log entry off as the answer", async () => {
    const { as, clientOf, tell, patient, signers } = await faulty();
    const { hash } = await as.clinic.audit.access({ patient, categories: ["LABS"], purpose: "TREAT" });
    const stranger = await clientOf(signers.stranger.address);
    tell(answering("eth_sendTransaction", hash));
    const asked = { patient, categories: ["NOTES", "PSY"], purpose: "HRESCH" } as const;
    await expectError(stranger.audit.access(asked), UnexpectedTransactionError, { hash });
  });

  for (const [what, method, answer] of [
    ["no number of a block", "eth_getBlockByNumber", { number: "x", hash: "y", timestamp: "z" }],
    ["no block", "eth_getBlockByNumber", null],
    ["an empty block", "eth_getBlockByNumber", {}],
    ["no chain", "eth_chainId", "x"],
    ["no bytes", "eth_call", null],
    ["too few bytes", "eth_call", "0x01"],
    ["no contract", "eth_call", "0x"],
    ["half a byte", "eth_call", "0x1"],
  ] as const) {
    it(`permits nothing when it answers ${what}`, async () => {
      const { client, tell, question } = await faulty();
      tell(answering(method, answer));
      await expectError(client.consents.decide(question), ConsentryError);
      await expectError(client.consents.decideMany([question]), ConsentryError);
    });
  }

  it("permits nothing when it answers more questions than were asked", async () => {
    const { client, consents, tell, question } = await faulty();
    const permit = [1n, question.grantee, `0x01${"0".repeat(62)}`];
    const answer = consents.interface.encodeFunctionResult("decideMany", [[permit, permit]]);
    tell(answering("eth_call", answer));
    await expectError(client.consents.decideMany([question]), RpcError);
  });

  it("does not wait for ever when its owner says nothing", async () => {
    const { clientOf, tell, patient, grantee } = await faulty({ signingTimeout: 50 });
    const client = await clientOf(patient);
    tell((request, honest) => (request.method === "eth_signTypedData_v4" ? new Promise(() => undefined) : honest()));
    await expectError(client.consents.revoke.sign({ grantee }), TimeoutError);
    tell((request, honest) => (request.method === "eth_requestAccounts" ? new Promise(() => undefined) : honest()));
    const other = await clientOf(patient);
    await expectError(other.consents.revoke({ grantee }), TimeoutError);
  });

  it("permits nothing when an answer ends within a word", async () => {
    const { client, tell, question } = await faulty();
    tell((request, honest) =>
      request.method === "eth_call" ? honest().then((answer) => String(answer).slice(0, -32)) : honest(),
    );
    await expectError(client.consents.decideMany([question]), UnreadableAnswerError);
  });

  it("is asked again about a transaction that was sent, instead of losing it", async () => {
    const { client, tell, question, grantee } = await faulty();
    let failures = 3;
    tell((request, honest) => {
      if (request.method !== "eth_getTransactionReceipt" || failures === 0) return honest();
      failures -= 1;
      return Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    });
    const { events } = await client.consents.revoke({ grantee });
    expect([failures, events.length]).to.deep.equal([0, 1]);
    expect((await client.consents.decide(question)).decision).to.equal("Revoked");
  });

  it("keeps the address of the node, which may hold a key, out of errors", async () => {
    const { client, tell, question } = await faulty();
    const error = Object.assign(new Error("no answer from https://user:secret@node.example/v3/key?token=t"), {
      code: "ECONNREFUSED",
    });
    tell(() => Promise.reject(error));
    const failure: unknown = await client.consents.decide(question).catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(NetworkError);
    expect((failure as NetworkError).message).not.to.match(/secret|key|token/);
  });
});

describe("a chain that makes no blocks while nothing happens", () => {
  it("does not keep an expired consent alive", async () => {
    const { client, grantee, question } = await faulty();
    await networkHelpers.mine();
    const until = (await networkHelpers.time.latest()) + 600;
    await client.consents.grant({ ...LABS, grantee, until });
    const at = async (milliseconds: number): Promise<unknown[]> => {
      const { now } = Date;
      Date.now = () => milliseconds;
      try {
        const one = await client.consents.decide(question);
        const many = await client.consents.decideMany([question, { ...question, categories: ["NOTES"] }]);
        return [one, ...many].map((answer) => [answer.permitted, "decision" in answer && answer.decision]);
      } finally {
        Date.now = now;
      }
    };
    const other = [false, "CategoryNotCovered"];
    expect(await at(until * 1000 - 1)).to.deep.equal([[true, "Permit"], [true, "Permit"], other]);
    expect(await at(until * 1000)).to.deep.equal([[false, "Expired"], [false, "Expired"], other]);
  });
});

describe("the deployment of a client", () => {
  it("can't be changed under it", async () => {
    const { client, deployment } = await faulty();
    expect(() => {
      client.deployment.contracts.ConsentRegistry.address = deployment.contracts.AuditLog.address;
    }).to.throw(TypeError);
  });
});
