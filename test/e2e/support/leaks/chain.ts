import { getBytes, type Interface } from "ethers";
import { connection } from "../../../sdk/setup.js";
import type { Suite } from "../../../suite.js";
import type { Shown } from "./search.js";

interface Transaction {
  hash: string;
  to: string | null;
  input: string;
}

interface Call {
  to?: string;
  input?: string;
  output?: string;
  revertReason?: string;
  calls?: Call[];
}

interface Log {
  address: string;
  topics: string[];
  data: string;
}

/** Of each account what a transaction left in its storage. */
type Left = Record<string, { storage?: Record<string, string> }>;

const { provider } = connection;
const ask = (method: string, ...params: unknown[]): Promise<unknown> => provider.request({ method, params });

/** The contracts of a suite, by address. */
type Contracts = Map<string, { name: string; interface: Interface }>;

/** What the chain shows, and which functions and events it is of, as `Contract.name`. */
export interface Display {
  shown: Shown[];
  said: Set<string>;
}

/** How many blocks there are. */
export async function blocks(): Promise<number> {
  return Number(await ask("eth_blockNumber")) + 1;
}

/** All that anybody reads who runs a node: calldata, events, storage past and present, and what calls return. */
export async function shownBy(suite: Suite, from = 0): Promise<Display> {
  const contracts = await contractsOf(suite);
  const [shown, said]: [Shown[], Set<string>] = [[], new Set()];
  const count = await blocks();
  for (let number = from; number < count; number++) {
    const block = await ask("eth_getBlockByNumber", `0x${number.toString(16)}`, true);
    for (const transaction of (block as { transactions: Transaction[] }).transactions) {
      for (const each of await shownIn(transaction, contracts, said)) shown.push(each);
    }
  }
  return { shown: [...unique(shown)], said };
}

async function shownIn({ hash, to, input }: Transaction, contracts: Contracts, said: Set<string>): Promise<Shown[]> {
  const { logs } = (await ask("eth_getTransactionReceipt", hash)) as { logs: Log[] };
  const changes = { tracer: "prestateTracer", tracerConfig: { diffMode: true } };
  const { post } = (await ask("debug_traceTransaction", hash, changes)) as { post: Left };
  const call = (await ask("debug_traceTransaction", hash, { tracer: "callTracer" })) as Call;
  const events = logs.flatMap((log) => ofLog(log, contracts, said));
  const storage = Object.entries(post).flatMap(([address, { storage: slots = {} }]) =>
    Object.entries(slots).flatMap(([slot, value]) => ofSlot(nameOf(address, contracts), slot, value)),
  );
  // What creates a contract is code.
  if (to === null) return [...events, ...storage];
  said.add(functionOf(to, input, contracts));
  return [...events, ...storage, ...ofCall(call, contracts)];
}

/** A call and those that it makes: what goes in, and what comes out. */
function ofCall({ to = "", input = "0x", output = "0x", calls = [] }: Call, contracts: Contracts): Shown[] {
  const name = functionOf(to, input, contracts);
  return [
    { where: `calldata of ${name}`, bytes: Buffer.from(getBytes(input)), firstWord: 4 },
    { where: `return of ${name}`, bytes: Buffer.from(getBytes(output)), firstWord: 0 },
    ...calls.flatMap((each) => ofCall(each, contracts)),
  ];
}

function ofLog({ address, topics, data }: Log, contracts: Contracts, said: Set<string>): Shown[] {
  const contract = contracts.get(address.toLowerCase());
  const name = `${contract?.name}.${contract?.interface.getEvent(topics[0]!)?.name}`;
  said.add(name);
  const bytes = Buffer.concat([...topics, data].map((each) => getBytes(each)));
  return [{ where: `event ${name}`, bytes, firstWord: 0 }];
}

function ofSlot(name: string, slot: string, value: string): Shown[] {
  return [slot, value].map((each) => ({ where: `storage of ${name}`, bytes: wordOf(each), firstWord: 0 }));
}

function wordOf(hex: string): Buffer {
  return Buffer.from(hex.slice(2).padStart(64, "0"), "hex");
}

function functionOf(to: string, input: string, contracts: Contracts): string {
  const contract = contracts.get(to.toLowerCase());
  return `${nameOf(to, contracts)}.${contract?.interface.getFunction(input.slice(0, 10))?.name ?? "?"}`;
}

function nameOf(address: string, contracts: Contracts): string {
  return contracts.get(address.toLowerCase())?.name ?? "another account";
}

async function contractsOf(suite: Suite): Promise<Contracts> {
  const named = {
    AccessManager: suite.manager,
    ProviderRegistry: suite.providers,
    ConsentRegistry: suite.consents,
    RecordRegistry: suite.records,
    AuditLog: suite.audit,
    ERC7913WebAuthnVerifier: suite.webAuthnVerifier,
    ERC7913P256Verifier: suite.p256Verifier,
  };
  const entries = Object.entries(named).map(async ([name, contract]) => {
    return [(await contract.getAddress()).toLowerCase(), { name, interface: contract.interface }] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The same bytes in the same place count once. */
function unique(shown: readonly Shown[]): Iterable<Shown> {
  return new Map(shown.map((each) => [`${each.where} ${each.bytes.toString("base64")}`, each])).values();
}

/** Answers to questions that change nothing, from now on; call the result to stop, and have them. */
export function listen(): (suite: Suite) => Promise<Shown[]> {
  const request = provider.request.bind(provider);
  const heard: { to: string; input: string; output: string }[] = [];
  provider.request = async (args) => {
    const answer: unknown = await request(args);
    const [call] = (args.params ?? []) as [{ to?: string; data?: string; input?: string }?];
    if (args.method === "eth_call" && typeof answer === "string") {
      // A lens has no recipient, and what it sends is code.
      const input = call?.to === undefined ? "0x" : (call.data ?? call.input ?? "0x");
      heard.push({ to: call?.to ?? "", input, output: answer });
    }
    return answer;
  };
  return async (suite) => {
    provider.request = request;
    const contracts = await contractsOf(suite);
    return [...unique(heard.flatMap((each) => ofCall(each, contracts)))];
  };
}
