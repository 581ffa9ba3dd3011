import { aligned } from "../scripts/aligned.js";

/** A figure and its bar: the most that it may be, or the least if `atLeast`. */
export interface Row {
  value: number;
  bar: number;
  unit: string;
  atLeast?: boolean;
}

export type Report = Record<string, Row>;

export function isMissed({ value, bar, atLeast = false }: Row): boolean {
  return !(atLeast ? value >= bar : value <= bar);
}

/** What is written for programs: which way a bar goes is known from its name. */
export function figuresOf(report: Report): Record<string, Omit<Row, "atLeast">> {
  const rows = Object.entries(report).map(([name, { value, bar, unit }]) => [name, { value, bar, unit }] as const);
  return Object.fromEntries(rows);
}

/** The table for a terminal. */
export function textOf(report: Report): string {
  const rows = Object.entries(report).map(([name, row]) => {
    const { value, bar, unit, atLeast } = row;
    return [name, String(value), `${atLeast ? ">=" : "<="} ${bar}`, isMissed(row) ? "missed" : "met", unit];
  });
  return aligned(rows);
}
