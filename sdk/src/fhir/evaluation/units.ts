import type { Coding } from "../../codes/types.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { type Json, objectAt } from "../elements.js";
import { innerResources, isContainer, typeAt } from "../labelsOf.js";
import { labelsIn } from "../sensitivityOf.js";

const MAX_DEPTH = 16;
const MOST_UNITS = 100_000;

/** One resource that rules are held against. */
export interface Unit {
  readonly resource: Json;
  readonly type: string;
  readonly path: string;
  /** The labels of what it is in. */
  readonly inherited: readonly Coding[];
  /** The resource that contains it and goes out with it; undefined if none does. */
  readonly host?: Unit;
}

/** All labels of a unit. */
export function labelsOfUnit({ resource, type, path, inherited }: Unit): readonly Coding[] {
  return [...inherited, ...labelsIn(resource, type, path)];
}

/**
 * The resources that a resource is: itself and those contained in it; of a Bundle and of Parameters each of those in it.
 *
 * @throws MalformedResourceError
 */
export function unitsOf(value: unknown): Unit[] {
  const resource = objectAt(value, "resource");
  const type = typeAt(resource, "resource");
  const unit = { resource, type, path: type, inherited: [] };
  if (!isContainer(type)) return partsOf(unit);
  const units: Unit[] = [];
  collect(unit, units, 0);
  return units;
}

function collect(unit: Unit, units: Unit[], depth: number): void {
  const { resource, type, path } = unit;
  if (depth > MAX_DEPTH) throw new MalformedResourceError(path, `at most ${MAX_DEPTH} resources deep`);
  if (units.length >= MOST_UNITS) throw new MalformedResourceError(path, `one of at most ${MOST_UNITS} resources`);
  const inner = isContainer(type) ? innerResources(resource, type, path) : [];
  if (inner.length === 0) {
    units.push(...partsOf(unit));
    return;
  }
  const inherited = labelsOfUnit(unit);
  for (const [value, at] of inner) {
    const child = objectAt(value, at);
    collect({ resource: child, type: typeAt(child, at), path: at, inherited }, units, depth + 1);
  }
}

/** A resource and all that it contains. What is contained has the labels of what contains it. */
function partsOf(host: Unit): Unit[] {
  if (host.resource["contained"] === undefined) return [host];
  const inherited = labelsOfUnit(host);
  const parts = [host];
  // What is pushed meanwhile is visited, too.
  for (const { resource, type, path } of parts) {
    for (const [value, at] of innerResources(resource, type, path)) {
      if (parts.length > MOST_UNITS) throw new MalformedResourceError(at, `one of at most ${MOST_UNITS} resources`);
      const child = objectAt(value, at);
      parts.push({ resource: child, type: typeAt(child, at), path: at, inherited, host });
    }
  }
  return parts;
}
