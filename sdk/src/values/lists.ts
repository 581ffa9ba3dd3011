import { InvalidParameterError } from "../errors/input.js";

/** A list with at least one item; throws {@link InvalidParameterError}. */
export function nonEmpty<Item>(items: readonly Item[], parameter: string): readonly Item[] {
  const isList: boolean = Array.isArray(items);
  if (isList && items.length > 0) return items;
  throw new InvalidParameterError(parameter, "a list of at least one item");
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
