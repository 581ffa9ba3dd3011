import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { providerEvents, type StandingChanged } from "./events.js";

/** Which provider to revoke. */
export interface RevokeProviderParams {
  provider: string;
}

/**
 * Stops a provider for good; only the consortium can reinstate it. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError, AlreadyRevokedError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.revoke({ provider });
 */
export async function revoke(context: Context, params: RevokeProviderParams): Promise<WriteResult<StandingChanged>> {
  return send(context, await revokeRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event): event is StandingChanged => event.type === "ProviderRevoked"),
  );
}

/** Builds the transaction of {@link revoke} without sending it. */
export async function revokeRequest(
  { providers }: Context,
  params: RevokeProviderParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider"]);
  return unsigned(providers.revoke.populateTransaction(toAddress(params.provider, "provider")));
}
