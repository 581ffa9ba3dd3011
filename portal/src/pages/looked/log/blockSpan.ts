/** So many entries a query shall find: as many as are described in the time of a few frames, on a slow device too. */
const WANTED = 100;
/** In so many blocks a patient hardly is asked about more often than can be shown at once. */
const MOST_BLOCKS = 500_000;
const GROWTH = 8;

/** How many blocks to read next, so that no reading finds much more than it can show at once. */
export class BlockSpan {
  #size = 1;

  get size(): number {
    return this.#size;
  }

  /** So many entries were found in as many blocks as were asked for. */
  found(entries: number): void {
    const factor = entries === 0 ? GROWTH : Math.min(GROWTH, WANTED / entries);
    this.#size = Math.max(1, Math.min(MOST_BLOCKS, Math.round(this.#size * factor)));
  }
}
