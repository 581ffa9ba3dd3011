import type { Context } from "../context.js";
import { logsInRange } from "../transport/logsInRange.js";
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
  const logs = await logsInRange(context.transport, {
    address: context.deployment.contracts.ConsentRegistry.address,
    topics: topicsOf(context.consents.interface, names, ...indexed),
    fromBlock: Math.max(fromBlock, context.deployment.fromBlock),
    toBlock: head.number,
  });
  return controlEvents(context, logs);
}
