import { startTransition, useState } from "react";

/** The first items of a list, and how to show more; undefined if that is all. */
export function usePaged<Item>(
  items: readonly Item[],
  atOnce: number,
): [shown: readonly Item[], more: (() => void) | undefined] {
  const [count, setCount] = useState(atOnce);
  const more = (): void => startTransition(() => setCount(count + atOnce));
  return [items.slice(0, count), count < items.length ? more : undefined];
}
