import { UnknownRevertError } from "../errors/chain.js";
import { OutOfGasError } from "../errors/sending.js";
import { transactionOf } from "../transport/transactions.js";
import type { Transport } from "../transport/transport.js";
import type { Receipt } from "../transport/types.js";

/**
 * Tells why a transaction failed. Its receipt does not, but the same call on the state of its block does.
 *
 * @throws the typed error of the contract, OutOfGasError, UnknownRevertError
 */
export async function explainFailure(transport: Transport, { hash, blockNumber, gasUsed }: Receipt): Promise<never> {
  const transaction = await transactionOf(transport, hash);
  if (transaction === undefined) throw new UnknownRevertError("0x", `transaction ${hash} failed`);
  const { from, to, data, gasLimit } = transaction;
  await transport.call({ from, to, data }, blockNumber);
  if (isUsedUp(gasUsed, gasLimit)) throw new OutOfGasError(undefined, hash);
  throw new UnknownRevertError("0x", `transaction ${hash} failed, but would not fail now`);
}

/** Whoever calls another contract keeps a 64th of the gas. */
function isUsedUp(gasUsed: bigint, gasLimit: bigint): boolean {
  return gasUsed * 64n >= gasLimit * 63n;
}
