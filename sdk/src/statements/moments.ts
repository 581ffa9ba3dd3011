import { InvalidDateError } from "../errors/input.js";

/** The last millisecond whose year has four digits. */
const LAST = 253_402_300_799_999n;
const STAMPS = 1n << 48n;
const WRITTEN = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}\.\d{3}) UTC|unix (\d+) ms/;

/** A stamp in words, the same in every language; two stamps never read the same. */
export function textOfStamp(milliseconds: bigint): string {
  if (milliseconds > LAST) return `unix ${milliseconds} ms`;
  return `${new Date(Number(milliseconds)).toISOString().replace("T", " ").slice(0, -1)} UTC`;
}

/** Unix seconds in words, the same in every language; two times never read the same. */
export function textOfSeconds(seconds: bigint): string {
  if (seconds * 1000n > LAST) return `unix ${seconds} s`;
  return `${new Date(Number(seconds) * 1000).toISOString().replace("T", " ").slice(0, 19)} UTC`;
}

/** The first stamp in a line, as {@link textOfStamp} writes it; undefined if there is none. */
export function stampIn(line: string): bigint | undefined {
  const [, date, time, milliseconds] = WRITTEN.exec(line) ?? [];
  const parsed = milliseconds === undefined ? Date.parse(`${date}T${time}Z`) : Number(milliseconds);
  return Number.isSafeInteger(parsed) && isStamp(BigInt(parsed)) ? BigInt(parsed) : undefined;
}

/** A stamp in milliseconds, as the contracts hold it; throws {@link InvalidDateError}. */
export function toStamp(input: Date | bigint, parameter: string): bigint {
  const time: unknown = input instanceof Date ? input.getTime() : undefined;
  const stamp: unknown = typeof time === "number" && Number.isSafeInteger(time) ? BigInt(time) : input;
  if (typeof stamp === "bigint" && isStamp(stamp)) return stamp;
  throw new InvalidDateError(parameter, input, "Pass a Date, or milliseconds since 1970 as a bigint.");
}

function isStamp(value: bigint): boolean {
  return value >= 0n && value < STAMPS;
}
