import { dateAt, type Interval, periodAt } from "../dates.js";
import { MAYBE, type Match, NO, YES } from "./match.js";
import { TIME_ELEMENTS } from "./tables.js";
import type { Unit } from "./units.js";

/** Whether the data of a resource, and of those in it that have a time, are wholly, in part or not of a period. */
export function matchTime(parts: readonly Unit[], interval: Interval, timeZone: string): Match {
  const times = parts.flatMap((part) => timesOf(part, timeZone));
  if (times.length === 0) return MAYBE;
  if (times.every(({ start, end }) => start >= interval.start && end <= interval.end)) return YES;
  return times.every(({ start, end }) => end <= interval.start || start >= interval.end) ? NO : MAYBE;
}

function timesOf({ resource, type, path }: Unit, timeZone: string): Interval[] {
  return (TIME_ELEMENTS.get(type) ?? []).flatMap((element) => {
    const value = resource[element];
    if (value === undefined) return [];
    const at = `${path}.${element}`;
    return [typeof value === "string" ? dateAt(value, at, timeZone) : periodAt(value, at, timeZone)];
  });
}
