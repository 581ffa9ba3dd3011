import { type End, endOf, toDate } from "../values/dates.js";

const UNTIL_AT = 48n;
const ISSUED_AT = 96n;
const FIELD = (1n << 48n) - 1n;

/** From when until when a representative may speak. */
export interface Appointment {
  /** Inclusive; undefined: at once. */
  from: Date | undefined;
  /** Exclusive. */
  until: End;
}

/** One word of the contract, as contracts/types/Appointment.sol packs it: unix seconds, and the stamp in milliseconds. */
export function packAppointment(since: bigint, until: bigint, issuedAt: bigint): bigint {
  return since | (until << UNTIL_AT) | (issuedAt << ISSUED_AT);
}

/** The stamp of a word, in milliseconds: when it was said. */
export function stampOfAppointment(word: bigint): bigint {
  return word >> ISSUED_AT;
}

/** The start, inclusive, and the end, exclusive, in unix seconds. */
export function periodOf(word: bigint): { since: bigint; until: bigint } {
  return { since: word & FIELD, until: (word >> UNTIL_AT) & FIELD };
}

/** What a word says, in dates; undefined for a dismissal. */
export function describeAppointment(word: bigint): Appointment | undefined {
  const { since, until } = periodOf(word);
  if (until === 0n) return undefined;
  return { from: since === 0n ? undefined : toDate(since), until: endOf(until) };
}
