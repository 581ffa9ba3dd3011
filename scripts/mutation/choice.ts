/** Which mutants are tried. */
import { createHash } from "node:crypto";
import type { Mutant } from "./mutants.js";

export interface Choice {
  contract?: string | undefined;
  only?: string | undefined;
  sample?: number | undefined;
  seed: string;
}

export function choose(mutants: readonly Mutant[], { contract, only, sample, seed }: Choice): Mutant[] {
  const fitting = mutants
    .filter((mutant) => contract === undefined || mutant.contract === contract)
    .filter(({ id }) => only === undefined || id === only);
  if (sample === undefined) return fitting;
  const chosen = new Set([...fitting].sort((a, b) => (draw(a, seed) < draw(b, seed) ? -1 : 1)).slice(0, sample));
  return fitting.filter((mutant) => chosen.has(mutant));
}

/** The same for the same seed. */
function draw({ id }: Mutant, seed: string): string {
  return createHash("sha256").update(`${seed}\0${id}`).digest("hex");
}
