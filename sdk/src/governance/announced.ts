import type { Context } from "../context.js";
import { AccessManagerNotScheduledError } from "../errors/contract/openZeppelin.js";
import { logsOf } from "../logs/scan.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { type DecodedLog, decodeLogs, type EventPosition, topicsOf } from "../writes/events.js";
import { type DescribedCall, describeCall } from "./calls.js";
import { managerInterface, managerOf } from "./contracts.js";

const EVENTS = ["OperationScheduled", "OperationExecuted", "OperationCanceled"];

/** A call that was announced, and was neither done nor called off. */
export interface Announced extends EventPosition {
  type: "OperationScheduled";
  /** Names the call and who announced it: what `execute` and `cancel` take. */
  id: string;
  /** Who announced it, and alone can do it. */
  by: string;
  call: DescribedCall;
  /** From when on it can be done, by the time of the chain. */
  readyAt: Date;
  /** From when on it can't be done any more, unless it is announced again. */
  expiresAt: Date;
  /** At the block that was read. */
  state: "waiting" | "ready" | "expired";
}

interface Args {
  operationId: string;
  schedule: bigint;
  caller: string;
  target: string;
  data: string;
}

/**
 * Lists what is announced and was neither done nor called off, in the order in which it was announced: also what others
 * announced, to call it off in time.
 *
 * @param options at which block; the newest if left out
 * @throws InvalidParameterError, InvalidDateError; NetworkError, TimeoutError, RpcError, ReorganisedError
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * for (const { id, state, call, readyAt } of await governanceOf(consentry).announced()) {
 *   console.log(id, state, call.name, call.args, readyAt); // 0x4bd6... waiting setEmergency { provider: "0x976E...", ... } 2027-...
 * }
 */
export async function announced(context: Context, options?: ReadOptions): Promise<Announced[]> {
  return announcedAt(context, await blockOf(context, options));
}

/** What is announced under an id; throws {@link AccessManagerNotScheduledError}. */
export async function findAnnounced(context: Context, id: string): Promise<Announced> {
  const operationId = toBytes32(id, "id");
  const [found] = await announcedAt(context, await blockOf(context), operationId);
  if (found === undefined) throw new AccessManagerNotScheduledError({ operationId });
  return found;
}

/** How long what is ready can be done, in seconds. */
export async function expiration(context: Context, head: Head): Promise<number> {
  return Number(await managerOf(context).expiration(atBlock(head)));
}

async function announcedAt(context: Context, head: Head, id?: string): Promise<Announced[]> {
  const { deployment, transport } = context;
  const { address } = deployment.contracts.AccessManager;
  const filters = [{ address, topics: topicsOf(managerInterface, EVENTS, id) }];
  const scan = { filters, fromBlock: deployment.fromBlock, head };
  const [logs, lasts] = await Promise.all([logsOf(transport, scan), expiration(context, head)]);
  const open = new Map<string, Announced>();
  for (const log of decodeLogs(managerInterface, address, logs)) {
    const { operationId } = log.args as unknown as Args;
    open.delete(operationId);
    if (log.name === "OperationScheduled") open.set(operationId, announcement(context, log, lasts, head.timestamp));
  }
  return [...open.values()];
}

/** What an event announced, and how it stands at a time; both times in seconds. */
export function announcement(context: Context, { args, position }: DecodedLog, lasts: number, now: number): Announced {
  const { operationId, schedule, caller, target, data } = args as unknown as Args;
  const [ready, end] = [Number(schedule), Number(schedule) + lasts];
  return {
    type: "OperationScheduled",
    ...position,
    id: operationId,
    by: caller,
    call: describeCall(context, { to: target, data }),
    readyAt: new Date(ready * 1000),
    expiresAt: new Date(end * 1000),
    state: now >= end ? "expired" : now >= ready ? "ready" : "waiting",
  };
}
