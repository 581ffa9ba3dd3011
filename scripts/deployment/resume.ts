/** Makes a deployment that was killed at any point ready to be continued. */
import { relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ArtifactResolver, trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import type { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { type UncertainTransaction, readJournal, repairJournal } from "./journal.js";
import { DEVELOPMENT_CHAIN } from "./settings.js";

const PATIENCE = 120_000;
const POLLING = 500;

/** Compares the journal with the chain, and settles what it leaves open. */
export async function prepareToResume(directory: string, chain: Chain, artifacts: ArtifactResolver): Promise<void> {
  repairJournal(directory);
  await requireSameChain(directory, chain);
  for (const transaction of readJournal(directory).uncertain) await settle(directory, chain, artifacts, transaction);
}

/** Ignition stops at such a transaction and asks for its hash; here it is looked up, or known not to have been sent. */
async function settle(
  directory: string,
  chain: Chain,
  artifacts: ArtifactResolver,
  { futureId, from, nonce }: UncertainTransaction,
): Promise<void> {
  if (!(await isUsed(chain, from, nonce))) return wipe(directory, artifacts, futureId);
  const transaction = await chain.transactionOf(from, nonce);
  if (transaction === undefined) {
    throw new OperatorError(`The node does not show transaction ${nonce} of ${from}: use a node with full history.`);
  }
  await trackTransaction(directory, transaction.hash, chain.provider, 1);
}

/** Waits for a transaction that is still to be mined. */
async function isUsed(chain: Chain, from: string, nonce: number): Promise<boolean> {
  const end = Date.now() + PATIENCE;
  while ((await chain.nonceOf(from, "latest")) <= nonce) {
    if ((await chain.nonceOf(from, "pending")) <= nonce) return false;
    if (Date.now() > end) {
      throw new OperatorError(`Transaction ${nonce} of ${from} waits to be mined: run the command again once it is.`);
    }
    await sleep(POLLING);
  }
  return true;
}

async function requireSameChain(directory: string, chain: Chain): Promise<void> {
  const { chainId: recorded, creations, nonces } = readJournal(directory);
  const chainId = await chain.id();
  const place = relative(process.cwd(), directory);
  if (recorded !== undefined && recorded !== chainId) {
    throw new OperatorError(
      `${place} belongs to chain ${recorded}, the node is on chain ${chainId}: correct the node, or use another network name.`,
    );
  }
  const addresses = [...creations.values()].map(({ address }) => address);
  const codes = await Promise.all(addresses.map((address) => chain.hasCode(address)));
  const sent = await Promise.all(
    [...nonces].map(async ([from, nonce]) => (await chain.nonceOf(from, "pending")) >= nonce),
  );
  if ([...codes, ...sent].every(Boolean)) return;
  throw new OperatorError(
    chainId === DEVELOPMENT_CHAIN
      ? `${place} records contracts that this chain does not have, as it was restarted: run the command again with --reset to forget them.`
      : `${place} records contracts that this chain does not have: correct the node, or move the folder away if that chain is gone for good.`,
  );
}
