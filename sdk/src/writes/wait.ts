import type { Context } from "../context.js";
import { toBytes32 } from "../values/bytes.js";
import { explainFailure } from "./failure.js";
import { mined } from "./mined.js";

/** A transaction that was mined, and where; a position for `atLeast`. */
export interface MinedTransaction {
  /** Hash of the transaction; that of another one if a wallet sent the same again to speed it up. */
  hash: string;
  blockNumber: number;
  blockHash: string;
  gasUsed: bigint;
}

/**
 * Waits until a transaction is mined, for as long as `miningTimeout` of `connect` says. It sends nothing, so it may be
 * called as often as wanted: after a `TimeoutError` or an `UnknownOutcomeError` it tells what became of the write.
 *
 * @param hash of the transaction, as the error has it
 * @returns where it was mined; what it changed can be read from then on
 * @throws InvalidParameterError if it is no hash
 * @throws TimeoutError if it is not mined yet, or never arrived
 * @throws TransactionReplacedError if something else took its place
 * @throws OutOfGasError and the errors of the contract if it failed
 * @example
 * try {
 *   await consentry.consents.revoke({ grantee });
 * } catch (error) {
 *   if (!(error instanceof TimeoutError && error.hash !== undefined)) throw error;
 *   await consentry.wait(error.hash);
 * }
 */
export async function wait(context: Context, hash: string): Promise<MinedTransaction> {
  const { transport, miningTimeout } = context;
  await transport.requireChain();
  const receipt = await mined(transport, toBytes32(hash, "hash"), miningTimeout);
  if (!receipt.succeeded) await explainFailure(transport, receipt);
  const { blockNumber, blockHash, gasUsed } = receipt;
  return { hash: receipt.hash, blockNumber, blockHash, gasUsed };
}
