import type { Context } from "../context.js";
import { Watch, type WatchOptions } from "../logs/watch.js";
import type { RawLog } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { type ConsentEvent, consentEvents } from "./events.js";
import { consentFilters, type OfParties } from "./filters.js";

/** Whose consents to watch, and from which block on. */
export interface WatchConsentsParams extends OfParties {
  /** The number of the first block; from now on if left out. */
  fromBlock?: number | undefined;
}

/**
 * Watches what is said about consents, as it happens: every event once, over dropped connections, restarts of the node and
 * reorganisations, which take events back with `removed: true`.
 *
 * To a grantee it also has every `revokeAll`, of the patient or, if none is given, of anybody: it may end what was granted.
 *
 * @param options `cursor` to go on where an earlier watch stopped, `confirmations`, `interval`, `signal`, `onError`
 * @returns an async iterable without an end; stop it by `break` or with `signal`. Its `cursor` goes on after the last event
 * @throws InvalidAddressError, InvalidParameterError at once
 * @throws ReorganisedError if the chain was reorganised by more than 64 blocks, WrongChainError if the node was switched
 * @example
 * const watch = consentry.consents.watch({ patient });
 * for await (const event of watch) {
 *   console.log(event.removed ? "taken back:" : "new:", event.type); // new: ConsentGranted
 *   await keep(watch.cursor); // after a restart: watch({ patient }, { cursor })
 * }
 */
export function watch(context: Context, params: WatchConsentsParams = {}, options?: WatchOptions): Watch<ConsentEvent> {
  onlyKeys(params, ["patient", "grantee", "fromBlock"]);
  const { fromBlock } = params;
  const describe = (log: RawLog) => consentEvents(context, [log])[0];
  return new Watch(context, { filters: consentFilters(context, params), fromBlock, describe }, options);
}
