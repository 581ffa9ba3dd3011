/** Blocks that a query covers at most, and at first. */
const MOST_BLOCKS = 1_000_000;
/** After so many queries in a row that fitted, twice as many blocks are tried, whatever was too much before. */
const TRUST = 32;

/** How many blocks to ask for at once: as many as the node answers for, found by trying. */
export class Span {
  #size = MOST_BLOCKS;
  #fitted = 0;
  #tooMuch = Infinity;
  #inARow = 0;

  get size(): number {
    return this.#size;
  }

  /** So many blocks were answered: next time twice as many, or half of the way to what was too much. */
  fits(blocks: number): void {
    this.#inARow += 1;
    if (blocks >= this.#tooMuch) this.#tooMuch = Infinity;
    if (blocks < this.#size) return;
    this.#fitted = blocks;
    const room = this.#inARow % TRUST === 0 ? blocks : Math.floor((this.#tooMuch - blocks) / 2);
    this.#size = Math.min(blocks + Math.min(blocks, room), MOST_BLOCKS);
  }

  /** So many blocks were too much: next time what fitted before, or half as many. */
  exceeds(blocks: number): void {
    this.#inARow = 0;
    const shrinks = blocks <= this.#fitted || this.#fitted === 0;
    this.#tooMuch = shrinks ? blocks : Math.min(blocks, this.#tooMuch);
    this.#size = shrinks ? Math.ceil(blocks / 2) : this.#fitted;
    if (shrinks) this.#fitted = 0;
  }
}
