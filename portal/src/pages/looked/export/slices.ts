/** Lets the page react in between. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const AT_ONCE = 200;

/** Turns many items into text, some at a time, so that the page stays usable. */
export async function textsOf<Item>(items: readonly Item[], describe: (item: Item) => string): Promise<string[]> {
  const texts: string[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) {
    texts.push(...items.slice(first, first + AT_ONCE).map(describe));
    await breathe();
  }
  return texts;
}
