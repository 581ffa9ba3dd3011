import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type IdentifierMoved } from "./events.js";
import { type ProviderIdentifier, toIdentifierHash } from "./identifier.js";

/** Which identifier a provider has. */
export interface SetIdentifierParams {
  provider: string;
  identifier: ProviderIdentifier;
}

/**
 * Gives a provider without an identifier one that nobody has, and so vouches for it; only the consortium moves it. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError, IdentifierInUseError, IdentifierExistsError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const identifier = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" };
 * await governanceOf(consentry).setIdentifier({ provider, identifier });
 */
export async function setIdentifier(
  context: Context,
  params: SetIdentifierParams,
): Promise<WriteResult<IdentifierMoved>> {
  return send(context, await setIdentifierRequest(context, params), (logs) =>
    eventsOf(context, logs, "IdentifierMoved"),
  );
}

/** Builds the transaction of {@link setIdentifier} without sending it. */
export async function setIdentifierRequest(
  context: Context,
  params: SetIdentifierParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "identifier"]);
  const provider = toAddress(params.provider, "provider");
  const identifier = toIdentifierHash(params.identifier);
  return unsigned(directoryOf(context).setIdentifier.populateTransaction(provider, identifier));
}
