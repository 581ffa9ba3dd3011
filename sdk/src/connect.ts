import { Contract, type Signer } from "ethers";
import { type Client, createClient } from "./client.js";
import type { Context } from "./context.js";
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
import type { Eip1193Wallet, Runner, Sender } from "./transport/types.js";

/** Where to connect to, and through whom. */
export interface ConnectParams {
  /** An ethers signer or provider, the URL of a node, or an EIP-1193 wallet. */
  runner: Runner;
  /** The content of a deployment.json; looked up by the chain's id if left out. */
  deployment?: Deployment | undefined;
  /** How long a node may take to reach a block that is known to exist, in milliseconds; 30,000 if left out. */
  patience?: number | undefined;
}

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
export async function connect({ runner, deployment: given, patience }: ConnectParams): Promise<Client> {
  const parsed = given === undefined ? undefined : parseDeployment(given);
  requirePatience(patience);
  const ways = waysOf(runner, patience);
  const chainId = await ways.transport.chainId();
  const deployment = parsed ?? findDeployment(chainId);
  if (deployment.chainId !== chainId) throw new WrongChainError(deployment.chainId, chainId);
  const context = contextOf(frozen(deployment), ways);
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
}

function requirePatience(patience: unknown): void {
  if (patience === undefined || (Number.isFinite(patience) && Number(patience) >= 0)) return;
  throw new InvalidParameterError("patience", "a number of milliseconds");
}

/** The ways to the node and to whoever signs. */
export function waysOf(runner: Runner, patience?: number): Ways {
  if (typeof runner === "string")
    return { transport: new Transport(requestOfUrl(runner), patience), sender: undefined };
  if (has<Signer>(runner, "sendTransaction", "getAddress")) return waysOfSigner(runner, patience);
  const transport = new Transport(requestOf(runner), patience);
  const sender = isWallet(runner) ? senderOfWallet(runner) : undefined;
  return { transport, sender };
}

function waysOfSigner(signer: Signer, patience: number | undefined): Ways {
  if (signer.provider === null)
    throw new InvalidRunnerError("The signer has no provider: use signer.connect(provider).");
  const transport = new Transport(requestOf(signer.provider), patience);
  return { transport, sender: senderOfSigner(signer, transport) };
}

/** A wallet, and not one of ethers' providers. */
function isWallet(runner: unknown): runner is Eip1193Wallet {
  return has<Eip1193Wallet>(runner, "request") && !("getNetwork" in runner);
}

/** What actions work with, of a deployment that has been verified. */
export function contextOf(deployment: Deployment, { transport, sender }: Ways): Context {
  transport.stayOn(deployment.chainId);
  const { ProviderRegistry, ConsentRegistry, RecordRegistry, AuditLog } = deployment.contracts;
  const at = (address: string, abi: readonly string[]): unknown => new Contract(address, abi, transport.runner);
  return {
    deployment,
    transport,
    sender,
    providers: at(ProviderRegistry.address, providerRegistryAbi) as Context["providers"],
    consents: at(ConsentRegistry.address, consentRegistryAbi) as Context["consents"],
    records: at(RecordRegistry.address, recordRegistryAbi) as Context["records"],
    audit: at(AuditLog.address, auditLogAbi) as Context["audit"],
    lastStamps: new Map(),
  };
}
