import { InvalidParameterError, shown } from "../errors/input.js";
import { turn } from "./turn.js";

/** A list; its holes become undefined. Throws {@link InvalidParameterError}. */
export function toList<Item>(items: readonly Item[], parameter: string): Item[] {
  if (isList(items)) return Array.from(items);
  throw new InvalidParameterError(parameter, "a list", listHint(items));
}

/** A list with at least one item and without gaps; throws {@link InvalidParameterError}. */
export function nonEmpty<Item>(items: readonly Item[], parameter: string): Item[] {
  if (!isList(items) || items.length === 0) {
    throw new InvalidParameterError(parameter, "a list of at least one item", listHint(items));
  }
  const list: Item[] = Array.from(items);
  const gap = list.findIndex((item) => item === undefined || item === null);
  if (gap >= 0) throw new InvalidParameterError(`${parameter}[${gap}]`, "given");
  return list;
}

/** One code where a list could be meant; throws {@link InvalidParameterError} for a list. */
export function oneCode<Code>(code: Code, parameter: string): Code {
  if (!isList(code)) return code;
  throw new InvalidParameterError(parameter, "one code, not a list", "Ask or do it for each code by itself.");
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** What somebody who left the brackets out should write. */
function listHint(value: unknown): string | undefined {
  return typeof value === "string" ? `Pass a list, as in [${shown(value)}].` : undefined;
}

/** One of the names; throws {@link InvalidParameterError}. */
export function oneOf<Name extends string>(names: readonly Name[], value: unknown, parameter: string): Name {
  const name = names.find((each) => each === value);
  if (name === undefined) throw new InvalidParameterError(parameter, `one of ${names.join(", ")}`);
  return name;
}

/** Maps with at most this many under way at once, in order. */
const AT_ONCE = 25;

/** Maps a list by asking the node, not all at once; the results are in the list's order. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(map))));
  }
  return results;
}

/** What is worked through at once: little enough that nobody notices on a page. */
const PART = 50;

/** A list part by part; before each part of a long one a page stays alive, and a server answers. */
export async function* inParts<Item>(items: readonly Item[]): AsyncGenerator<Item[]> {
  for (let first = 0; first < items.length; first += PART) {
    if (items.length > PART) await turn();
    yield items.slice(first, first + PART);
  }
}
