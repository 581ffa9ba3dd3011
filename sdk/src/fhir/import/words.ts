import { actionsFromBits } from "../../codes/actions.js";
import { categoriesFromBits } from "../../codes/categories.js";
import { expandPurposes } from "../../codes/families.js";
import { purposesFromBits } from "../../codes/purposes.js";
import type { Action, Category, Purpose } from "../../codes/types.js";
import { bitOf } from "../consent/purposes.js";
import type { Ceiling } from "./ceiling.js";
import type { Cell } from "./gate.js";
import type { ImportedGrant } from "./types.js";

/** A cell and what it may hold. */
export interface WeighedCell extends Cell {
  ceiling: Ceiling;
}

/** What one grant says: categories, purposes, actions and one period, each with all the others. */
export interface Word {
  categories: Category[];
  purposes: Purpose[];
  actions: Action[];
  from: Date | undefined;
  until: Date | "until-revoked";
  conditional: boolean;
}

/** The smallest word that holds all that cells may hold: exact if it holds nothing else. Undefined if they hold nothing. */
export function wordOf(cells: readonly WeighedCell[]): Word | undefined {
  const granted = cells.filter(({ ceiling }) => ceiling.categories !== 0n);
  if (granted.length === 0) return undefined;
  const [start, end] = [
    Math.min(...granted.map(({ time }) => time.start)),
    Math.max(...granted.map(({ time }) => time.end)),
  ];
  const sum = (bits: (cell: WeighedCell) => bigint): bigint => granted.reduce((all, cell) => all | bits(cell), 0n);
  const categories = sum(({ ceiling }) => ceiling.categories);
  const [purposeBits, actionBits] = [sum(({ purpose }) => BigInt(bitOf(purpose))), sum(({ action }) => BigInt(action))];
  const purposes = purposesFromBits(purposeBits);
  const isWithin = ({ purpose, action, time }: WeighedCell): boolean =>
    (purposeBits & BigInt(bitOf(purpose))) !== 0n &&
    (actionBits & BigInt(action)) !== 0n &&
    time.start < end &&
    time.end > start;
  const isExact =
    expandPurposes(purposes).length === purposes.length &&
    cells.every((cell) => !isWithin(cell) || (cell.ceiling.exact && cell.ceiling.categories === categories));
  return {
    categories: categoriesFromBits(categories),
    purposes,
    actions: actionsFromBits(actionBits),
    from: start < 0 ? undefined : wholeSecond(Math.ceil(start / 1000)),
    until: end === Infinity ? "until-revoked" : wholeSecond(Math.floor(end / 1000)),
    conditional: !isExact,
  };
}

/** One word for words that differ in nothing but their purposes; undefined if they differ. */
export function joined(words: readonly Word[]): Word | undefined {
  const [first, ...others] = words;
  if (first === undefined || first.from !== undefined) return undefined;
  if (
    others.some((other) => JSON.stringify({ ...other, purposes: [] }) !== JSON.stringify({ ...first, purposes: [] }))
  ) {
    return undefined;
  }
  return { ...first, purposes: words.flatMap(({ purposes }) => purposes) };
}

/** A word as `consents.grant` takes it. */
export function grantOf(
  { from, ...word }: Word,
  grantee: string,
  place: Pick<ImportedGrant, "record" | "programme" | "scope"> = {},
): ImportedGrant {
  return { grantee, ...word, ...(from !== undefined && { from }), ...place };
}

function wholeSecond(seconds: number): Date {
  return new Date(seconds * 1000);
}
