import type { OfPatient } from "../consents/types.js";
import { type Context, requireSender } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { gasWhenDue } from "../writes/gasWhenDue.js";
import { send, type WriteResult } from "../writes/send.js";
import { type ControlEvent, controlEvents } from "./events.js";

/** A transaction about a patient. */
export type BuiltFor = UnsignedTransaction & OfPatient;

/**
 * Sends a transaction, as soon as the signatures in it are due; the events of the result are those of these types.
 */
export async function sendFor<Type extends ControlEvent["type"]>(
  context: Context,
  { patient, ...transaction }: BuiltFor,
  ...types: readonly Type[]
): Promise<WriteResult<Extract<ControlEvent, { type: Type }>> & OfPatient> {
  const isMeant = (event: ControlEvent): event is Extract<ControlEvent, { type: Type }> =>
    types.some((type) => type === event.type);
  const from = await requireSender(context).address();
  const gas = await gasWhenDue(context.transport, { ...transaction, from });
  const result = await send(context, transaction, (logs) => controlEvents(context, logs).filter(isMeant), gas);
  return { ...result, patient };
}

/** The transaction alone, for somebody else to send. */
export function transactionOf({ to, data }: UnsignedTransaction): UnsignedTransaction {
  return { to, data };
}
