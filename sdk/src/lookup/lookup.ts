import { type Client, contextOfClient } from "../client.js";
import type { ListedProvider } from "../providers/get.js";
import { bind } from "../writes/action.js";
import { patients, type SpokenFor } from "./patients.js";
import { type ListProvidersParams, providers } from "./providers.js";

/** What a page asks before it knows whom it asks about. */
export interface Lookup {
  /**
   * Lists the providers of the directory.
   *
   * @throws InvalidParameterError; NetworkError, TimeoutError, RpcError, ReorganisedError
   */
  providers: (params?: ListProvidersParams) => Promise<ListedProvider[]>;
  /**
   * Lists the patients for whom an account may speak: itself, those it controls, and those that it represents.
   *
   * @throws InvalidAddressError; NetworkError, TimeoutError, RpcError, ReorganisedError
   */
  patients: (account: string) => Promise<SpokenFor[]>;
}

/**
 * Looks up what is not known by its address.
 *
 * @param client what `connect` returned
 * @throws InvalidParameterError if it is something else
 * @example
 * import { lookupOf } from "@consentry/sdk/lookup";
 *
 * const lookup = lookupOf(consentry);
 * for (const { name, kind } of await lookup.providers({ active: true })) console.log(name, kind); // General Hospital organization
 * for (const { patient, as } of await lookup.patients(mother)) console.log(patient, as); // 0x9965... controller
 */
export function lookupOf(client: Client): Lookup {
  const context = contextOfClient(client);
  return {
    providers: bind(context, providers),
    patients: bind(context, patients),
  };
}
