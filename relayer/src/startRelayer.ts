import { connect, type Deployment } from "@consentry/sdk";
import type { Signer } from "ethers";
import type { FastifyInstance } from "fastify";
import { Courier } from "./delivery/courier.js";
import type { Delivering } from "./delivery/delivering.js";
import { Line } from "./delivery/line.js";
import { Payer } from "./delivery/payer.js";
import { type Pricing, USUAL_PRICING } from "./delivery/price.js";
import { ListenError } from "./errors/operation.js";
import { createServer } from "./http/createServer.js";
import { addHealth } from "./http/health.js";
import { type RequestLimits, USUAL_REQUESTS } from "./http/limits.js";
import type { LogStream } from "./http/log.js";
import { addStatements } from "./http/statements.js";
import { type Budgets, USUAL_BUDGETS } from "./queue/counter.js";
import { openDatabase } from "./queue/database.js";
import { Gas, type GasBudget, USUAL_GAS } from "./queue/gas.js";
import { Outbox } from "./queue/outbox.js";
import { Queue } from "./queue/queue.js";
import { Shares } from "./queue/shares.js";

/** What a relayer is to deliver, with which key, and for whom. */
export interface RelayerParams {
  /**
   * Pays for deliveries: an ethers signer with a provider that signs transactions itself, such as a Wallet. Its key must be
   * nobody else's, and nothing but this.
   */
  runner: Signer;
  /** The content of a deployment.json; looked up by the chain's id if left out. */
  deployment?: Deployment | undefined;
  /** The file that statements wait in; made if it is not there. */
  database: string;
  /** The pages that may use it, by their origins, such as `https://portal.example`; none if left out. */
  origins?: readonly string[] | undefined;
  /** 8788 if left out; 0 for any that is free. */
  port?: number | undefined;
  /** 127.0.0.1 if left out. */
  host?: string | undefined;
  /** Addresses or networks of reverse proxies, whose word about who sends a request is believed; none if left out. */
  trustedProxies?: readonly string[] | undefined;
  /** The most gas that one delivery may take; what `relay` of the SDK allows if left out. */
  maxGas?: bigint | undefined;
  /** What each who speaks for a patient may have delivered about that patient. */
  budgets?: Budgets | undefined;
  /** How much gas all deliveries together may take in 24 hours; 500,000,000 and a tenth for withdrawals if left out. */
  gas?: GasBudget | undefined;
  /** What is offered for gas; at most 500 gwei, and more after a minute, if left out. */
  pricing?: Pricing | undefined;
  /** How many requests may come from one IP address in a minute. */
  requests?: RequestLimits | undefined;
  /** After how many days it is forgotten what became of a statement; 30 if left out. */
  retentionDays?: number | undefined;
  /** Where the log goes, line by line; the standard output if left out. */
  log?: LogStream | undefined;
}

/** A relayer that runs. */
export interface Relayer {
  /** Where it listens. */
  url: string;
  /** Stops it; what has not been delivered is on disk. */
  close: () => Promise<void>;
}

/** How long the node may take, in milliseconds: for an answer, to come to know a block, to tell of what it mined. */
const LIMITS = { answerTimeout: 10_000, patience: 10_000, miningTimeout: 5_000 };
const LONGEST_CLOSING = 5_000;
const HOUR = 3_600_000;

/**
 * Starts a server that takes signed statements and delivers them; what it accepted survives a restart.
 *
 * @throws whatever `connect` throws: NetworkError, WrongChainError, NoDeploymentError, ...
 * @throws QueueFileError if the file belongs to another deployment or is in use
 * @example
 * import { startRelayer } from "@consentry/relayer";
 *
 * const { url, close } = await startRelayer({ runner, database: "relayer.sqlite", origins: ["https://portal.example"] });
 * console.log(url); // http://127.0.0.1:8788
 */
export async function startRelayer(params: RelayerParams): Promise<Relayer> {
  const closing: (() => unknown)[] = [];
  const close = once(() => closeAll(closing));
  try {
    return { url: await start(params, closing), close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/** Returns where it listens; what is open by then, or when it fails, can be closed from the last to the first. */
async function start(params: RelayerParams, closing: (() => unknown)[]): Promise<string> {
  const { runner, deployment, requests = USUAL_REQUESTS, origins = [], trustedProxies = [] } = params;
  const open = () => connect({ runner, deployment, ...LIMITS });
  const client = await open();
  const payer = await Payer.of(runner, client.deployment.chainId, params.pricing ?? USUAL_PRICING);
  const { database, isNarrowed } = openDatabase(params.database, client.deployment);
  closing.push(() => {
    database.close();
  });
  const app = await createServer({ origins, trustedProxies, requests, log: params.log ?? process.stdout });
  if (isNarrowed) app.log.warn("others could read the file of the queue: it is its owner's alone now");
  const queue = new Queue(database, params.budgets ?? USUAL_BUDGETS);
  const budget = params.gas ?? USUAL_GAS;
  const [outbox, gas, shares] = [new Outbox(database), new Gas(database, budget), new Shares(budget)];
  const options = { maxGas: params.maxGas };
  const delivering: Delivering = { line: new Line(client, open), payer, queue, outbox, gas, log: app.log, options };
  const courier = new Courier(delivering);
  closing.push(() => courier.stop(LONGEST_CLOSING));
  const sweep = () => {
    courier.sweep(params.retentionDays ?? 30);
    shares.sweep();
  };
  sweep();
  const sweeping = setInterval(sweep, HOUR);
  closing.push(
    () => app.close(),
    () => {
      clearInterval(sweeping);
    },
  );
  addStatements(app, { ...delivering, requests, shares, wake: () => courier.wake() });
  addHealth(app, delivering);
  const url = await listen(app, params);
  courier.start();
  return url;
}

/** Whatever fails to close keeps nothing else open. */
async function closeAll(closing: (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const each of closing.reverse()) {
    try {
      await each();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= action());
}

async function listen(app: FastifyInstance, { host = "127.0.0.1", port = 8788 }: RelayerParams): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw new ListenError(host, port, error);
  }
}
