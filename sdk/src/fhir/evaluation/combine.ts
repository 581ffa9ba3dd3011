import type { Verdict } from "../consent/types.js";
import type { Applicable } from "./applicable.js";
import { type Matter, verdictOf } from "./weigh.js";

/** What several Consents together say about data: a deny wins; or else the newest that speaks, of equals a deny. */
export function combine(kept: readonly Applicable[], matter: Matter, newestWins: boolean): Verdict | undefined {
  let found: Verdict | undefined;
  let saidAt = -Infinity;
  for (const { consent, root } of kept) {
    const verdict = verdictOf(root, matter);
    if (verdict === undefined) continue;
    if (!newestWins) {
      if (verdict.effect === "deny") return verdict;
      found ??= verdict;
      continue;
    }
    const said = consent.saidAt ?? -Infinity;
    if (found === undefined || said > saidAt || (said === saidAt && verdict.effect === "deny")) {
      [found, saidAt] = [verdict, said];
    }
  }
  return found;
}
