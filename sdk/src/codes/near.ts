const MAX_LENGTH = 40;
const MAX_RESULTS = 3;

/**
 * Names that a mistyped word may have meant.
 *
 * @param word what was written
 * @param names what could have been written
 * @returns at most three names, the nearest first
 */
export function near<Name extends string>(word: string, names: readonly Name[]): Name[] {
  if (word.length > MAX_LENGTH) return [];
  const wanted = plain(word);
  return names
    .map((name) => ({ name, distance: distanceBetween(wanted, plain(name)) }))
    .filter(({ distance }) => distance <= wanted.length / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_RESULTS)
    .map(({ name }) => name);
}

function plain(word: string): string {
  return word.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
}

function distanceBetween(word: string, name: string): number {
  const begins = word.length >= 3 && (name.startsWith(word) || word.startsWith(name));
  return begins && word !== name ? 1 : editDistance(word, name);
}

/** Levenshtein: inserted, deleted and replaced letters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
