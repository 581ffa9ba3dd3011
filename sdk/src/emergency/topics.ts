import { zeroPadValue } from "ethers";

/** As many values as a filter names: nodes refuse filters that are much longer. */
const MOST_VALUES = 100;

/** The topic that is any of these values, each of them once; anything if they are too many. */
export function anyOf(values: readonly string[]): readonly string[] | null {
  const distinct = [...new Set(values)];
  return distinct.length > MOST_VALUES ? null : distinct.map((value) => zeroPadValue(value, 32).toLowerCase());
}
