/** Which mutants are tried, and in which order. */
import { createHash } from "node:crypto";
import type { Mutant } from "./mutants.js";

export interface Choice {
  contract?: string | undefined;
  only?: string | undefined;
  sample?: number | undefined;
  seed: string;
}

/** In an order by chance, so that what an interrupted run has tried is a fair sample. */
export function choose(mutants: readonly Mutant[], { contract, only, sample, seed }: Choice): Mutant[] {
  const fitting = mutants
    .filter((mutant) => contract === undefined || mutant.contract === contract)
    .filter(({ id }) => only === undefined || id === only);
  const shuffled = fitting.sort((a, b) => (draw(a, seed) < draw(b, seed) ? -1 : 1));
  return sample === undefined ? shuffled : shuffled.slice(0, sample);
}

/** The same for the same seed. */
function draw({ id }: Mutant, seed: string): string {
  return createHash("sha256").update(`${seed}\0${id}`).digest("hex");
}
