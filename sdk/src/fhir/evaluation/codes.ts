import { type Json, objectAt } from "../elements.js";
import { CODE_ELEMENTS } from "./tables.js";
import type { Unit } from "./units.js";
import { walk } from "./walk.js";

/** What a resource is about, as `system|code`. */
export function mainCodes({ resource }: Unit): string[] {
  return CODE_ELEMENTS.flatMap((element) => codingsOf(resource[element]));
}

/** Every code that stands anywhere in a resource, as `system|code`. */
export function codesAnywhere({ resource, path }: Unit): Set<string> {
  const codes = new Set<string>();
  walk(resource, path, ({ system, code }) => {
    if (typeof code === "string") codes.add(`${typeof system === "string" ? system : ""}|${code}`);
  });
  return codes;
}

/** Whether a resource says what it is about in words only, or elsewhere. */
export function hasUnreadCode({ resource }: Unit): boolean {
  if (resource["medicationReference"] !== undefined) return true;
  return CODE_ELEMENTS.some((element) => {
    const concepts = conceptsOf(resource[element]);
    return concepts.some((concept) => concept["coding"] === undefined && concept["code"] === undefined);
  });
}

/** CodeableConcepts, also within CodeableReferences, and Codings; codes without a system are of no use here. */
function conceptsOf(value: unknown): Json[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    if (typeof item !== "object" || item === null) return [];
    const element = objectAt(item, "");
    return typeof element["concept"] === "object" ? conceptsOf(element["concept"]) : [element];
  });
}

function codingsOf(value: unknown): string[] {
  return conceptsOf(value).flatMap((concept) => {
    const codings: readonly unknown[] = Array.isArray(concept["coding"]) ? concept["coding"] : [concept];
    return codings.flatMap((coding) => {
      if (typeof coding !== "object" || coding === null) return [];
      const { system, code } = coding as Json;
      return typeof code === "string" ? [`${typeof system === "string" ? system : ""}|${code}`] : [];
    });
  });
}
