import { MalformedResourceError } from "../errors/fhir.js";
import { startOfDay } from "../values/zones.js";
import { objectAt } from "./elements.js";

/** From a millisecond on (inclusive) to another (exclusive). */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

const DATE =
  /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d)))?)?)?$/;
const DAY = 86_400_000;

/** The time that a FHIR date, dateTime or instant stands for: the whole of its year, month, day or second. */
export function dateAt(value: unknown, path: string, timeZone: string): Interval {
  const parts = typeof value === "string" ? DATE.exec(value) : null;
  const interval =
    parts === null ? undefined : parts[4] === undefined ? wholeDays(parts, timeZone) : wholeSecond(parts);
  if (interval === undefined) throw new MalformedResourceError(path, "a FHIR date or dateTime");
  return interval;
}

/** The time that a FHIR Period stands for; open where it has no start or no end. */
export function periodAt(value: unknown, path: string, timeZone: string): Interval {
  const { start, end } = objectAt(value, path);
  if (start === undefined && end === undefined)
    throw new MalformedResourceError(path, "a period with a start or an end");
  const interval = {
    start: start === undefined ? -Infinity : dateAt(start, `${path}.start`, timeZone).start,
    end: end === undefined ? Infinity : dateAt(end, `${path}.end`, timeZone).end,
  };
  if (interval.start < interval.end) return interval;
  throw new MalformedResourceError(`${path}.end`, "not before the start");
}

function wholeDays([, year, month, day]: RegExpExecArray, timeZone: string): Interval | undefined {
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const first = utcDay(y, m, d);
  if (new Date(first).getUTCMonth() !== m) return undefined;
  const next = day !== undefined ? first + DAY : month !== undefined ? utcDay(y, m + 1, 1) : utcDay(y + 1, 0, 1);
  return timeZone === "UTC"
    ? { start: first, end: next }
    : { start: startOfDay(first, timeZone), end: startOfDay(next, timeZone) };
}

function wholeSecond(parts: RegExpExecArray): Interval | undefined {
  const [, year, month, day, hour, minute, second, fraction, sign, hours, minutes] = parts;
  const midnight = utcDay(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  const offset = sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const start = midnight + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000;
  if (fraction === undefined) return { start, end: start + 1000 };
  const from = start + Math.floor(Number(fraction) * 1000);
  return { start: from, end: from + 1 };
}

/** Also before the year 100, which Date.UTC takes for one of the 20th century. */
function utcDay(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month, day) : new Date(0).setUTCFullYear(year, month, day);
}
