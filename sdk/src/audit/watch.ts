import type { Context } from "../context.js";
import { Watch, type WatchOptions } from "../logs/watch.js";
import type { RawLog } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { accessFilter, describeEntries, HISTORY_KEYS, type HistoryEntry, type HistoryParams } from "./history.js";

/**
 * Watches who asks for what, as it happens: every access once, permitted or refused, as `consents.watch` does.
 *
 * @param params which accesses; with `fromBlock` from that block on, else from now on
 * @param options `cursor` to go on where an earlier watch stopped, `confirmations`, `interval`, `signal`, `onError`
 * @returns an async iterable without an end; stop it by `break` or with `signal`
 * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError at once
 * @throws ReorganisedError if the chain was reorganised by more than 64 blocks, WrongChainError if the node was switched
 * @example
 * for await (const { time, grantee, decision } of consentry.audit.watch({ patient })) {
 *   console.log(time.toISOString(), grantee, decision); // 2026-03-01T09:30:00.000Z 0x7099... Permit
 * }
 */
export function watch(context: Context, params: HistoryParams = {}, options?: WatchOptions): Watch<HistoryEntry> {
  onlyKeys(params, HISTORY_KEYS);
  const { fromBlock } = params;
  const describe = (log: RawLog) => describeEntries(context, [log])[0];
  return new Watch(context, { filters: [accessFilter(context, params)], fromBlock, describe }, options);
}
