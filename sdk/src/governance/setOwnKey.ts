import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type OwnKeySwitched } from "./events.js";
import { toChoice } from "./values.js";

/** Whether an organization's own key acts for it. */
export interface SetOwnKeyParams {
  organization: string;
  off: boolean;
}

/**
 * Switches an organization's own key off, so that it acts for nobody, or on again. By a member that manages, never by the key itself.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotByOwnKeyError, NotActingForError, ProviderUnknownError, ProviderNotActiveError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * // By a member that manages; list a second one before.
 * await governanceOf(consentry).setOwnKey({ organization, off: true });
 */
export async function setOwnKey(context: Context, params: SetOwnKeyParams): Promise<WriteResult<OwnKeySwitched>> {
  return send(context, await setOwnKeyRequest(context, params), (logs) => eventsOf(context, logs, "OwnKeySwitched"));
}

/** Builds the transaction of {@link setOwnKey} without sending it. */
export async function setOwnKeyRequest(context: Context, params: SetOwnKeyParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["organization", "off"]);
  const organization = toAddress(params.organization, "organization");
  return unsigned(directoryOf(context).setOwnKey.populateTransaction(organization, toChoice(params.off, "off")));
}
