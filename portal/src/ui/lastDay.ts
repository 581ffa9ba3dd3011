const DAY = 24 * 3600 * 1000;

/** How an end reads best. */
export interface Ending {
  /** The last day that is included, or else the very moment. */
  readonly shown: Date;
  readonly isDay: boolean;
  /** The time zone in which the day ends; the reader's if left out. */
  readonly timeZone: "UTC" | undefined;
}

/** An exclusive end at midnight, the reader's or UTC's, reads as the last day before it. */
export function endingOf(until: Date): Ending {
  const dayBefore = new Date(until.getTime() - 1);
  if (isLocalMidnight(until)) return { shown: dayBefore, isDay: true, timeZone: undefined };
  if (until.getTime() % DAY === 0) return { shown: dayBefore, isDay: true, timeZone: "UTC" };
  return { shown: until, isDay: false, timeZone: undefined };
}

/** The days that are left until an end, the one that has begun included. */
export function daysLeft(until: Date, now: number): number {
  return Math.max(0, Math.ceil((until.getTime() - now) / DAY));
}

function isLocalMidnight(date: Date): boolean {
  return date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds() === 0;
}
