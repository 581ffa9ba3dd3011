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
    return concepts.some((concept) => !codingsIn(concept).some(isWhole));
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
  return conceptsOf(value)
    .flatMap(codingsIn)
    .filter(isWhole)
    .map(({ system, code }) => `${system}|${code}`);
}

/** The Codings of a CodeableConcept, or the Coding that it is. */
function codingsIn(concept: Json): Json[] {
  const codings: readonly unknown[] = Array.isArray(concept["coding"]) ? concept["coding"] : [concept];
  return codings.filter((coding) => typeof coding === "object" && coding !== null) as Json[];
}

function isWhole(coding: Json): coding is Json & { system: string; code: string } {
  return typeof coding["system"] === "string" && typeof coding["code"] === "string";
}
