import type { Context } from "../context.js";
import { logsOf } from "../logs/scan.js";
import { providerEvents } from "../providers/events.js";
import { type ListedProvider, providerAt } from "../providers/get.js";
import { blockOf } from "../reads/blockOf.js";
import { toBoolean } from "../values/booleans.js";
import { onlyKeys } from "../values/keys.js";
import { mapInTurns } from "../values/lists.js";
import { topicsOf } from "../writes/events.js";

/** Which providers to list. */
export interface ListProvidersParams {
  /** Only those that decisions take as active; all if left out. */
  active?: boolean | undefined;
}

/** Lists the providers of the directory at the newest block, in the order in which they were first listed. */
export async function providers(context: Context, params: ListProvidersParams = {}): Promise<ListedProvider[]> {
  onlyKeys(params, ["active"]);
  const isActiveOnly = toBoolean(params.active, "active");
  const { deployment, transport } = context;
  const { address } = deployment.contracts.ProviderRegistry;
  const filters = [{ address, topics: topicsOf(context.providers.interface, ["ProviderRegistered"]) }];
  const head = await blockOf(context);
  const logs = await logsOf(transport, { filters, fromBlock: deployment.fromBlock, head });
  const registered = providerEvents(context, logs).filter((event) => event.type === "ProviderRegistered");
  const addresses = [...new Set(registered.map(({ provider }) => provider))];
  const found = await mapInTurns(addresses, (provider) => providerAt(context, provider, head));
  return found
    .filter((entry): entry is ListedProvider => entry.standing !== "unlisted")
    .filter(({ active }) => active || !isActiveOnly);
}
