import { connect, type Deployment } from "@consentry/sdk";
import type { Signer } from "ethers";
import type { FastifyInstance } from "fastify";
import { Courier } from "./delivery/courier.js";
import type { Delivering } from "./delivery/deliver.js";
import { Line } from "./delivery/line.js";
import { Payer } from "./delivery/payer.js";
import { ListenError } from "./errors/operation.js";
import { createServer } from "./http/createServer.js";
import { addHealth } from "./http/health.js";
import { type RequestLimits, USUAL_REQUESTS } from "./http/limits.js";
import type { LogStream } from "./http/log.js";
import { addStatements } from "./http/statements.js";
import { type Budgets, USUAL_BUDGETS } from "./queue/counter.js";
import { openDatabase } from "./queue/database.js";
import { Queue } from "./queue/queue.js";

/** What a relayer is to deliver, with which key, and for whom. */
export interface RelayerParams {
  /** Pays for deliveries: an ethers signer with a provider. Its key must be nobody else's, and nothing but this. */
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

/** How long the node may take, in milliseconds: for an answer, to come to know a block, to mine a transaction. */
const LIMITS = { answerTimeout: 10_000, patience: 10_000, signingTimeout: 10_000, miningTimeout: 60_000 };
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
  const { runner, deployment, requests = USUAL_REQUESTS, origins = [], trustedProxies = [] } = params;
  const payer = await Payer.of(runner);
  const open = () => connect({ runner, deployment, ...LIMITS });
  const client = await open();
  const app = await createServer({ origins, trustedProxies, requests, log: params.log ?? process.stdout });
  const queue = new Queue(openDatabase(params.database, client.deployment), params.budgets ?? USUAL_BUDGETS);
  const line = new Line(client, open);
  const delivering: Delivering = { line, payer, queue, log: app.log, options: { maxGas: params.maxGas } };
  const courier = new Courier(delivering);
  const sweep = () => courier.sweep(params.retentionDays ?? 30);
  const sweeping = setInterval(sweep, HOUR);
  const stop = async () => {
    clearInterval(sweeping);
    await app.close();
    await courier.stop(LONGEST_CLOSING);
    queue.close();
  };
  let stopped: Promise<void> | undefined;
  const close = () => (stopped ??= stop());
  try {
    sweep();
    addStatements(app, { ...delivering, requests, wake: () => courier.wake() });
    addHealth(app, delivering);
    const url = await listen(app, params);
    courier.start();
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: FastifyInstance, { host = "127.0.0.1", port = 8788 }: RelayerParams): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw new ListenError(host, port, error);
  }
}
