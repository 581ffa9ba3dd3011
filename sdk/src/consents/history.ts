import type { Context } from "../context.js";
import type { Pages } from "../logs/pages.js";
import { type PageOptions, readPages } from "../logs/readPages.js";
import { firstBlock } from "../logs/firstBlock.js";
import { onlyKeys } from "../values/keys.js";
import { type ConsentEvent, consentEvents } from "./events.js";
import { consentFilters, type OfParties } from "./filters.js";

/** Whose events, and from which block on. */
export interface ConsentHistoryParams extends OfParties {
  /** The number of the first block; that of the deployment if left out. */
  fromBlock?: number | undefined;
}

/**
 * Everything that was said about consents, in the order of the chain: grants, refusals, restarts, broken glass, revoke all.
 *
 * To a grantee it also has every `revokeAll`, of the patient or, if none is given, of anybody: it may end what was granted.
 *
 * @param options at which block to stop; `cursor` to go on where an earlier reading stopped; `onProgress`
 * @returns an async iterable, which `await` reads as a whole; its `cursor` goes on after what was read last
 * @throws InvalidAddressError, InvalidParameterError when reading begins
 * @throws ReorganisedError if the place of the cursor is no longer on the chain
 * @throws NetworkError, TimeoutError, RpcError
 * @example
 * const events = consentry.consents.history({ patient });
 * for await (const event of events) console.log(event.type, event.by, events.cursor); // ConsentGranted 0x90F7... 17-0x...
 */
export function history(
  context: Context,
  params: ConsentHistoryParams = {},
  options?: PageOptions,
): Pages<ConsentEvent> {
  return readPages(context, options, () => {
    onlyKeys(params, ["patient", "grantee", "fromBlock"]);
    return {
      filters: consentFilters(context, params),
      fromBlock: firstBlock(context, params.fromBlock),
      describe: (logs) => consentEvents(context, logs),
    };
  });
}
