const DAY = 86_400_000;

/**
 * The moment at which a day begins in a time zone.
 *
 * Where the clock skips midnight it is the moment after the gap, where midnight comes twice it is the first.
 *
 * @param midnight the day's midnight in UTC, in milliseconds
 * @param timeZone IANA name
 * @returns milliseconds since 1970
 * @throws RangeError if the time zone is not known, see {@link isTimeZone}
 */
export function startOfDay(midnight: number, timeZone: string): number {
  const clock = clockIn(timeZone);
  const candidates = [midnight - DAY, midnight + DAY].map((near) => midnight - (readClock(clock, near) - near));
  const exact = candidates.filter((candidate) => readClock(clock, candidate) === midnight);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

/** Whether a value is the name of a time zone that is known here. */
export function isTimeZone(value: unknown): value is string {
  if (typeof value !== "string") return false;
  // A clock is dear to make, and this one is always there.
  if (value === "UTC") return true;
  try {
    clockIn(value);
    return true;
  } catch {
    return false;
  }
}

function clockIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

/** What the clock on the wall shows at a moment, as if it were UTC. */
function readClock(clock: Intl.DateTimeFormat, moment: number): number {
  const shown = new Map(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}
