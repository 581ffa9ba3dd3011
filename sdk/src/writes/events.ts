import type { EventFragment, Interface } from "ethers";
import type { RawLog } from "../transport/types.js";

/** Where an event stands on the chain. */
export interface EventPosition {
  blockNumber: number;
  blockHash: string;
  /** Hash of the transaction. */
  transaction: string;
  logIndex: number;
}

/** An event as the ABI decodes it. */
export interface DecodedLog {
  name: string;
  args: Readonly<Record<string, unknown>>;
  position: EventPosition;
}

/** The events of a contract by their topics: ethers would hash the signature of each for each log. */
const tables = /* @__PURE__ */ new WeakMap<Interface, ReadonlyMap<string, EventFragment>>();

function eventsOf(contract: Interface): ReadonlyMap<string, EventFragment> {
  const known = tables.get(contract);
  if (known !== undefined) return known;
  const events = new Map<string, EventFragment>();
  contract.forEachEvent((event) => events.set(event.topicHash, event));
  tables.set(contract, events);
  return events;
}

/** The events that a contract itself emitted; what others emitted, or what the ABI does not know, is left out. */
export function decodeLogs(contract: Interface, address: string, logs: readonly RawLog[]): DecodedLog[] {
  const own = logs.filter((log) => log.address.toLowerCase() === address.toLowerCase());
  const events = eventsOf(contract);
  return own.flatMap((log) => {
    const event = events.get(log.topics[0]?.toLowerCase() ?? "");
    if (event === undefined) return [];
    const args = contract.decodeEventLog(event, log.data, log.topics);
    return [{ name: event.name, args: args.toObject(), position: positionOf(log) }];
  });
}

/** The topics of a filter: the event, then its indexed arguments, null for any. */
export function topicsOf(
  contract: Interface,
  events: readonly string[],
  ...indexed: (string | undefined)[]
): (string | readonly string[] | null)[] {
  const signatures = events.map((event) => contract.getEvent(event)?.topicHash ?? event);
  return [
    signatures,
    ...indexed.map((value) => (value === undefined ? null : `0x${value.slice(2).toLowerCase().padStart(64, "0")}`)),
  ];
}

function positionOf({ blockNumber, blockHash, transactionHash, logIndex }: RawLog): EventPosition {
  return { blockNumber, blockHash, transaction: transactionHash, logIndex };
}
