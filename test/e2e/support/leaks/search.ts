/** Where something was found. */
export interface Finding {
  /** What: the kind of thing, and the thing itself. */
  what: string;
  /** In what that the chain shows. */
  where: string;
}

/** A piece of what the chain shows. */
export interface Shown {
  where: string;
  bytes: Buffer;
  /** Where the first word of 32 bytes begins: calldata starts with a selector of 4. */
  firstWord: number;
}

const HEAD = 6;
const WORD = 32;

/**
 * Looks for many byte sequences at once.
 *
 * A piece of 6 bytes or more is found at any offset: by chance that happens once in 2^48 for each pair of offsets. What is
 * shorter is found only where it fills a word of 32 bytes with zeros, for short bytes occur everywhere.
 */
export class Search {
  /** The first three bytes of the pieces: most offsets end here. */
  readonly #begins = new Uint8Array(1 << 24);
  readonly #pieces = new Map<string, Map<string, string>>();
  readonly #words = new Map<string, string>();

  /** How many different things are looked for. */
  get size(): number {
    return [...this.#pieces.values()].reduce((sum, { size }) => sum + size, this.#words.size);
  }

  /** Looks for these bytes at any offset; fewer than 6 are not looked for. */
  piece(bytes: Uint8Array, what: string): void {
    if (bytes.length < HEAD) return;
    const text = latin1(bytes);
    const head = text.slice(0, HEAD);
    const tails = this.#pieces.get(head) ?? new Map<string, string>();
    if (!tails.has(text)) tails.set(text, what);
    this.#pieces.set(head, tails);
    this.#begins[beginOf(bytes, 0)] = 1;
  }

  /** Looks for these 32 bytes where a word begins. */
  word(bytes: Uint8Array, what: string): void {
    this.#words.set(latin1(bytes), what);
  }

  /** All that is found, each thing once for each place. */
  in(shown: Iterable<Shown>): Finding[] {
    const findings = new Map<string, Finding>();
    for (const each of shown) {
      for (const what of [...this.#piecesIn(each.bytes), ...this.#wordsIn(each)]) {
        findings.set(`${what} ${each.where}`, { what, where: each.where });
      }
    }
    return [...findings.values()];
  }

  *#piecesIn(bytes: Buffer): Generator<string> {
    const text = latin1(bytes);
    for (let at = 0; at + HEAD <= bytes.length; at++) {
      if (this.#begins[beginOf(bytes, at)] === 0) continue;
      const tails = this.#pieces.get(text.slice(at, at + HEAD));
      for (const [piece, what] of tails ?? []) if (text.startsWith(piece, at)) yield what;
    }
  }

  *#wordsIn({ bytes, firstWord }: Shown): Generator<string> {
    for (let at = firstWord; at + WORD <= bytes.length; at += WORD) {
      const what = this.#words.get(latin1(bytes.subarray(at, at + WORD)));
      if (what !== undefined) yield what;
    }
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function beginOf(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}
