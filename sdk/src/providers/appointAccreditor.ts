import { ZeroAddress } from "ethers";
import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type AccreditorAppointed, providerEvents } from "./events.js";

/** Who acts behind an accreditor id. */
export interface AppointAccreditorParams {
  /** The accreditor id, from 1. */
  accreditor: number;
  /** The account; null leaves the id empty. */
  account: string | null;
}

/**
 * Puts an account behind an accreditor id, in the place of whoever stood there. By the consortium.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws AccessManagedUnauthorizedError, AccountInUseError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.appointAccreditor({ accreditor: 1, account: medicalCouncil });
 */
export async function appointAccreditor(
  context: Context,
  params: AppointAccreditorParams,
): Promise<WriteResult<AccreditorAppointed>> {
  return send(context, await appointAccreditorRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event) => event.type === "AccreditorAppointed"),
  );
}

/** Builds the transaction of {@link appointAccreditor} without sending it. */
export async function appointAccreditorRequest(
  { providers }: Context,
  params: AppointAccreditorParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["accreditor", "account"]);
  const { accreditor, account } = params;
  if (!Number.isSafeInteger(accreditor) || accreditor < 1 || accreditor >= 2 ** 32) {
    throw new InvalidParameterError("accreditor", "a whole number from 1 on");
  }
  const address = account === null ? ZeroAddress : toAddress(account, "account");
  return unsigned(providers.appointAccreditor.populateTransaction(accreditor, address));
}
