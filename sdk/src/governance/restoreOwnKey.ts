import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type OwnKeySwitched } from "./events.js";

/** Whose own key to switch on. */
export interface RestoreOwnKeyParams {
  organization: string;
}

/**
 * Switches an organization's own key on again, when no member is left that could. By the consortium.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerExpiredError where it waits; AccessManagedUnauthorizedError
 * @throws ProviderUnknownError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * await governance.restoreOwnKey.announce({ organization });
 * // Once the delay is over:
 * await governance.restoreOwnKey({ organization });
 */
export async function restoreOwnKey(
  context: Context,
  params: RestoreOwnKeyParams,
): Promise<WriteResult<OwnKeySwitched>> {
  return send(context, await restoreOwnKeyRequest(context, params), (logs) =>
    eventsOf(context, logs, "OwnKeySwitched"),
  );
}

/** Builds the transaction of {@link restoreOwnKey} without sending it. */
export async function restoreOwnKeyRequest(
  context: Context,
  params: RestoreOwnKeyParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["organization"]);
  const organization = toAddress(params.organization, "organization");
  return unsigned(directoryOf(context).restoreOwnKey.populateTransaction(organization));
}
