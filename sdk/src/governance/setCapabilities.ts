import type { Context } from "../context.js";
import { abilitiesToBits, CAPABILITIES, type Capability } from "../providers/names.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf, toList } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type CapabilitiesChanged } from "./events.js";

/** What a provider may do. */
export interface SetCapabilitiesParams {
  provider: string;
  /** `contribute`, or nothing. */
  capabilities: readonly Capability[];
}

/**
 * Sets the capabilities of a provider but `emergency`, which is left as it is. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError, InvalidCapabilitiesError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * await governanceOf(consentry).setCapabilities({ provider, capabilities: ["contribute"] });
 */
export async function setCapabilities(
  context: Context,
  params: SetCapabilitiesParams,
): Promise<WriteResult<CapabilitiesChanged>> {
  return send(context, await setCapabilitiesRequest(context, params), (logs) =>
    eventsOf(context, logs, "CapabilitiesChanged"),
  );
}

/** Builds the transaction of {@link setCapabilities} without sending it. */
export async function setCapabilitiesRequest(
  context: Context,
  params: SetCapabilitiesParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "capabilities"]);
  const provider = toAddress(params.provider, "provider");
  const names = toList(params.capabilities, "capabilities");
  const bits = abilitiesToBits(names.map((each, i) => oneOf(CAPABILITIES, each, `capabilities[${i}]`)));
  return unsigned(directoryOf(context).setCapabilities.populateTransaction(provider, bits));
}
