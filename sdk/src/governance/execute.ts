import { type Context, requireSender } from "../context.js";
import { AccessManagerUnauthorizedCallError } from "../errors/contract/openZeppelin.js";
import type { ProviderEvent } from "../providers/events.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { isSameAddress } from "../values/address.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type Announced, findAnnounced } from "./announced.js";
import { managerOf } from "./contracts.js";
import { allEvents, type GovernanceEvent } from "./events.js";
import { whenReady } from "./governed.js";

/**
 * Does what was announced, through the AccessManager. The events are those of the call, and that it was done.
 *
 * @param id of what is announced, as `announce` and `announced` tell it; by whoever announced it
 * @throws InvalidParameterError before anything is sent
 * @throws AccessManagerNotScheduledError if it is not announced, was done or called off
 * @throws NotReadyError before its delay is over, AccessManagerExpiredError a week after
 * @throws AccessManagerUnauthorizedCallError if somebody else announced it, or the role is gone
 * @throws the errors of the call itself; NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * for (const { id, state } of await governance.announced()) if (state === "ready") await governance.execute(id);
 */
export async function execute(context: Context, id: string): Promise<WriteResult<GovernanceEvent | ProviderEvent>> {
  const found = await findAnnounced(context, id);
  await requireAnnouncer(context, found);
  const transaction = await executing(context, found);
  return whenReady(
    context,
    send(context, transaction, (logs) => allEvents(context, logs)),
  );
}

/** Builds the transaction of {@link execute} without sending it: for whoever announced it. */
export async function executeRequest(context: Context, id: string): Promise<UnsignedTransaction> {
  return executing(context, await findAnnounced(context, id));
}

async function executing(context: Context, { call: { to, data } }: Announced): Promise<UnsignedTransaction> {
  return unsigned(managerOf(context).execute.populateTransaction(to, data));
}

/** Of somebody else, the AccessManager would look for another announcement, or need none. */
async function requireAnnouncer(context: Context, { by, call: { to, data } }: Announced): Promise<void> {
  const caller = await requireSender(context).address();
  if (isSameAddress(caller, by)) return;
  throw new AccessManagerUnauthorizedCallError({ caller, target: to, selector: data.slice(0, 10) });
}
