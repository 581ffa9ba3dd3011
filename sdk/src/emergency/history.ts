import type { Context } from "../context.js";
import { firstBlock } from "../logs/firstBlock.js";
import type { Pages } from "../logs/pages.js";
import { type PageOptions, readPages } from "../logs/readPages.js";
import { logsOf } from "../logs/scan.js";
import { withTimes } from "../logs/times.js";
import type { ReadBlock } from "../reads/blockOf.js";
import { type EmergencyEnding, endingFilters, endingsIn } from "./endings.js";
import { emergenciesIn, type Emergency, emergencyFilter, type EmergencyFilter } from "./events.js";
import { type Review, reviewFilter, reviewsIn } from "./reviews.js";
import type { ReviewVerdict } from "./verdicts.js";

/**
 * Where an emergency stands: `open`, `over` since its window is, or `ended` by the patient before. What is open may be closed
 * for another reason, as to a provider that is suspended: `consents.decide` tells.
 */
export type EmergencyState = "open" | "over" | "ended";

/** An emergency, and what came of it up to the block at which it was read. */
export interface EmergencyEntry extends Emergency {
  state: EmergencyState;
  /** The patient's word that ended it within its window. */
  endedBy: EmergencyEnding | undefined;
  /** In the order of the chain. */
  reviews: Review[];
  /** That of the last review, which counts; undefined while it waits for one. */
  verdict: ReviewVerdict | undefined;
}

/**
 * Who broke the glass, when and for how long, whether it is over or was ended by the patient, and its reviews.
 *
 * @param params whose; from the deployment's block on if `fromBlock` is left out
 * @param options at which block to stop; `cursor` to go on where an earlier reading stopped; `onProgress`
 * @returns an async iterable in the order of the chain, which `await` reads as a whole
 * @throws InvalidAddressError, InvalidParameterError when reading begins
 * @throws ReorganisedError if the place of the cursor is no longer on the chain
 * @throws NetworkError, TimeoutError, RpcError
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * for await (const { time, grantee, state, verdict } of emergencyOf(consentry).history({ patient })) {
 *   console.log(time.toISOString(), grantee, state, verdict); // 2026-03-01T09:30:00.000Z 0x7099... over justified
 * }
 */
export function history(context: Context, params: EmergencyFilter = {}, options?: PageOptions): Pages<EmergencyEntry> {
  return readPages(context, options, () => ({
    filters: [emergencyFilter(context, params)],
    fromBlock: firstBlock(context, params.fromBlock),
    describe: async (logs, head) => {
      return entriesOf(context, emergenciesIn(context, await withTimes(context.transport, logs)), head);
    },
  }));
}

async function entriesOf(
  context: Context,
  emergencies: readonly Emergency[],
  head: ReadBlock,
): Promise<EmergencyEntry[]> {
  const [first] = emergencies;
  if (first === undefined) return [];
  const { transport } = context;
  const filters = [...endingFilters(context, emergencies), reviewFilter(context, emergencies)];
  const logs = await withTimes(transport, await logsOf(transport, { filters, fromBlock: first.blockNumber, head }));
  const [endingOf, reviewsOf] = [endingsIn(context, logs), reviewsIn(context, logs)];
  const now = head.past ?? new Date(head.timestamp * 1000);
  return emergencies.map((emergency) => {
    const [endedBy, reviews] = [endingOf(emergency), reviewsOf(emergency)];
    return {
      ...emergency,
      state: stateOf(emergency, endedBy, now),
      endedBy,
      reviews,
      verdict: reviews.at(-1)?.verdict,
    };
  });
}

function stateOf({ until }: Emergency, endedBy: EmergencyEnding | undefined, now: Date): EmergencyState {
  if (endedBy !== undefined) return "ended";
  return now < until ? "open" : "over";
}
