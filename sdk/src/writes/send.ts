import { type Context, requireSender } from "../context.js";
import { TimeoutError, UnexpectedTransactionError, UnknownRevertError } from "../errors/chain.js";
import type { Transport } from "../transport/transport.js";
import type { RawLog, Receipt, UnsignedTransaction } from "../transport/types.js";

/** What became of a write. */
export interface WriteResult<Event> {
  /** Hash of the transaction. */
  hash: string;
  blockNumber: number;
  blockHash: string;
  gasUsed: bigint;
  /** What the contract itself said, in order; empty if nothing changed. */
  events: Event[];
}

const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;
const PATIENCE = 120_000;
/** Gas beyond the estimate, in percent: the state may change until the transaction is mined. */
const RESERVE = 25n;

/**
 * Tries a transaction on the node, sends it, and waits until it is mined.
 *
 * @param read takes the events of the action from the receipt's logs
 * @param tried what the trial took, in gas, if it was made already
 * @throws the typed error of the contract, before anything is sent wherever the trial shows it
 * @throws NoSignerError, UserRejectedError, InsufficientFundsError, NonceError, NetworkError before it is sent
 * @throws WrongChainError if the wallet or the node has been switched
 * @throws TimeoutError with the hash if it is not mined in time, UnexpectedTransactionError if it reached no contract
 */
export async function send<Event>(
  context: Context,
  transaction: UnsignedTransaction,
  read: (logs: readonly RawLog[]) => Event[],
  tried?: bigint,
): Promise<WriteResult<Event>> {
  const { transport, deployment } = context;
  const sender = requireSender(context);
  const from = await sender.address();
  const { to, data } = transaction;
  await transport.requireChain();
  const estimate = tried ?? (await transport.estimateGas({ from, to, data }));
  const gasLimit = estimate + (estimate * RESERVE) / 100n;
  const hash = await sender.send({ from, to, data, gasLimit, chainId: deployment.chainId });
  const receipt = await mined(transport, hash);
  if (!receipt.succeeded) await explainFailure(transport, { from, to, data }, receipt);
  const { blockNumber, blockHash, gasUsed, logs } = receipt;
  const events = read(logs);
  if (events.length === 0) await requireEffect(transport, to, hash);
  return { hash, blockNumber, blockHash, gasUsed, events };
}

/** A write that changes nothing has no events; one that reached nobody has none either. */
async function requireEffect(transport: Transport, to: string, hash: string): Promise<void> {
  await transport.requireChain();
  if (await transport.hasCode(to)) return;
  throw new UnexpectedTransactionError(hash, `There is no contract at ${to}.`);
}

/** Once it is sent, a failure to ask about it says nothing about it: it is asked about until time is up. */
async function mined(transport: Transport, hash: string): Promise<Receipt> {
  const end = Date.now() + PATIENCE;
  let failure: unknown;
  for (let wait = FIRST_WAIT; Date.now() < end; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      const receipt = await transport.receipt(hash);
      if (receipt !== undefined) return receipt;
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new TimeoutError(hash, failure);
}

/** A receipt does not say why: the same call on the state of its block does. */
async function explainFailure(
  transport: Transport,
  transaction: UnsignedTransaction & { from: string },
  { hash, blockNumber }: Receipt,
): Promise<never> {
  await transport.call(transaction, blockNumber);
  throw new UnknownRevertError("0x", `transaction ${hash} failed, but would not fail now`);
}
