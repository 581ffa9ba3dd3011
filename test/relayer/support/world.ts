/** A relayer before a real node, with the line to it on which everything can go wrong. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Relayer, type RelayerParams, startRelayer, type StatementState } from "@consentry/relayer";
import { type Client, connect, type SignedStatement } from "@consentry/sdk";
import { expect } from "chai";
import { HDNodeWallet, id, Wallet } from "ethers";
import { type Faulty, faultyNode, providerTo } from "../../sdk/faults/world.js";
import { settingsAt } from "./process.js";

const MNEMONIC = "test test test test test test test test test test test junk";

/** The key that pays; the accounts before it are those of test/suite.ts. */
export const PAYER = HDNodeWallet.fromPhrase(MNEMONIC, "", "m/44'/60'/0'/0/12");

/** Labs for treatment, to whom it may concern. */
export const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

/** Somebody who has a key, and no funds. */
export interface Person {
  client: Client;
  address: string;
  key: Wallet;
}

/** What the relayer answered. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A relayer that runs, and what it logged. */
export interface Running extends Relayer {
  log: string[];
  database: string;
}

export interface World {
  node: Faulty<undefined>;
  /** Starts a relayer over the line; it is stopped after the test. */
  start: (params?: Partial<RelayerParams>) => Promise<Running>;
  /** A fresh key; its client asks the node past the line. */
  person: () => Promise<Person>;
  /** A path for a file that is not there yet. */
  path: (name?: string) => string;
  /** The settings of a relayer over the line that is a process of its own. */
  settings: (database?: string) => ReturnType<typeof settingsAt>;
}

let people = 0;

/** Before the tests that follow a node is started; relayers are stopped after each. */
export function relayerWorld(): World {
  const node = faultyNode();
  const folder = mkdtempSync(join(tmpdir(), "consentry-relayer-"));
  const running: Relayer[] = [];
  let files = 0;
  const path = (name = `${files++}.sqlite`) => join(folder, name);
  afterEach(async () => {
    node.line.fail();
    await node.anvil.rpc("evm_setAutomine", true);
    await node.anvil.rpc("anvil_mine", "0x1");
    await Promise.all(running.splice(0).map(({ close }) => close()));
  });
  after(() => rmSync(folder, { recursive: true }));
  return {
    node,
    path,
    async start(params = {}) {
      const log: string[] = [];
      const database = params.database ?? path();
      const { deployment, provider } = node;
      const usual = {
        runner: PAYER.connect(provider),
        deployment,
        port: 0,
        log: { write: (line: string) => log.push(line) },
      };
      const relayer = await startRelayer({ ...usual, ...params, database });
      running.push(relayer);
      return { ...relayer, log, database };
    },
    async person() {
      const key = new Wallet(id(`person ${people++} ${Date.now()}`), providerTo(node.anvil.url));
      const client = await connect({ runner: key, deployment: node.deployment });
      return { key, client, address: key.address };
    },
    settings: (database = path()) =>
      settingsAt({ url: node.line.url, deployment: node.deployment, privateKey: PAYER.privateKey, database }),
  };
}

/** Signs a grant to the clinic, or to somebody else. */
export function grantOf({ client }: Person, more: object = {}): Promise<SignedStatement> {
  return client.consents.grant.sign({ ...LABS, grantee: GRANTEE, ...more });
}

/** Account 6, the clinic. */
export const GRANTEE = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";

/** Posts something as JSON. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return read(
    await fetch(`${url}/statements`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: text,
    }),
  );
}

export async function get(url: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return read(await fetch(`${url}${path}`, { headers }));
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: response.headers, body };
}

/** Posts what must be accepted; returns its id. */
export async function accepted(url: string, statement: unknown): Promise<string> {
  const { status, body } = await post(url, statement);
  expect(body).to.have.all.keys("id", "state");
  expect(status, JSON.stringify(body)).to.equal(202);
  return body["id"] as string;
}

/** What became of a statement, once it is in one of these states. */
export async function stateOf(url: string, id: string, ...states: string[]): Promise<StatementState> {
  for (;;) {
    const { status, body } = await get(url, `/statements/${id}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    const found = body as unknown as StatementState;
    if (states.includes(found.state)) return found;
    expect(["queued", "sent"]).to.include(found.state);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Where it stands on the chain, once it does. */
export function done(url: string, id: string): Promise<StatementState> {
  return stateOf(url, id, "done");
}

/** An error, told by its code, with nothing of its inside. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body["code"] }).to.deep.equal({ status, code });
  expect(["code", "message", "hint"]).to.include.members(Object.keys(answer.body));
  expect(answer.body["message"]).to.be.a("string");
  expect(answer.headers.has("retry-after")).to.equal([429, 503].includes(status));
}
