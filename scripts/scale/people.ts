/** What people do in a year, and what it costs on the chain. */
import snapshot from "../../bench/gas/snapshot.json" with { type: "json" };

/** What reaches the chain. */
export type Kind = "consent" | "renewal" | "withdrawal" | "record" | "access" | "emergency";

/**
 * How often, for each person and year. Seven consultations and 0.13 stays in hospital are about the average of the OECD
 * (Health at a Glance 2023); the rest is reckoned from them: two records and four accesses for a consultation, 30 and 100 for a
 * stay; a consent to somebody new each year, two renewed, one in ten persons withdraws one.
 */
export const YEARLY: Readonly<Record<Kind, number>> = {
  consent: 1,
  renewal: 2,
  withdrawal: 0.1,
  record: 7 * 2 + 0.13 * 30,
  access: 7 * 4 + 0.13 * 100,
  emergency: 0.005,
};

/** Of the hours of a day, from midnight on, how much of a hospital's work falls into each. */
export const HOURS = [
  ...[0.01, 0.008, 0.007, 0.007, 0.008, 0.012, 0.025, 0.06],
  ...[0.095, 0.11, 0.115, 0.1, 0.075, 0.085, 0.08, 0.065],
  ...[0.045, 0.028, 0.02, 0.015, 0.01, 0.008, 0.007, 0.005],
] as const;

/** A year's work is done on so many days. */
export const WORKING_DAYS = 250;

/** How accesses reach the chain: each by a transaction of its own, or 1,000 under one root (`anchor`). */
export type Way = "each logged" | "anchored";

const { grantBySigNew, grantBySigReplacing, revoke, registerRecord, logAccess, anchor1000PerEntry, breakGlass } =
  snapshot;

/** Gas of one, as measured by `npm run bench:gas`. */
export const GAS: Readonly<Record<Way, Readonly<Record<Kind, number>>>> = {
  "each logged": gasWith(logAccess.gas),
  anchored: gasWith(anchor1000PerEntry.gas),
};

function gasWith(access: number): Record<Kind, number> {
  return {
    consent: grantBySigNew.gas,
    renewal: grantBySigReplacing.gas,
    withdrawal: revoke.gas,
    record: registerRecord.gas,
    access,
    emergency: breakGlass.gas,
  };
}

/** Slots of state that are written and stay: of a consent one word, of a record its pointer's two. */
export const SLOTS: Readonly<Record<Kind, number>> = {
  consent: 1,
  renewal: 0,
  withdrawal: 0,
  record: 2,
  access: 0,
  emergency: 1,
};

/** Gas of all that a person does in a year. */
export function gasOfYear(way: Way): number {
  return sum((kind) => YEARLY[kind] * GAS[way][kind]);
}

/** Slots that a person adds in a year. */
export function slotsOfYear(): number {
  return sum((kind) => YEARLY[kind] * SLOTS[kind]);
}

function sum(of: (kind: Kind) => number): number {
  return (Object.keys(YEARLY) as Kind[]).reduce((total, kind) => total + of(kind), 0);
}
