import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { type EndInput, toEnd } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { providerEvents, type ProviderRenewed } from "./events.js";

/** Which provider to renew, and until when. */
export interface RenewProviderParams {
  provider: string;
  /** Exclusive; a date includes that day. `"until-revoked"`: it ends only when somebody ends it. */
  until: EndInput;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
}

/**
 * Moves the end of a provider's accreditation. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError, InvalidExpiryError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.renew({ provider, until: "2030-12-31" });
 */
export async function renew(context: Context, params: RenewProviderParams): Promise<WriteResult<ProviderRenewed>> {
  return send(context, await renewRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event) => event.type === "ProviderRenewed"),
  );
}

/** Builds the transaction of {@link renew} without sending it. */
export async function renewRequest({ providers }: Context, params: RenewProviderParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "until", "timeZone"]);
  const { provider, until, timeZone } = params;
  const end = toEnd(until, "until", timeZone);
  return unsigned(providers.renew.populateTransaction(toAddress(provider, "provider"), end));
}
