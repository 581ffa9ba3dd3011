import type { Interface } from "ethers";
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

/** The events that a contract itself emitted; what others emitted, or what the ABI does not know, is left out. */
export function decodeLogs(contract: Interface, address: string, logs: readonly RawLog[]): DecodedLog[] {
  const own = logs.filter((log) => log.address.toLowerCase() === address.toLowerCase());
  return own.flatMap((log) => {
    const parsed = contract.parseLog(log);
    return parsed === null ? [] : [{ name: parsed.name, args: parsed.args.toObject(), position: positionOf(log) }];
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
