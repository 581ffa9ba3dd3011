import { readFileSync } from "node:fs";

interface Row {
  readonly bit: number;
  readonly name: string;
  readonly parent?: string | null;
  readonly explicitOnly?: boolean;
}

// The source itself and not the tables made from it, which the contracts share.
const tables = JSON.parse(readFileSync(new URL("../../codes.json", import.meta.url), "utf8")) as Record<
  "categories" | "purposes" | "actions",
  readonly Row[]
>;

export const { categories: categoryRows, purposes: purposeRows, actions: actionRows } = tables;

export const categories = (...names: string[]): bigint => maskOf(named(categoryRows, names));
export const purposes = (...names: string[]): bigint => maskOf(named(purposeRows, names));
export const actions = (...names: string[]): bigint => maskOf(named(actionRows, names));

export const BTG = purposes("BTG");
export const ALL_CATEGORIES = maskOf(categoryRows);
export const ALL_KINDS = ALL_CATEGORIES & 0xffff_ffffn;
export const ALL_PURPOSES = maskOf(purposeRows);
export const GRANTABLE_PURPOSES = ALL_PURPOSES & ~BTG;
export const ALL_ACTIONS = maskOf(actionRows);

/** The roots of the families; break-glass is in none. */
export const families = purposeRows
  .filter(({ name, parent }) => parent === null && name !== "BTG")
  .map(({ name }) => name);

/** Every purpose of a family, as bits. */
export function membersOf(family: string): bigint {
  return maskOf(purposeRows.filter(({ name }) => familyOf(name) === family));
}

/** The root of a purpose's family, undefined for break-glass. */
export function familyOf(name: string): string | undefined {
  const parent = purposeRows.find((row) => row.name === name)?.parent;
  if (parent) return familyOf(parent);
  return name === "BTG" ? undefined : name;
}

export function bit(row: Row): bigint {
  return 1n << BigInt(row.bit);
}

/** The single bits of a mask, from the lowest. */
export function bitsOf(mask: bigint): bigint[] {
  return everyBit(mask.toString(2).length).filter((single) => (mask & single) !== 0n);
}

/** Every single bit of a field of this width that the mask does not define. */
export function undefinedBits(mask: bigint, width: number): bigint[] {
  return everyBit(width).filter((single) => (mask & single) === 0n);
}

function everyBit(width: number): bigint[] {
  return Array.from({ length: width }, (_, i) => 1n << BigInt(i));
}

function named(rows: readonly Row[], names: readonly string[]): Row[] {
  return names.map((name) => {
    const row = rows.find((candidate) => candidate.name === name);
    if (row === undefined) throw new Error(`codes.json has no ${name}`);
    return row;
  });
}

function maskOf(rows: readonly Row[]): bigint {
  return rows.reduce((mask, row) => mask | bit(row), 0n);
}
