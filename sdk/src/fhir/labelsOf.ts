import { categoriesFromBits, categoriesToBits } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import { MalformedResourceError } from "../errors/fhir.js";
import { arrayAt, type Json, objectAt } from "./elements.js";
import { kindOf } from "./kindOf.js";
import { sensitivityOf } from "./sensitivityOf.js";

/** Resources within resources, deeper than any real one; bounds the work on hostile input. */
const MAX_DEPTH = 16;
/** Parameters and their parts, more than any real resource has. */
const MOST_PARTS = 100_000;

/** What a consent must cover before a resource may be released. */
export interface Labels {
  /** Kinds and sensitivities, in the order of the bits. */
  readonly categories: readonly Category[];
  /** The same as a uint64, as the contracts compare it. */
  readonly bits: bigint;
}

/**
 * The categories of a FHIR resource (R4 or R5): its kind from type and category codes, its sensitivity from its labels.
 *
 * - What no table decides is OTHER_KIND, a label that the table does not hold is OTHER_SENSITIVE: never nothing.
 * - A Bundle, a Parameters and a resource with contained ones carry the union of all that is in them, and their own
 *   labels. A container of nothing is OTHER_KIND.
 * - A Composition without its entries is NOTES: a text about the patient that may tell of anything, as every note may.
 *   In its Bundle the entries add their own kinds.
 *
 * @param resource parsed JSON; it is not changed
 * @throws MalformedResourceError with the path of the element that is wrong
 * @example
 * import { labelsOf } from "@consentry/sdk/fhir";
 *
 * labelsOf({ resourceType: "AllergyIntolerance" }).categories; // ["ALLERGIES"]
 */
export function labelsOf(resource: unknown): Labels {
  const bits = categoriesToBits([...categoriesAt(resource, "", 0, new Map())]);
  return { categories: categoriesFromBits(bits), bits };
}

/** What is known of resources already: one that stands in many places is looked at once. */
type Known = Map<Json, ReadonlySet<Category>>;

function categoriesAt(value: unknown, parentPath: string, depth: number, known: Known): ReadonlySet<Category> {
  const resource = objectAt(value, parentPath === "" ? "resource" : parentPath);
  const type = typeAt(resource, parentPath === "" ? "resource" : parentPath);
  const path = parentPath === "" ? type : parentPath;
  if (depth > MAX_DEPTH) throw new MalformedResourceError(path, `at most ${MAX_DEPTH} resources deep`);

  const inner = innerResources(resource, type, path);
  const labels = new Set<Category>(sensitivityOf(resource, type, path));
  for (const [child, at] of inner) {
    for (const label of known.get(child as Json) ?? categoriesAt(child, at, depth + 1, known)) labels.add(label);
  }
  if (!isContainer(type) || inner.length === 0) labels.add(kindOf(resource, type, path));
  known.set(resource, labels);
  return labels;
}

/** The type of a resource; throws MalformedResourceError. */
export function typeAt(resource: Json, path: string): string {
  const type = resource["resourceType"];
  if (typeof type !== "string" || type === "") throw new MalformedResourceError(`${path}.resourceType`, "a string");
  return type;
}

/** Containers have no kind of their own. */
export function isContainer(type: string): boolean {
  return type === "Bundle" || type === "Parameters";
}

type Located = [value: unknown, path: string];

/** The resources within a resource, with their paths. */
export function innerResources(resource: Json, type: string, path: string): Located[] {
  const contained = itemsAt(resource, "contained", path);
  if (type === "Bundle") return [...contained, ...entryResources(resource, path)];
  if (type === "Parameters") return [...contained, ...parameterResources(resource, path)];
  return contained;
}

function itemsAt(element: Json, name: string, path: string): Located[] {
  const at = `${path}.${name}`;
  return arrayAt(element[name], at).map((item, i) => [item, `${at}[${i}]`]);
}

function entryResources(bundle: Json, path: string): Located[] {
  return itemsAt(bundle, "entry", path).flatMap(([value, at]) => {
    const entry = objectAt(value, at);
    const outcome = entry["response"] === undefined ? {} : objectAt(entry["response"], `${at}.response`);
    return [...memberAt(entry, "resource", at), ...memberAt(outcome, "outcome", `${at}.response`)];
  });
}

function parameterResources(parameters: Json, path: string): Located[] {
  const found: Located[] = [];
  const open = itemsAt(parameters, "parameter", path).map(([value, at]) => ({ value, at, depth: 0 }));
  // What is pushed meanwhile is visited, too.
  for (const { value, at, depth } of open) {
    if (depth > MAX_DEPTH) throw new MalformedResourceError(at, `at most ${MAX_DEPTH} parts deep`);
    if (open.length > MOST_PARTS) throw new MalformedResourceError(at, `one of at most ${MOST_PARTS} parts`);
    const parameter = objectAt(value, at);
    found.push(...memberAt(parameter, "resource", at));
    for (const [part, where] of itemsAt(parameter, "part", at)) open.push({ value: part, at: where, depth: depth + 1 });
  }
  return found;
}

function memberAt(element: Json, name: string, path: string): Located[] {
  return element[name] === undefined ? [] : [[element[name], `${path}.${name}`]];
}
