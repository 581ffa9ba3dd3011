import type { Coding } from "../../codes/types.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { type Json, objectAt } from "../elements.js";
import { innerResources, isContainer, typeAt } from "../labelsOf.js";
import { labelsIn } from "../sensitivityOf.js";

const MAX_DEPTH = 16;
const MOST_UNITS = 100_000;

/** One resource with what it contains: rules are held against it as a whole. */
export interface Unit {
  readonly resource: Json;
  readonly type: string;
  readonly path: string;
  /** The labels of the Bundle that it is in. */
  readonly inherited: readonly Coding[];
}

/**
 * The resources that a resource is: itself, or of a Bundle and of Parameters each of those in it.
 *
 * @throws MalformedResourceError
 */
export function unitsOf(value: unknown): Unit[] {
  const resource = objectAt(value, "resource");
  const type = typeAt(resource, "resource");
  if (!isContainer(type)) return [{ resource, type, path: type, inherited: [] }];
  const units: Unit[] = [];
  collect({ resource, type, path: type, inherited: [] }, units, 0);
  return units;
}

function collect(unit: Unit, units: Unit[], depth: number): void {
  const { resource, type, path } = unit;
  if (depth > MAX_DEPTH) throw new MalformedResourceError(path, `at most ${MAX_DEPTH} resources deep`);
  if (units.length >= MOST_UNITS) throw new MalformedResourceError(path, `one of at most ${MOST_UNITS} resources`);
  const inner = isContainer(type) ? innerResources(resource, type, path) : [];
  if (inner.length === 0) {
    units.push(unit);
    return;
  }
  const inherited = [...unit.inherited, ...labelsIn(resource, type, path)];
  for (const [value, at] of inner) {
    const child = objectAt(value, at);
    collect({ resource: child, type: typeAt(child, at), path: at, inherited }, units, depth + 1);
  }
}

/** A resource and all that it contains; throws MalformedResourceError. */
export function partsOf(unit: Unit): Unit[] {
  if (unit.resource["contained"] === undefined) return [unit];
  const parts = [unit];
  // What is pushed meanwhile is visited, too.
  for (const { resource, type, path } of parts) {
    for (const [value, at] of innerResources(resource, type, path)) {
      if (parts.length > MOST_UNITS) throw new MalformedResourceError(at, `one of at most ${MOST_UNITS} resources`);
      const child = objectAt(value, at);
      parts.push({ resource: child, type: typeAt(child, at), path: at, inherited: [] });
    }
  }
  return parts;
}
