import type { Context } from "../context.js";
import { Watch, type WatchOptions } from "../logs/watch.js";
import type { RawLog } from "../transport/types.js";
import { emergenciesIn, type Emergency, emergencyFilter, type EmergencyFilter } from "./events.js";

/**
 * Watches who breaks the glass, as it happens: each time once, as `consents.watch` does.
 *
 * @param params whose; with `fromBlock` from that block on, else from now on
 * @param options `cursor` to go on where an earlier watch stopped, `confirmations`, `interval`, `signal`, `onError`
 * @returns an async iterable without an end; stop it by `break` or with `signal`
 * @throws InvalidAddressError, InvalidParameterError at once
 * @throws ReorganisedError if the chain was reorganised by more than 64 blocks, WrongChainError if the node was switched
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * for await (const { grantee, terms, until } of emergencyOf(consentry).watch({ patient })) {
 *   console.log(grantee, terms.categories, until); // 0x7099... ["ALLERGIES"] 2026-03-01T13:30:00.000Z
 * }
 */
export function watch(context: Context, params: EmergencyFilter = {}, options?: WatchOptions): Watch<Emergency> {
  const filters = [emergencyFilter(context, params)];
  const describe = (log: RawLog) => emergenciesIn(context, [log])[0];
  return new Watch(context, { filters, fromBlock: params.fromBlock, describe }, options);
}
