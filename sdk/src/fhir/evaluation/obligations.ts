import { type Json, objectAt } from "../elements.js";
import { typeAt } from "../labelsOf.js";
import { labelsIn } from "../sensitivityOf.js";
import type { Applicable } from "./applicable.js";
import type { BoundRule } from "./bind.js";
import type { Obligation } from "./types.js";

const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/** How data are to be handled: https://terminology.hl7.org/ValueSet-v3-ObligationPolicy.html */
const HANDLING: ReadonlyMap<string, "redact" | "mask"> = new Map([
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

/** What the labels of a resource ask to be done with it. */
export function handlingOf<Resource extends object>(resource: Resource): Obligation<Resource>[] {
  const json: Json = objectAt(resource, "resource");
  const type = typeAt(json, "resource");
  return labelsIn(json, type, type).flatMap(({ system, code }) => {
    const kind = system === ACT_CODE ? HANDLING.get(code) : undefined;
    return kind === undefined ? [] : [{ kind, resource }];
  });
}
