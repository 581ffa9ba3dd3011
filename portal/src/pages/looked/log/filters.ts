import type { HistoryEntry } from "@consentry/sdk";
import { type Kind, kindOf } from "./kinds.js";

/** What the reader wants to see; empty: everything. */
export interface Filters {
  readonly grantee: string;
  readonly kind: Kind | "";
  /** Days as `<input type="date">` has them, in the reader's time zone. */
  readonly since: string;
  readonly until: string;
}

export const NO_FILTERS: Filters = { grantee: "", kind: "", since: "", until: "" };

/** The first moment of a day; undefined if there is none. */
function startOf(day: string, later = 0): Date | undefined {
  const [year = NaN, month = NaN, date = NaN] = day.split("-").map(Number);
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? undefined : start;
}

/** The entries that fit. */
export function filtered(entries: readonly HistoryEntry[], filters: Filters): readonly HistoryEntry[] {
  const { grantee, kind, since, until } = filters;
  const [from, to] = [startOf(since), startOf(until, 1)];
  return entries.filter((entry) => {
    if (grantee !== "" && entry.grantee !== grantee) return false;
    if (kind !== "" && kindOf(entry) !== kind) return false;
    return !(from !== undefined && entry.time < from) && !(to !== undefined && entry.time >= to);
  });
}

/** Whether all that is older than an entry is before the period. */
export function isBefore(entry: HistoryEntry | undefined, { since }: Filters): boolean {
  const from = startOf(since);
  return entry !== undefined && from !== undefined && entry.time < from;
}
