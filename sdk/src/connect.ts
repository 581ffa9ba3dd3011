import { Contract, type Signer } from "ethers";
import { type Client, createClient } from "./client.js";
import type { Context } from "./context.js";
import type { Documents } from "./documents/types.js";
import { findDeployment } from "./deployments/findDeployment.js";
import { parseDeployment } from "./deployments/parseDeployment.js";
import type { Deployment } from "./deployments/types.js";
import { verifyDeployment } from "./deployments/verifyDeployment.js";
import { InvalidRunnerError, WrongChainError } from "./errors/connection.js";
import { InvalidParameterError } from "./errors/input.js";
import { auditLogAbi, consentRegistryAbi, providerRegistryAbi, recordRegistryAbi } from "./generated/abis.js";
import { has, requestOf, requestOfUrl } from "./transport/requestOf.js";
import { senderOfSigner, senderOfWallet } from "./transport/senderOf.js";
import { Transport } from "./transport/transport.js";
import type { Eip1193Wallet, Request, Runner, Sender } from "./transport/types.js";

/** Where to connect to, and through whom. */
export interface ConnectParams {
  /** An ethers signer or provider, the URL of a node, or an EIP-1193 wallet. */
  runner: Runner;
  /** The content of a deployment.json; looked up by the chain's id if left out. */
  deployment?: Deployment | undefined;
  /** The documents that narrow conditional consents: `new ConsentDocuments(store)` of `@consentry/sdk/fhir`. */
  documents?: Documents | undefined;
  /** How long a node may take to reach a block that is known to exist, in milliseconds; 30,000 if left out. */
  patience?: number | undefined;
  /** How long a node may take for one answer, in milliseconds; 30,000 if left out. */
  answerTimeout?: number | undefined;
  /** How long a wallet or a signer, which may ask a person, may take, in milliseconds; 600,000 if left out. */
  signingTimeout?: number | undefined;
  /** How long a transaction may take to be mined, in milliseconds; 120,000 if left out. */
  miningTimeout?: number | undefined;
}

const LIMITS = { patience: 30_000, answerTimeout: 30_000, signingTimeout: 600_000, miningTimeout: 120_000 };

/** The longest time that a timer can be set to. */
const LONGEST = 2 ** 31 - 1;

type Limits = typeof LIMITS;

/**
 * Connects to a deployment, after it has verified the chain, the contracts, and that they are of one suite.
 *
 * Reads go to the node itself, past ethers' cache and batches. A signer or a wallet is needed for writes only.
 *
 * @throws InvalidRunnerError, InvalidDeploymentError, InvalidParameterError
 * @throws WrongChainError, NoDeploymentError, DeploymentMismatchError
 * @throws NetworkError, TimeoutError if the node does not answer
 * @example
 * import { connect } from "@consentry/sdk";
 * import { JsonRpcProvider, Wallet } from "ethers";
 *
 * const runner = new Wallet(key, new JsonRpcProvider("http://127.0.0.1:8545"));
 * const consentry = await connect({ runner, deployment });
 */
export async function connect({ runner, deployment: given, documents, ...limits }: ConnectParams): Promise<Client> {
  const parsed = given === undefined ? undefined : parseDeployment(given);
  const ways = waysOf(runner, limitsOf(limits));
  const chainId = await ways.transport.chainId();
  const deployment = parsed ?? findDeployment(chainId);
  if (deployment.chainId !== chainId) throw new WrongChainError(deployment.chainId, chainId);
  const context = contextOf(frozen(deployment), ways, documents);
  await verifyDeployment(context);
  return createClient(context);
}

/** A copy that nobody can change under the client. */
function frozen(deployment: Deployment): Deployment {
  const copy = structuredClone(deployment);
  Object.values(copy.contracts).forEach((contract) => Object.freeze(contract));
  Object.freeze(copy.contracts);
  return Object.freeze(copy);
}

interface Ways {
  transport: Transport;
  sender: Sender | undefined;
  miningTimeout: number;
}

function limitsOf(given: Partial<Record<keyof Limits, unknown>>): Limits {
  const limits = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const value = given[name];
    if (value === undefined) continue;
    if (!Number.isFinite(value) || Number(value) < 0 || Number(value) > LONGEST) {
      throw new InvalidParameterError(name, `a number of milliseconds from 0 to ${LONGEST}`);
    }
    limits[name] = Number(value);
  }
  return limits;
}

/** The ways to the node and to whoever signs. */
export function waysOf(runner: Runner, limits: Limits = LIMITS): Ways {
  const { patience, answerTimeout, miningTimeout } = limits;
  const through = (request: Request): Transport => new Transport(request, patience, answerTimeout);
  if (typeof runner === "string") return { transport: through(requestOfUrl(runner)), sender: undefined, miningTimeout };
  if (has<Signer>(runner, "sendTransaction", "getAddress")) {
    const { provider } = runner;
    if (provider === null) throw new InvalidRunnerError("The signer has no provider: use signer.connect(provider).");
    const transport = through(requestOf(provider));
    return { transport, sender: senderOfSigner(runner, transport, limits), miningTimeout };
  }
  const sender = isWallet(runner) ? senderOfWallet(runner, limits) : undefined;
  return { transport: through(requestOf(runner)), sender, miningTimeout };
}

/** A wallet, and not one of ethers' providers. */
function isWallet(runner: unknown): runner is Eip1193Wallet {
  return has<Eip1193Wallet>(runner, "request") && !("getNetwork" in runner);
}

/** What actions work with, of a deployment that has been verified. */
export function contextOf(deployment: Deployment, ways: Ways, documents?: Documents): Context {
  const { transport, sender, miningTimeout } = ways;
  transport.stayOn(deployment.chainId);
  const { ProviderRegistry, ConsentRegistry, RecordRegistry, AuditLog } = deployment.contracts;
  const at = (address: string, abi: readonly string[]): unknown => new Contract(address, abi, transport.runner);
  return {
    deployment,
    transport,
    sender,
    miningTimeout,
    documents,
    providers: at(ProviderRegistry.address, providerRegistryAbi) as Context["providers"],
    consents: at(ConsentRegistry.address, consentRegistryAbi) as Context["consents"],
    records: at(RecordRegistry.address, recordRegistryAbi) as Context["records"],
    audit: at(AuditLog.address, auditLogAbi) as Context["audit"],
    lastStamps: new Map(),
  };
}
