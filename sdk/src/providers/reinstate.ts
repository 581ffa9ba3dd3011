import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { providerEvents, type StandingChanged } from "./events.js";

/** Which provider to reinstate. */
export interface ReinstateProviderParams {
  provider: string;
}

/**
 * Makes a suspended or revoked provider active again. By the consortium.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws AccessManagedUnauthorizedError, ProviderUnknownError, AlreadyActiveError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.reinstate({ provider });
 */
export async function reinstate(
  context: Context,
  params: ReinstateProviderParams,
): Promise<WriteResult<StandingChanged>> {
  return send(context, await reinstateRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event): event is StandingChanged => event.type === "ProviderReinstated"),
  );
}

/** Builds the transaction of {@link reinstate} without sending it. */
export async function reinstateRequest(
  { providers }: Context,
  params: ReinstateProviderParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider"]);
  return unsigned(providers.reinstate.populateTransaction(toAddress(params.provider, "provider")));
}
