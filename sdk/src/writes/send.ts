import { type Context, requireSender } from "../context.js";
import { UnexpectedTransactionError } from "../errors/chain.js";
import type { Transport } from "../transport/transport.js";
import type { RawLog, UnsignedTransaction } from "../transport/types.js";
import { explainFailure } from "./failure.js";
import { mined } from "./mined.js";

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

/** What is said again within its second is not written when it is tried, but when it is mined: twice as dear, or more. */
const MOST_RESERVE = 3_000_000n;

/**
 * Tries a transaction on the node, sends it, and waits until it is mined.
 *
 * @param read takes the events of the action from the receipt's logs
 * @param tried what the trial took, in gas, if it was made already
 * @throws the typed error of the contract, before anything is sent wherever the trial shows it
 * @throws NoSignerError, UserRejectedError, InsufficientFundsError, NonceError before it is sent
 * @throws NetworkError, RateLimitedError, UnreadableAnswerError, TimeoutError without a hash, if it was not sent
 * @throws WrongChainError if the wallet or the node has been switched
 * @throws UnknownOutcomeError if it is not known whether it was sent, TimeoutError with the hash if it is not mined in time
 * @throws TransactionReplacedError, OutOfGasError, UnexpectedTransactionError if it reached no contract
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
  const gasLimit = withReserve(estimate);
  const sent = await sender.send({ from, to, data, gasLimit, chainId: deployment.chainId });
  const receipt = await mined(transport, sent, context.miningTimeout);
  if (!receipt.succeeded) await explainFailure(transport, receipt);
  const { hash, blockNumber, blockHash, gasUsed, logs } = receipt;
  const events = read(logs);
  if (events.length === 0) await requireEffect(transport, to, hash);
  return { hash, blockNumber, blockHash, gasUsed, events };
}

/** Gas beyond the estimate is not paid for, and the state and the time change until the transaction is mined. */
function withReserve(estimate: bigint): bigint {
  const reserve = estimate * 2n;
  return estimate + estimate / 4n + (reserve < MOST_RESERVE ? reserve : MOST_RESERVE);
}

/** A write that changes nothing has no events; one that reached nobody has none either. */
async function requireEffect(transport: Transport, to: string, hash: string): Promise<void> {
  await transport.requireChain();
  if (await transport.hasCode(to)) return;
  throw new UnexpectedTransactionError(hash, `There is no contract at ${to}.`);
}
