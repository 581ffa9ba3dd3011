import type { Context } from "../context.js";
import { blockOf, type ReadBlock } from "../reads/blockOf.js";
import { READ_KEYS, type ReadOptions } from "../reads/options.js";
import type { LogFilter, RawLog } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { inParts } from "../values/lists.js";
import type { EventPosition } from "../writes/events.js";
import { isAfter, nextBlock, placeOf, requirePlace } from "./cursor.js";
import { type Page, Pages } from "./pages.js";
import { type Progress, scan } from "./scan.js";

/** How to read what may be much. */
export interface ScanOptions extends ReadOptions {
  /** Is told after each query how far the reading has come. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** How to read page by page. */
export interface PageOptions extends ScanOptions {
  /** Where an earlier reading stopped: it goes on after that. */
  cursor?: string | undefined;
}

/** What to look for, and how to tell it. */
export interface Reading<Entry> {
  filters: readonly LogFilter[];
  /** The number of the first block, or how to find it. */
  fromBlock: number | ((head: ReadBlock) => Promise<number>);
  /** @param head the last block that is read */
  describe: (logs: readonly RawLog[], head: ReadBlock) => Entry[] | Promise<Entry[]>;
}

/**
 * Entries up to the block of the options, page by page.
 *
 * @param prepare checks the parameters; called when reading begins
 */
export function readPages<Entry extends EventPosition>(
  context: Context,
  options: PageOptions = {},
  prepare: () => Reading<Entry>,
): Pages<Entry> {
  return new Pages(() => pagesOf(context, options, prepare), options.cursor);
}

async function* pagesOf<Entry>(
  context: Context,
  options: PageOptions,
  prepare: () => Reading<Entry>,
): AsyncGenerator<Page<Entry>> {
  onlyKeys(options, [...READ_KEYS, "onProgress", "cursor"], "options.");
  const { cursor, onProgress, ...read } = options;
  const place = cursor === undefined ? undefined : placeOf(cursor);
  const { filters, fromBlock, describe } = prepare();
  const head = await blockOf(context, read);
  if (place !== undefined) await requirePlace(context, place);
  const first = typeof fromBlock === "number" ? fromBlock : await fromBlock(head);
  const next = place === undefined ? first : Math.max(first, nextBlock(place));
  for await (const { logs, end } of scan(context.transport, { filters, fromBlock: next, head, onProgress })) {
    const after = place === undefined ? logs : logs.filter((log) => isAfter(log, place));
    for await (const part of inParts(after)) yield { entries: await describe(part, head), end: undefined };
    yield { entries: [], end };
  }
}
