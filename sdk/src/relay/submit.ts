import type { Context } from "../context.js";
import { requireSender } from "../context.js";
import { type RegistryEvent, registryEvents } from "../patients/events.js";
import { send, type WriteResult } from "../writes/send.js";
import { type RelayOptions, verify } from "./verify.js";

/**
 * Delivers a signed statement: whoever submits it pays for the transaction, and needs no right of its own.
 *
 * It is verified first, so that nothing is paid for what would fail. What was said after its stamp stays: of a statement
 * with several consents only those count that nothing newer has replaced, and these are the events.
 *
 * @param input what a `sign` returned, or its JSON
 * @returns the transaction, and the events of what it changed
 * @throws whatever `relay.verify` throws, before anything is sent
 * @throws NoSignerError, InsufficientFundsError, NonceError, NetworkError, TimeoutError
 * @example
 * const { events } = await relayer.relay.submit(signed);
 * console.log(events[0]?.type); // "ConsentGranted"
 */
export async function submit(
  context: Context,
  input: unknown,
  options: RelayOptions = {},
): Promise<WriteResult<RegistryEvent>> {
  requireSender(context);
  const { transaction, gas } = await verify(context, input, options);
  return send(context, transaction, (logs) => registryEvents(context, logs), gas);
}
