import { QueueStuckError } from "../errors/operation.js";
import type { Delivering } from "./delivering.js";

/** So long a statement may wait, in milliseconds. */
const LONGEST_WAIT = 10 * 60_000;

/**
 * Sees to it that what is accepted now would be delivered.
 *
 * @throws NetworkError, TimeoutError, WrongChainError and the other errors of a node
 * @throws LowFundsError, QueueStuckError
 */
export async function requireReady({ line, payer, queue, gas }: Delivering): Promise<void> {
  await line.use(({ providers }) => providers.get(payer.address));
  await payer.requireFunds(gas.reserve, await payer.price());
  const budgetIsUsed = gas.wait(false) > 0;
  const since = queue.waitingSince(budgetIsUsed);
  if (since !== undefined && Date.now() - since > LONGEST_WAIT) throw new QueueStuckError();
}
