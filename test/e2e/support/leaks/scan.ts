import { type Display, listen, shownBy } from "./chain.js";
import { publicOf, withoutPublic } from "./public.js";
import type { Finding, Search } from "./search.js";
import type { Stage } from "./story/index.js";

/** What a search of everything that the chain shows came to. */
export interface Scan {
  findings: Finding[];
  /** What is public by design, and was not where it is said to be. */
  missing: string[];
  /** How many bytes were searched. */
  bytes: number;
}

/** Does something, and gives all that a node shows of it from a block on and answers meanwhile. */
export async function observed(act: () => Promise<Stage>, from = 0): Promise<Display & { stage: Stage }> {
  const stop = listen();
  const stage = await act();
  const heard = await stop(stage);
  const { shown, said } = await shownBy(stage, from);
  return { stage, shown: [...shown, ...heard], said };
}

/** Looks for everything secret in what was shown, but for what is public where it is. */
export function scan({ stage, shown }: Display & { stage: Stage }, search: Search): Scan {
  const { rest, missing } = withoutPublic(shown, publicOf(stage));
  return { findings: search.in(rest), missing, bytes: rest.reduce((sum, each) => sum + each.bytes.length, 0) };
}
