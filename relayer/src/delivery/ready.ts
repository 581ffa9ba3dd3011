import { QueueStuckError } from "../errors/operation.js";
import type { Delivering } from "./deliver.js";

/** So long a statement may wait, in milliseconds. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Sees to it that what is accepted now would be delivered.
 *
 * @throws NetworkError, TimeoutError, WrongChainError and the other errors of a node
 * @throws InsufficientFundsError, QueueStuckError
 */
export async function requireReady({ line, payer, queue }: Delivering): Promise<void> {
  await line.use(({ providers }) => providers.get(payer.address));
  await payer.requireFunds();
  const since = queue.waitingSince();
  if (since !== undefined && Date.now() - since > LONGEST_WAIT) throw new QueueStuckError();
}
