import type { Letter } from "../queue/types.js";
import type { Delivering } from "./delivering.js";
import { settle } from "./settle.js";

/** What is said again within its second is not written when it is tried, but when it is mined: twice as dear, or more. */
const MOST_RESERVE = 3_000_000n;

/**
 * Verifies a statement once more, and signs the transaction that delivers it with the next nonce. It is on disk before
 * anything is handed over, so it is known after any crash what may have been.
 */
export async function prepare(delivering: Delivering, letter: Letter): Promise<void> {
  const { line, payer, outbox, gas, options } = delivering;
  try {
    const verified = await line.use(({ relay }) => relay.verify(letter.statement, options));
    const price = await payer.price();
    if (!letter.isWithdrawal) await payer.requireFunds(gas.reserve, price);
    const nonce = await payer.freeNonce(outbox.nonces());
    const transaction = { ...verified.transaction, gasLimit: withReserve(verified.gas) };
    const signed = await payer.sign(transaction, nonce, price);
    outbox.add({ ...signed, id: letter.id, at: Date.now() });
  } catch (error) {
    await settle(delivering, letter, error);
  }
}

/** Gas beyond the estimate is not paid for, and the state and the time change until the transaction is mined. */
function withReserve(estimate: bigint): bigint {
  const reserve = estimate * 2n;
  return estimate + estimate / 4n + (reserve < MOST_RESERVE ? reserve : MOST_RESERVE);
}
