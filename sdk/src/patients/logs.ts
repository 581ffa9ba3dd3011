import type { Context } from "../context.js";
import { scan } from "../logs/scan.js";
import type { Head } from "../transport/types.js";
import { topicsOf } from "../writes/events.js";
import { CONTROL_EVENTS, type ControlEvent, controlEvents } from "./events.js";

/**
 * The events about control up to a block, in order.
 *
 * @param indexed the first indexed arguments of the events: undefined for any
 */
export async function controlEventsUpTo(
  context: Context,
  head: Head,
  indexed: readonly (string | undefined)[],
  names: readonly (typeof CONTROL_EVENTS)[number][] = CONTROL_EVENTS,
  fromBlock = context.deployment.fromBlock,
): Promise<ControlEvent[]> {
  const { deployment, transport, consents } = context;
  const address = deployment.contracts.ConsentRegistry.address;
  const filters = [{ address, topics: topicsOf(consents.interface, names, ...indexed) }];
  const found: ControlEvent[] = [];
  for await (const { logs } of scan(transport, {
    filters,
    fromBlock: Math.max(fromBlock, deployment.fromBlock),
    head,
  })) {
    found.push(...controlEvents(context, logs));
  }
  return found;
}
