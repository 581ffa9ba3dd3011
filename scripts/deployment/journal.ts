/** What Ignition's journal of a deployment says; Ignition itself has no reader for the parts that matter after a kill. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Message {
  type: string;
  chainId?: number;
  futureId?: string;
  from?: string;
  nonce?: number;
  hash?: string;
  receipt?: { blockNumber: number };
  result?: { type: string; address?: string };
}

/** A transaction that was about to be sent when the journal ends: nothing says whether it was. */
export interface UncertainTransaction {
  futureId: string;
  from: string;
  nonce: number;
}

/** A contract that is known to be deployed. */
export interface Creation {
  address: string;
  transaction: string;
  block: number;
}

export interface Journal {
  chainId: number | undefined;
  uncertain: UncertainTransaction[];
  /** By name of the contract. */
  creations: Map<string, Creation>;
  /** The highest nonce used or prepared, by sender. */
  nonces: Map<string, number>;
  /** The lowest, that of the deployment's first transaction. */
  firstNonces: Map<string, number>;
}

interface Future {
  from?: string;
  nonce?: number;
  sent?: boolean;
  transaction?: string;
  block?: number;
  address?: string;
}

/** Reads the journal in a deployment's folder. */
export function readJournal(directory: string): Journal {
  const futures = new Map<string, Future>();
  let chainId: number | undefined;
  for (const message of messagesIn(directory)) {
    chainId ??= message.chainId;
    const { futureId } = message;
    if (futureId !== undefined) futures.set(futureId, next(futures.get(futureId) ?? {}, message));
  }
  return { chainId, ...summaryOf(futures) };
}

/** Cuts off a last line that was not written to its end: what it was about to say was not done, or is found on the chain. */
export function repairJournal(directory: string): void {
  const path = pathIn(directory);
  if (!existsSync(path)) return;
  const lines = readFileSync(path, "utf8").split("\n");
  const last = lines.at(-1) ?? "";
  if (last.trim() !== "" && !isJson(last)) writeFileSync(path, lines.slice(0, -1).join("\n"));
}

function next(future: Future, message: Message): Future {
  const { type, from, nonce, hash, receipt, result } = message;
  switch (type) {
    case "DEPLOYMENT_EXECUTION_STATE_INITIALIZE":
    case "CALL_EXECUTION_STATE_INITIALIZE":
      return { ...future, ...(from !== undefined && { from }) };
    case "TRANSACTION_PREPARE_SEND":
      return { ...future, ...(nonce !== undefined && { nonce }) };
    case "TRANSACTION_SEND":
      return { ...future, sent: true };
    case "TRANSACTION_CONFIRM":
      return { ...future, ...(hash !== undefined && receipt && { transaction: hash, block: receipt.blockNumber }) };
    case "DEPLOYMENT_EXECUTION_STATE_COMPLETE":
      return { ...future, ...(result?.address !== undefined && { address: result.address }) };
    case "ONCHAIN_INTERACTION_REPLACED_BY_USER":
      return future.from === undefined ? {} : { from: future.from };
    case "WIPE_APPLY":
      return {};
    default:
      return future;
  }
}

function summaryOf(futures: Map<string, Future>): Omit<Journal, "chainId"> {
  const uncertain: UncertainTransaction[] = [];
  const creations = new Map<string, Creation>();
  const nonces = new Map<string, number>();
  const firstNonces = new Map<string, number>();
  for (const [futureId, { from, nonce, sent, transaction, block, address }] of futures) {
    if (from === undefined || nonce === undefined) continue;
    nonces.set(from, Math.max(nonce, nonces.get(from) ?? 0));
    firstNonces.set(from, Math.min(nonce, firstNonces.get(from) ?? nonce));
    if (!sent) uncertain.push({ futureId, from, nonce });
    if (address !== undefined && transaction !== undefined && block !== undefined) {
      creations.set(futureId.split("#").at(-1) ?? futureId, { address, transaction, block });
    }
  }
  return { uncertain, creations, nonces, firstNonces };
}

function messagesIn(directory: string): Message[] {
  const path = pathIn(directory);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Message);
}

function pathIn(directory: string): string {
  return join(directory, "journal.jsonl");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
