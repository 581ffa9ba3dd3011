import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type CapabilitiesChanged } from "./events.js";
import { toChoice } from "./values.js";

/** Which provider may break the glass. */
export interface SetEmergencyParams {
  provider: string;
  capable: boolean;
}

/**
 * Gives a provider the capability to break the glass, or takes it. By the consortium.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerExpiredError where it waits; AccessManagedUnauthorizedError
 * @throws ProviderUnknownError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * const { readyAt } = await governance.setEmergency.announce({ provider, capable: true });
 * // From readyAt on:
 * await governance.setEmergency({ provider, capable: true });
 */
export async function setEmergency(
  context: Context,
  params: SetEmergencyParams,
): Promise<WriteResult<CapabilitiesChanged>> {
  return send(context, await setEmergencyRequest(context, params), (logs) =>
    eventsOf(context, logs, "CapabilitiesChanged"),
  );
}

/** Builds the transaction of {@link setEmergency} without sending it. */
export async function setEmergencyRequest(context: Context, params: SetEmergencyParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "capable"]);
  const provider = toAddress(params.provider, "provider");
  const capable = toChoice(params.capable, "capable");
  return unsigned(directoryOf(context).setEmergency.populateTransaction(provider, capable));
}
