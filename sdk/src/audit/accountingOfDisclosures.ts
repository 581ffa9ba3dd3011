import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { Pages } from "../logs/pages.js";
import { type PageOptions, readPages } from "../logs/readPages.js";
import { firstBlockSince } from "../reads/blockAtTime.js";
import type { ReadBlock } from "../reads/blockOf.js";
import { toAddress } from "../values/address.js";
import { mapInTurns } from "../values/lists.js";
import { accessFilter, entriesOf, type HistoryEntry } from "./history.js";

/** For how long, and how to read it. */
export interface AccountingOptions extends PageOptions {
  /** So many calendar years back from the block at which it is read; 6 if left out. */
  years?: number | undefined;
}

/** One access that was permitted. */
export interface Disclosure extends HistoryEntry {
  /** The name under which the directory lists the grantee now; undefined if it does not. */
  name: string | undefined;
  /** Whether it rests on break-glass instead of a consent. */
  breakGlass: boolean;
}

const YEARS = 6;

/**
 * Who was given access to a patient's data, when, to what and what for: what 45 CFR 164.528 asks for, and more.
 *
 * It has every access that was permitted, also those that the rule leaves out: for treatment, payment and operations, by
 * authorization, and the patient's own. `purpose` and `decision` tell them apart.
 *
 * @param options `years`, at which block to stop, `cursor` to go on where an earlier reading stopped, `onProgress`
 * @returns an async iterable in the order of the chain, which `await` reads as a whole
 * @throws InvalidAddressError, InvalidParameterError when reading begins
 * @throws ReorganisedError if the place of the cursor is no longer on the chain
 * @throws NetworkError, TimeoutError, RpcError
 * @example
 * for await (const { time, name, purpose, breakGlass } of consentry.audit.accountingOfDisclosures(patient, { years: 6 })) {
 *   console.log(time.toISOString(), name, purpose, breakGlass); // 2026-03-01T09:30:00.000Z General Hospital TREAT false
 * }
 */
export function accountingOfDisclosures(
  context: Context,
  patient: string,
  { years = YEARS, ...options }: AccountingOptions = {},
): Pages<Disclosure> {
  return readPages(context, options, () => {
    requireYears(years);
    const nameOf = namesOf(context);
    return {
      filters: [accessFilter(context, { patient: toAddress(patient, "patient") })],
      fromBlock: (head) => firstBlockSince(context, yearsBefore(head, years), head),
      describe: async (logs) => {
        const permitted = (await entriesOf(context, logs)).filter((entry) => entry.permitted);
        const names = await mapInTurns(permitted, ({ grantee }) => nameOf(grantee));
        return permitted.map((entry, i) => ({ ...entry, name: names[i], breakGlass: isBreakGlass(entry) }));
      },
    };
  });
}

function requireYears(years: unknown): void {
  if (Number.isSafeInteger(years) && Number(years) > 0 && Number(years) <= 100) return;
  throw new InvalidParameterError("years", "a whole number from 1 to 100");
}

function yearsBefore({ past, timestamp }: ReadBlock, years: number): Date {
  const date = new Date(past ?? timestamp * 1000);
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date;
}

/** The names of grantees, each asked for once. */
function namesOf({ providers }: Context): (grantee: string) => Promise<string | undefined> {
  const names = new Map<string, Promise<string | undefined>>();
  return (grantee) => {
    const known = names.get(grantee) ?? providers.entryOf(grantee).then(([name]) => name || undefined);
    names.set(grantee, known);
    return known;
  };
}

function isBreakGlass({ decision }: HistoryEntry): boolean {
  return decision === "PermitEmergency";
}
