import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { providerEvents, type StandingChanged } from "./events.js";

/** Which provider to suspend. */
export interface SuspendProviderParams {
  provider: string;
}

/**
 * Stops a provider at once, in every decision of the same block. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError, AlreadySuspendedError, AlreadyRevokedError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.suspend({ provider });
 */
export async function suspend(context: Context, params: SuspendProviderParams): Promise<WriteResult<StandingChanged>> {
  return send(context, await suspendRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event): event is StandingChanged => event.type === "ProviderSuspended"),
  );
}

/** Builds the transaction of {@link suspend} without sending it. */
export async function suspendRequest(
  { providers }: Context,
  params: SuspendProviderParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider"]);
  return unsigned(providers.suspend.populateTransaction(toAddress(params.provider, "provider")));
}
