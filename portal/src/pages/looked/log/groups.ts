import type { HistoryEntry } from "@consentry/sdk";

/** What one provider did on one day in the same way, however often. */
export interface Group {
  readonly key: string;
  /** Days since 1970 in the reader's time zone: the larger, the later. */
  readonly day: number;
  /** The newest first; there is at least one. */
  readonly entries: readonly [HistoryEntry, ...HistoryEntry[]];
}

const DAY = 24 * 3600 * 1000;

/** The number of the reader's day. */
export function dayOf(time: Date): number {
  return Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / DAY;
}

/** Groups entries, the newest first. */
export function groupsOf(entries: readonly HistoryEntry[]): Group[] {
  const groups = new Map<string, { key: string; day: number; entries: [HistoryEntry, ...HistoryEntry[]] }>();
  for (const entry of entries) {
    const day = dayOf(entry.time);
    const key = [day, entry.grantee, entry.decision, entry.purpose, entry.action].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, day, entries: [entry] });
    else group.entries.push(entry);
  }
  return [...groups.values()].sort((a, b) => b.day - a.day);
}

/** Whether the first `wanted` groups are complete: nothing older can belong to them. */
export function areComplete(groups: readonly Group[], wanted: number, oldest: HistoryEntry | undefined): boolean {
  const last = groups[wanted - 1];
  return last !== undefined && oldest !== undefined && dayOf(oldest.time) < last.day;
}
