import { type Context, requireSender } from "../context.js";
import { AccessManagerUnauthorizedCallError } from "../errors/contract/openZeppelin.js";
import { NothingToAnnounceError } from "../errors/governance.js";
import { blockOf } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { toHex } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { decodeLogs } from "../writes/events.js";
import { onlyEvent } from "../writes/onlyEvent.js";
import { send, type WriteResult } from "../writes/send.js";
import { announcement, type Announced, expiration } from "./announced.js";
import { managerInterface, managerOf } from "./contracts.js";

/** What was announced, and when it can be done. */
export interface AnnounceResult extends WriteResult<Announced>, Pick<Announced, "id" | "readyAt" | "expiresAt"> {}

/**
 * Announces any call that waits, as `request` of an action builds it: everybody sees it from now on. What has an action here
 * is announced by its own `announce`.
 *
 * @param call who announces it does it later, by the same call or by `execute`
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NothingToAnnounceError if the caller may do it at once; AccessManagerUnauthorizedCallError if it never may
 * @throws AccessManagerAlreadyScheduledError if it is announced already
 * @throws NoSignerError if nobody can sign
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * // Of a reviewer whose verdicts wait.
 * const { to, data } = await emergencyOf(consentry).review.request({ subject, verdict: "justified" });
 * const { id, readyAt } = await governanceOf(consentry).announce({ to, data });
 */
export async function announce(context: Context, call: UnsignedTransaction): Promise<AnnounceResult> {
  const { to, data } = toCall(call);
  const transaction = await scheduling(context, { to, data });
  const lasts = await expiration(context, await blockOf(context));
  const result = await send(context, transaction, (logs) => {
    const decoded = decodeLogs(managerInterface, transaction.to, logs).filter(
      ({ name }) => name === "OperationScheduled",
    );
    const own = decoded.filter(({ args }) => args["target"] === to && args["data"] === data);
    return own.map((log) => announcement(context, log, lasts, 0));
  }).catch((error: unknown) => explain(context, { to, data }, error));
  const { id, readyAt, expiresAt } = onlyEvent(result, "It holds no announcement of the call, or several.");
  return { ...result, id, readyAt, expiresAt };
}

/** Builds the transaction of {@link announce} without sending it. */
export async function announceRequest(context: Context, call: UnsignedTransaction): Promise<UnsignedTransaction> {
  return scheduling(context, toCall(call));
}

function toCall(call: UnsignedTransaction): UnsignedTransaction {
  onlyKeys(call, ["to", "data"]);
  return { to: toAddress(call.to, "to"), data: toHex(call.data, "data") };
}

/** As early as the delay lets. */
async function scheduling(context: Context, { to, data }: UnsignedTransaction): Promise<UnsignedTransaction> {
  return unsigned(managerOf(context).schedule.populateTransaction(to, data, 0));
}

/** The AccessManager refuses in the same words what needs no announcement and what is not allowed. */
async function explain(context: Context, { to, data }: UnsignedTransaction, error: unknown): Promise<never> {
  if (!(error instanceof AccessManagerUnauthorizedCallError)) throw error;
  const caller = await requireSender(context).address();
  const at = atBlock(await blockOf(context));
  const { immediate } = await managerOf(context).canCall(caller, to, data.slice(0, 10), at);
  throw immediate ? new NothingToAnnounceError(caller, error) : error;
}
