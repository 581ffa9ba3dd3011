import type { Coding } from "../codes/types.js";
import { MalformedResourceError } from "../errors/fhir.js";

/** A JSON object of unknown shape. */
export type Json = Readonly<Record<string, unknown>>;

/** A JSON object; throws MalformedResourceError. */
export function objectAt(value: unknown, path: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedResourceError(path, "an object");
  }
  return value as Json;
}

/** A JSON array, empty if the element is absent; throws MalformedResourceError. */
export function arrayAt(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new MalformedResourceError(path, "an array");
  return value;
}

/** A text, "" if the element is absent; throws MalformedResourceError. */
export function textAt(value: unknown, path: string): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw new MalformedResourceError(path, "a string");
  return value;
}

/** A Coding, with "" for what it lacks; throws MalformedResourceError. */
export function codingAt(value: unknown, path: string): Coding {
  const { system, code } = objectAt(value, path);
  return { system: textAt(system, `${path}.system`), code: textAt(code, `${path}.code`) };
}

/** The codings of a CodeableConcept or of a list of them; throws MalformedResourceError. */
export function codingsAt(value: unknown, path: string): Coding[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((concept, i) => conceptAt(concept, `${path}[${i}]`));
  return conceptAt(value, path);
}

function conceptAt(value: unknown, path: string): Coding[] {
  const codings = arrayAt(objectAt(value, path)["coding"], `${path}.coding`);
  return codings.map((coding, i) => codingAt(coding, `${path}.coding[${i}]`));
}

/**
 * A JSON array as FHIR has it: absent, or with at least one item; throws MalformedResourceError.
 *
 * An empty one is not taken for an absent one, which would mean "any".
 */
export function listAt(value: unknown, path: string): readonly unknown[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0) {
    throw new MalformedResourceError(path, "an array with at least one item");
  }
  return value as readonly unknown[];
}

/** A text that must be there; throws MalformedResourceError. */
export function requiredTextAt(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "") throw new MalformedResourceError(path, "a string");
  return value;
}
