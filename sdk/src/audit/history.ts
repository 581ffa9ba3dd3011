import type { Context } from "../context.js";
import { firstBlock } from "../logs/firstBlock.js";
import type { Pages } from "../logs/pages.js";
import { type PageOptions, readPages } from "../logs/readPages.js";
import { withTimes } from "../logs/times.js";
import { toRecordId } from "../scopes/ids.js";
import type { LogFilter, RawLog } from "../transport/types.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { topicsOf } from "../writes/events.js";
import { type Access, accesses } from "./accessed.js";

/** Which entries: those that fit everything that is given; all of them if nothing is. */
export interface HistoryParams {
  patient?: string | undefined;
  /** In whose name it was asked. */
  grantee?: string | undefined;
  /** A record's id. */
  record?: string | undefined;
  /** The number of the first block; that of the deployment if left out. */
  fromBlock?: number | undefined;
}

export const HISTORY_KEYS = [
  "patient",
  "grantee",
  "record",
  "fromBlock",
] as const satisfies readonly (keyof HistoryParams)[];

/** An access and its time. */
export interface HistoryEntry extends Access {
  /** The time of the block. */
  time: Date;
}

/**
 * Who asked for what, when, and what the answer was: the audit trail.
 *
 * @param options at which block to stop; `cursor` to go on where an earlier reading stopped; `onProgress`
 * @returns an async iterable in the order of the chain, refusals included, which `await` reads as a whole
 * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError when reading begins
 * @throws ReorganisedError if the place of the cursor is no longer on the chain
 * @throws NetworkError, TimeoutError, RpcError
 * @example
 * for await (const { time, grantee, decision } of consentry.audit.history({ patient })) {
 *   console.log(time.toISOString(), grantee, decision); // 2026-03-01T09:30:00.000Z 0x7099... Permit
 * }
 */
export function history(context: Context, params: HistoryParams = {}, options?: PageOptions): Pages<HistoryEntry> {
  return readPages(context, options, () => {
    onlyKeys(params, HISTORY_KEYS);
    return {
      filters: [accessFilter(context, params)],
      fromBlock: firstBlock(context, params.fromBlock),
      describe: (logs) => entriesOf(context, logs),
    };
  });
}

/** The logs of the accesses that fit. */
export function accessFilter({ audit, deployment }: Context, { patient, grantee, record }: HistoryParams): LogFilter {
  const indexed = [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    grantee === undefined ? undefined : toParty(grantee, "grantee"),
    record === undefined ? undefined : toRecordId(record),
  ];
  const { address } = deployment.contracts.AuditLog;
  return { address, topics: topicsOf(audit.interface, ["Accessed"], ...indexed) };
}

/** The accesses in some logs, with their times, which are asked for where the node did not tell. */
export async function entriesOf(context: Context, logs: readonly RawLog[]): Promise<HistoryEntry[]> {
  return describeEntries(context, await withTimes(context.transport, logs));
}

/** The accesses in some logs that have their times. */
export function describeEntries(context: Context, logs: readonly RawLog[]): HistoryEntry[] {
  const times = new Map(logs.map(({ blockHash, blockTimestamp }) => [blockHash, blockTimestamp]));
  return accesses(context, logs).map((entry) => ({ ...entry, time: dateOf(times.get(entry.blockHash)) }));
}

function dateOf(seconds = NaN): Date {
  return new Date(seconds * 1000);
}
