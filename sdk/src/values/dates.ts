import { InvalidDateError, InvalidParameterError } from "../errors/input.js";
import { isTimeZone, startOfDay } from "./zones.js";

/**
 * A time: a Date, unix seconds, an ISO date-time with its offset (`"2027-01-01T09:00:00+01:00"`), or a date
 * (`"2027-01-01"`): as an end the whole of that day is included, as a start it begins with that day.
 */
export type TimeInput = Date | number | bigint | (string & Record<never, never>);

/** A time at which something ends; `"until-revoked"`: only when somebody ends it. */
export type EndInput = TimeInput | "until-revoked";

/** When a consent or an accreditation ends: exclusive, or never until somebody ends it. */
export type End = Date | "until-revoked";

/** `expiresAt` of what ends only when somebody ends it. */
export const UNTIL_REVOKED = 2n ** 48n - 1n;

/** The last second that a Date can hold. */
const LAST_SECOND = 8_640_000_000_000n;
/** 5138-11-16: more seconds than that were meant as milliseconds. */
const MOST_SECONDS = 100_000_000_000n;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const BEFORE_1970 = "Times before 1970 make no sense here.";
const FORMS =
  'Pass a Date, unix seconds, a date as in "2027-01-01", or a date-time with its offset as in "2027-01-01T09:00:00Z".';

/**
 * The unix seconds of a start: inclusive.
 *
 * @throws InvalidDateError
 * @throws InvalidParameterError about `timeZone`
 */
export function toStart(input: TimeInput, parameter: string, timeZone = "UTC"): bigint {
  requireTimeZone(timeZone, parameter);
  return toSeconds(input, parameter, timeZone, 0);
}

/**
 * The unix seconds of an end: exclusive, so that of a date it is the start of the next day.
 *
 * @throws InvalidDateError
 * @throws InvalidParameterError about `timeZone`
 */
export function toEnd(input: EndInput, parameter: string, timeZone = "UTC"): bigint {
  requireTimeZone(timeZone, parameter);
  if (input === "until-revoked") return UNTIL_REVOKED;
  const seconds = toSeconds(input, parameter, timeZone, 1);
  if (seconds === 0n) throw new InvalidDateError(parameter, input, "An end at 0 would never have been.");
  return seconds;
}

/** The Date of unix seconds; the last one that a Date can hold if they are beyond it. */
export function toDate(seconds: bigint): Date {
  return new Date(Number(seconds < LAST_SECOND ? seconds : LAST_SECOND) * 1000);
}

/** The end that `expiresAt` in unix seconds stands for. */
export function endOf(expiresAt: bigint): End {
  return expiresAt === UNTIL_REVOKED ? "until-revoked" : toDate(expiresAt);
}

/** Unix seconds as an ISO date-time, for a message. */
export function isoOf(seconds: bigint): string {
  return seconds === UNTIL_REVOKED ? "no time (until revoked)" : toDate(seconds).toISOString().replace(".000Z", "Z");
}

/** The Date of a stamp, in milliseconds; the last one that a Date can hold if it is beyond it. */
export function dateOfStamp(milliseconds: bigint): Date {
  const last = LAST_SECOND * 1000n;
  return new Date(Number(milliseconds < last ? milliseconds : last));
}

/** A stamp in milliseconds as an ISO date-time, for a message. */
export function isoOfStamp(milliseconds: bigint): string {
  return dateOfStamp(milliseconds).toISOString();
}

function toSeconds(input: TimeInput, parameter: string, timeZone: string, addedDays: 0 | 1): bigint {
  if (input instanceof Date) return fromMilliseconds(input.getTime(), parameter, input);
  if (typeof input === "number" || typeof input === "bigint") return fromSeconds(input, parameter);
  const date = typeof input === "string" ? DATE.exec(input) : null;
  if (date !== null) return fromDate(date, parameter, timeZone, addedDays);
  const dateTime = typeof input === "string" ? DATE_TIME.exec(input) : null;
  if (dateTime === null) throw new InvalidDateError(parameter, input, FORMS);
  requireDay(DATE.exec(dateTime[1] ?? ""), parameter, input);
  return fromMilliseconds(Date.parse(input), parameter, input);
}

function fromSeconds(input: number | bigint, parameter: string): bigint {
  if (typeof input === "number" && !Number.isSafeInteger(input)) {
    throw new InvalidDateError(parameter, input, "Unix seconds are a whole number.");
  }
  const seconds = BigInt(input);
  if (seconds === UNTIL_REVOKED) return seconds;
  if (seconds < 0n) throw new InvalidDateError(parameter, input, BEFORE_1970);
  if (seconds > MOST_SECONDS) {
    throw new InvalidDateError(parameter, input, "It looks like milliseconds: pass seconds, or a Date.");
  }
  return seconds;
}

function fromMilliseconds(milliseconds: number, parameter: string, input: TimeInput): bigint {
  if (Number.isNaN(milliseconds)) throw new InvalidDateError(parameter, input, FORMS);
  if (milliseconds < 0) throw new InvalidDateError(parameter, input, BEFORE_1970);
  return BigInt(Math.floor(milliseconds / 1000));
}

function fromDate(date: RegExpExecArray, parameter: string, timeZone: string, addedDays: 0 | 1): bigint {
  const day = requireDay(date, parameter, date[0]);
  const start = startOfDay(day + addedDays * 86_400_000, timeZone);
  return fromMilliseconds(start, parameter, date[0]);
}

/** Throws for what is no time zone, needed or not; `parameter` is the time beside it, as in `grants[1].until`. */
function requireTimeZone(timeZone: unknown, parameter: string): void {
  if (isTimeZone(timeZone)) return;
  const path = parameter.slice(0, parameter.lastIndexOf(".") + 1);
  throw new InvalidParameterError(`${path}timeZone`, 'the IANA name of a time zone, as in "Europe/Berlin"');
}

/** The milliseconds of the day's midnight in UTC; throws where there is no such day, as on 30 February. */
function requireDay(date: RegExpExecArray | null, parameter: string, input: TimeInput): number {
  const [year, month, day] = (date ?? []).slice(1).map(Number);
  if (year !== undefined && year < 1970) throw new InvalidDateError(parameter, input, BEFORE_1970);
  const midnight = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, day));
  if (midnight.getUTCMonth() + 1 === month && midnight.getUTCDate() === day) return midnight.getTime();
  throw new InvalidDateError(parameter, input, "There is no such day.");
}
