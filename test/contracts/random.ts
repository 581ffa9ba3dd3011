/** Set CONSENTRY_SEED to see other runs than that of the default. */
export const SEED = Number(process.env.CONSENTRY_SEED ?? 20_260_731);

export interface Random {
  /** From 0 to one below the limit. */
  below: (limit: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
  chance: (percent: number) => boolean;
}

/** mulberry32: small, and good enough to choose with. */
export function randomOf(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  return { below, pick, chance: (percent) => below(100) < percent };
}
