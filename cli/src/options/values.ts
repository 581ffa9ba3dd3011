import { ANY_PROVIDER, type HeadTag } from "@consentry/sdk";
import { InvalidArgumentError } from "commander";

const TAGS: readonly HeadTag[] = ["latest", "safe", "finalized"];
const TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Names that are given with commas between them, or by repeating the option. */
export function toNames(text: string, before: readonly string[] = []): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("Put one comma between names, and no other.");
  return [...before, ...names];
}

/** A whole number from 0. */
export function toCount(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a whole number.");
}

/** A whole number from 1. */
export function toPositive(text: string): number {
  const count = toCount(text);
  if (count > 0) return count;
  throw new InvalidArgumentError("It must be 1 or more.");
}

/** A block by its number or tag, or a time. */
export function toAt(text: string): number | HeadTag | Date {
  const tag = TAGS.find((each) => each === text);
  if (tag !== undefined) return tag;
  if (/^\d+$/.test(text)) return toCount(text);
  const [, day] = TIME.exec(text) ?? [];
  const time = new Date(text);
  if (day !== undefined && !Number.isNaN(time.getTime()) && isDay(day)) return time;
  throw new InvalidArgumentError(
    `It is neither the number of a block, one of ${TAGS.join(", ")}, nor a time as 2026-03-01T12:00:00Z.`,
  );
}

/** Where something ends, as the SDK takes it: digits are unix seconds. */
export function toEnd(text: string): string | number {
  return /^\d+$/.test(text) ? toCount(text) : text;
}

/** An address, or everybody by name. */
export function toGrantee(text: string): string {
  return text === "ANY_PROVIDER" ? ANY_PROVIDER : text;
}

/** An address, or null for nobody. */
export function orNobody(text: string): string | null {
  return text === "nobody" ? null : text;
}

/** Which of two words was typed: whether it is the first. */
export function toSwitch(yes: string, no: string): (text: string) => boolean {
  return (text) => {
    if (text === yes || text === no) return text === yes;
    throw new InvalidArgumentError(`It is neither ${yes} nor ${no}.`);
  };
}

/** There is no 30 February, which Date takes for a day in March. */
function isDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
