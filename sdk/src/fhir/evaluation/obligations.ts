import type { Coding } from "../../codes/types.js";
import type { Applicable } from "./applicable.js";
import type { BoundRule } from "./bind.js";
import type { Obligation } from "./types.js";
import { labelsOfUnit, unitsOf } from "./units.js";

const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

type Handling = "redact" | "mask";

/** How data are to be handled: https://terminology.hl7.org/ValueSet-v3-ObligationPolicy.html */
const HANDLING: ReadonlyMap<string, Handling> = new Map([
  ["REDACT", "redact"],
  ["MASK", "mask"],
]);

/** The provisions that limit a permit to some data. */
export function limitsOf(kept: readonly Applicable[]): Obligation<never>[] {
  return kept.flatMap(({ root }) => limitsIn(root));
}

function limitsIn({ rule, permits, denies }: BoundRule): Obligation<never>[] {
  const { consent } = rule.says;
  const kind = rule.effect === "deny" ? "withhold" : "releaseOnly";
  const own = rule.data === undefined ? [] : [{ kind, consent, path: rule.path } as const];
  return [...own, ...[...permits, ...denies].flatMap(limitsIn)];
}

/** What the labels of a resource, and of all that is in it, ask to be done before it is released. */
export function handlingOf(resource: object): Handling[] {
  return handlingIn(unitsOf(resource).flatMap(labelsOfUnit));
}

/** What labels ask to be done. */
export function handlingIn(labels: readonly Coding[]): Handling[] {
  const asked = labels.flatMap(({ system, code }) => (system === ACT_CODE ? (HANDLING.get(code) ?? []) : []));
  return [...new Set(asked)];
}
