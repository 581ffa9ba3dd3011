import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { findAnnounced } from "./announced.js";
import { managerOf } from "./contracts.js";
import { eventsOf, type OperationEnded } from "./events.js";

/**
 * Calls off what was announced. By whoever announced it, or an administrator, and at once.
 *
 * @param id of what is announced, as `announce` and `announced` tell it
 * @throws InvalidParameterError before anything is sent
 * @throws AccessManagerNotScheduledError if it is not announced, was done or called off
 * @throws AccessManagerUnauthorizedCancelError, NoSignerError
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * const { id } = await governance.setEmergency.announce({ provider, capable: true });
 * await governance.cancel(id);
 */
export async function cancel(context: Context, id: string): Promise<WriteResult<OperationEnded>> {
  return send(context, await cancelRequest(context, id), (logs) => eventsOf(context, logs, "OperationCanceled"));
}

/** Builds the transaction of {@link cancel} without sending it. */
export async function cancelRequest(context: Context, id: string): Promise<UnsignedTransaction> {
  const { by, call } = await findAnnounced(context, id);
  return unsigned(managerOf(context).cancel.populateTransaction(by, call.to, call.data));
}
