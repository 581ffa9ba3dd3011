import { InvalidDateError } from "../errors/input.js";
import { type TimeInput, toDate, toEnd } from "../values/dates.js";
import { fitsFile } from "./recordFile.js";

/** Until when a version must be kept: as long as was said, or else so many years from now. */
export function retentionOf(until: TimeInput | undefined, years: number): Date {
  const date = until === undefined ? inYears(years) : toDate(toEnd(until, "retainUntil"));
  if (fitsFile(date)) return date;
  throw new InvalidDateError("retainUntil", until, "Pass a time before the year 10000.");
}

function inYears(years: number): Date {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}
