import { addressOrSender, type Context } from "../context.js";
import { toEndpoint, toName } from "../providers/register.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type EntryChanged } from "./events.js";

/** How a provider describes itself. */
export interface SetEntryParams {
  /** Whoever signs if left out. */
  provider?: string | undefined;
  /** Public name of the organization or practitioner. */
  name: string;
  /** Base URL of its FHIR server, if it has one; left out, there is none any more. */
  endpoint?: string | undefined;
}

/**
 * Replaces a provider's name and endpoint. By the provider, a member that manages, or its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotActingForError, ProviderUnknownError, ProviderNotActiveError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * await governanceOf(consentry).setEntry({ name: "General Hospital", endpoint: "https://fhir.hospital.example/r4" });
 */
export async function setEntry(context: Context, params: SetEntryParams): Promise<WriteResult<EntryChanged>> {
  return send(context, await setEntryRequest(context, params), (logs) => eventsOf(context, logs, "EntryChanged"));
}

/** Builds the transaction of {@link setEntry} without sending it. */
export async function setEntryRequest(context: Context, params: SetEntryParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "name", "endpoint"]);
  const [name, endpoint] = [toName(params.name), toEndpoint(params.endpoint)];
  const provider = await addressOrSender(context, params.provider, "provider");
  return unsigned(directoryOf(context).setEntry.populateTransaction(provider, name, endpoint));
}
