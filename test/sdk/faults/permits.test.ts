import {
  type Client,
  connect,
  ConsentryError,
  type Deployment,
  NetworkError,
  RateLimitedError,
  RpcError,
  TimeoutError,
  UnreadableAnswerError,
  WrongChainError,
} from "@consentry/sdk";
import { expect } from "chai";
import { network } from "hardhat";
import { deploySuite, type Suite } from "../../suite.js";
import { startAnvil } from "../anvil.js";
import { frameworks } from "../server/frameworks.js";
import { send } from "../server/http.js";
import { deploymentOf, expectError, LABS, YEAR } from "../setup.js";
import { afterwards, type Exchange, expectNoUnhandledRejection, type Fault, lineTo } from "./line.js";
import { faultyNode, providerTo } from "./world.js";

/** The clinic may read a laboratory result of the patient. */
async function recorded({ signers }: Suite, deployment: Deployment): Promise<string> {
  const as = (name: keyof typeof signers): Promise<Client> => connect({ runner: signers[name], deployment });
  const [consortium, accreditor, patient, clinic] = await Promise.all(
    (["consortium", "accreditor", "patient", "clinic"] as const).map(as),
  );
  await consortium!.providers.appointAccreditor({ accreditor: 1, account: signers.accreditor.address });
  await accreditor!.providers.register({
    provider: signers.clinic.address,
    kind: "organization",
    capabilities: ["contribute"],
    until: Math.floor(Date.now() / 1000) + YEAR,
    name: "clinic",
  });
  await patient!.consents.grant({ ...LABS, grantee: signers.clinic.address, actions: ["access", "collect"] });
  const about = { patient: signers.patient.address, categories: ["LABS"], purpose: "TREAT" } as const;
  return (await clinic!.records.register({ ...about, content: "{}" })).record;
}

const result = (value: unknown): Fault => {
  return ({ reply, ids }) => reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: value }));
};
const error = (code: number, message: string): Fault => {
  return ({ reply, ids }) => reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], error: { code, message } }));
};
const body =
  (text: string | Uint8Array, status?: number, headers?: Record<string, string>): Fault =>
  ({ reply }) =>
    reply(text, status, headers);
const changed = (change: (answer: string, exchange: Exchange) => unknown): Fault => {
  return async (exchange) => change(await exchange.ask(), exchange);
};

type ErrorType = abstract new (...args: never) => Error;

const faults: [what: string, fault: Fault, type: ErrorType][] = [
  ["closes every connection", ({ drop }) => drop(), NetworkError],
  ["does not answer", () => undefined, TimeoutError],
  ["breaks off in the middle of an answer", changed((answer, { drop }) => drop(answer.slice(0, 30))), NetworkError],
  ["answers half of the JSON", changed((answer, { reply }) => reply(answer.slice(0, -5))), UnreadableAnswerError],
  ["answers a page", body("<html>Sign in</html>", 200, { "content-type": "text/html" }), UnreadableAnswerError],
  ["answers nothing", body(""), UnreadableAnswerError],
  ["answers bytes that are no text", body(Uint8Array.of(0xff, 0xfe, 0x00)), UnreadableAnswerError],
  ["answers null", body("null"), UnreadableAnswerError],
  ["answers an empty list", body("[]"), UnreadableAnswerError],
  ["answers a text", body('"ok"'), UnreadableAnswerError],
  ["answers without a result", body("{}"), UnreadableAnswerError],
  [
    "answers to another question",
    changed((answer, { reply, ids }) => reply(answer.replaceAll(String(ids[0]), "7"))),
    UnreadableAnswerError,
  ],
  ["answers an error that is none of JSON-RPC", body('{"error":"unauthorized"}'), UnreadableAnswerError],
  [
    "answers an error without an id",
    body('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"no"}}'),
    RpcError,
  ],
  ["answers that it has failed", error(-32603, "internal error"), RpcError],
  ["answers much too much", body(`{"result":"${"0".repeat(500_000)}`), UnreadableAnswerError],
  ["is behind a gateway that fails", body("<html>", 502), NetworkError],
  ["is behind a gateway that is overloaded", body("", 503), NetworkError],
  ["wants no credentials like these", body("{}", 401), NetworkError],
  ["gets too many requests", body("", 429, { "retry-after": "60" }), RateLimitedError],
  [
    "gets too many requests, in JSON-RPC",
    error(-32005, "daily request count exceeded, request rate limited"),
    RateLimitedError,
  ],
];

/** What no question of the SDK is answered by. */
const values = [null, true, {}, [], "", "0x", "0xzz", "0x1", "0x01", -1, 1.5, "1"];

/** Tries again, so many times: a busy machine may be too slow for limits that are so short. */
async function repeated<Result>(times: number, action: () => Promise<Result>): Promise<Result> {
  return action().catch((error: unknown) => {
    if (times === 1) throw error;
    return repeated(times - 1, action);
  });
}

describe("nothing is permitted by a node that", function () {
  this.timeout(120_000);

  const world = faultyNode(recorded);
  expectNoUnhandledRejection();
  const limits = { patience: 200, answerTimeout: 200, signingTimeout: 200, miningTimeout: 50 };
  let actions: [name: string, isPermitted: () => Promise<unknown>][];
  let close: () => Promise<void>;
  const refusals: ConsentryError[] = [];

  before(async () => {
    const { prepared: record, patient, clinic } = world;
    const client = await repeated(10, () => world.open({ runner: clinic, ...limits }));
    const options = {
      consentry: client,
      identify: () => ({ grantee: clinic.address, purpose: "TREAT" }),
      record: () => record,
      onRefusal: (refusal: ConsentryError) => refusals.push(refusal),
    };
    const handler = () => ({ body: { resourceType: "Observation" } });
    const server = await frameworks["Express"]!(options, handler);
    close = () => server.close();
    const question = {
      patient: patient.address,
      grantee: clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    const asked = { grantee: clinic.address, record, purpose: "TREAT" } as const;
    actions = [
      ["consents.decide", async () => (await client.consents.decide(question)).permitted],
      ["consents.decideMany", async () => (await client.consents.decideMany([question]))[0]!.permitted],
      ["records.decide", async () => (await client.records.decide(asked)).permitted],
      ["consents.explain", async () => (await client.consents.explain(question)).permitted],
      ["audit.access", async () => (await client.audit.access({ record, purpose: "TREAT" })).permitted],
      [
        "consentGuard",
        async () => {
          const { status } = await send(server.port, "/fhir/Observation/1");
          if (status === 200) return true;
          expect(status).to.equal(404);
          throw refusals.splice(0)[0]!;
        },
      ],
    ];
  });
  after(() => close());

  const expectNothing = async (some: typeof actions, fault: Fault, type: ErrorType): Promise<void> => {
    for (const [name, isPermitted] of some) {
      let permitted = false;
      // From the first question on, from the second on, and so on, until all that it asks is answered.
      for (let count = 0; !permitted; count++) {
        const attempt = async () => {
          let struck = false;
          world.line.fail(afterwards(count, (exchange) => ((struck = true), fault(exchange))));
          const outcome = await isPermitted().catch((reason: unknown) => reason);
          return { outcome, struck };
        };
        // On a busy machine an answer may come too late, and a question of the time before may be struck in place of these.
        const isLate = ({ outcome, struck }: Awaited<ReturnType<typeof attempt>>) =>
          (outcome === true && struck) || (count === 0 && outcome instanceof TimeoutError && type !== TimeoutError);
        let found = await attempt();
        for (let i = 0; i < 3 && isLate(found); i++) found = await attempt();
        const { outcome, struck } = found;
        if (typeof outcome === "boolean") {
          expect([outcome, struck], `${name} after ${count}`).to.deep.equal([true, false]);
          permitted = true;
          continue;
        }
        expect(outcome, `${name} after ${count}`).to.be.instanceOf(count === 0 ? type : ConsentryError);
      }
    }
    world.line.fail();
  };

  for (const [what, fault, type] of faults) {
    it(what, () => expectNothing(actions, fault, type));
  }

  for (const value of values) {
    it(`answers everything by ${JSON.stringify(value)}`, () =>
      expectNothing(actions.slice(0, 4), result(value), UnreadableAnswerError));
  }
});

describe("a node that is exchanged for one of another chain", function () {
  this.timeout(60_000);

  const world = faultyNode(recorded);
  expectNoUnhandledRejection();

  it("is refused, though the same contracts are there, and permit", async () => {
    const other = await startAnvil(0, "--chain-id", "31338");
    const remote = await network.create({ network: "localhost", override: { url: other.url, chainId: 31338 } });
    const suite = await deploySuite(remote);
    const record = await recorded(suite, await deploymentOf(suite, 31338));
    await remote.close();
    let target = world.anvil.url;
    const line = await lineTo(() => target);
    const provider = providerTo(line.url);
    try {
      const client = await world.open({ runner: world.clinic.connect(provider) });
      const [patient, grantee] = [world.patient.address, world.clinic.address];
      const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
      expect((await client.consents.decide(question)).permitted).to.equal(true);
      target = other.url;
      const wrong = { expected: 31337, actual: 31338 };
      const before = await other.rpc("eth_blockNumber");
      await expectError(client.consents.decide(question), WrongChainError, wrong);
      await expectError(client.consents.decideMany([question]), WrongChainError, wrong);
      await expectError(client.consents.explain(question), WrongChainError, wrong);
      await expectError(client.records.decide({ grantee, record, purpose: "TREAT" }), WrongChainError, wrong);
      await expectError(client.audit.access({ record, purpose: "TREAT" }), WrongChainError, wrong);
      await expectError(client.consents.history({ patient }).all(), WrongChainError, wrong);
      await expectError(client.wait(`0x${"1".repeat(64)}`), WrongChainError, wrong);
      expect(await other.rpc("eth_blockNumber")).to.equal(before);
      target = world.anvil.url;
      expect((await client.consents.decide(question)).permitted).to.equal(true);
    } finally {
      provider.destroy();
      await line.close();
      await other.stop();
    }
  });
});
