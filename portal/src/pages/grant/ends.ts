import type { ConsentInput, End } from "@consentry/sdk";

/** For how long: `asked` is as long as a request asks for. */
export type EndName = "asked" | "visit" | "quarter" | "year" | "withdrawn" | "date";

/** How far ahead the last day is. */
const AHEAD: Partial<Record<EndName, { days?: number; months?: number }>> = {
  visit: { days: 7 },
  quarter: { months: 3 },
  year: { months: 12 },
};

/** The ends that somebody may choose who is asked for nothing in particular. */
export const ALL_ENDS: readonly EndName[] = ["visit", "quarter", "year", "withdrawn", "date"];

/** Today, as in 2027-01-31, where the reader is. */
export function today(): string {
  return dayOf(new Date());
}

/** The parameters for an end; days end where the reader is. */
export function untilOf(end: Exclude<EndName, "asked">, date: string): Pick<ConsentInput, "until" | "timeZone"> {
  if (end === "withdrawn") return { until: "until-revoked" };
  return { until: end === "date" ? date : lastDayOf(end), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

/** The ends that are no later than the one that was asked for. */
export function endsWithin(asked: End): EndName[] {
  if (!(asked instanceof Date)) return ["asked", "visit", "quarter", "year", "date"];
  const last = lastDayWithin(asked);
  const shorter = (["visit", "quarter", "year"] as const).filter((end) => lastDayOf(end) < last);
  return last >= today() ? ["asked", ...shorter, "date"] : ["asked", ...shorter];
}

/** The last day that is over before a time. */
export function lastDayWithin(end: Date): string {
  return dayOf(new Date(end.getFullYear(), end.getMonth(), end.getDate() - 1));
}

function lastDayOf(end: EndName): string {
  const { days = 0, months = 0 } = AHEAD[end] ?? {};
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth() + months, now.getDate() + days);
  // 31 August and three months is 30 November.
  return dayOf(days === 0 && day.getDate() !== now.getDate() ? new Date(day.getFullYear(), day.getMonth(), 0) : day);
}

function dayOf(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
