import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { toRecordId } from "../scopes/ids.js";
import { logsInRange } from "../transport/logsInRange.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { mapInTurns } from "../values/lists.js";
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

/** An access and its time. */
export interface HistoryEntry extends Access {
  /** The time of the block. */
  time: Date;
}

/**
 * Who asked for what, when, and what the answer was: the audit trail up to the newest block.
 *
 * @returns in the order of the chain, refusals included
 * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError
 * @example
 * for (const { time, grantee, decision } of await consentry.audit.history({ patient })) {
 *   console.log(time.toISOString(), grantee, decision); // 2026-03-01T09:30:00.000Z 0x7099... Permit
 * }
 */
export async function history(context: Context, params: HistoryParams = {}): Promise<HistoryEntry[]> {
  onlyKeys(params, ["patient", "grantee", "record", "fromBlock"]);
  const { deployment, transport, audit } = context;
  const { patient, grantee, record, fromBlock = deployment.fromBlock } = params;
  if (!Number.isSafeInteger(fromBlock) || fromBlock < 0) {
    throw new InvalidParameterError("fromBlock", "the number of a block");
  }
  const indexed = [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    grantee === undefined ? undefined : toParty(grantee, "grantee"),
    record === undefined ? undefined : toRecordId(record),
  ];
  const logs = await logsInRange(transport, {
    address: deployment.contracts.AuditLog.address,
    topics: topicsOf(audit.interface, ["Accessed"], ...indexed),
    fromBlock: Math.max(fromBlock, deployment.fromBlock),
    toBlock: (await transport.head()).number,
  });
  const entries = accesses(context, logs);
  const numbers = [...new Set(entries.map(({ blockNumber }) => blockNumber))];
  const blocks = await mapInTurns(numbers, (number) => transport.block(number));
  const times = new Map(blocks.map(({ number, timestamp }) => [number, new Date(timestamp * 1000)]));
  return entries.map((entry) => ({ ...entry, time: times.get(entry.blockNumber) ?? new Date(NaN) }));
}
