import type { Coding } from "../../codes/types.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { arrayAt, type Json, objectAt, textAt } from "../elements.js";
import { typeAt } from "../labelsOf.js";
import { labelsIn } from "../sensitivityOf.js";
import { namesOf } from "./names.js";
import { isList, isWhole, type Shell, type ShellEntry, type Slot } from "./types.js";

const MAX_DEPTH = 16;
const MOST_ENTRIES = 1_000_000;

/** A Bundle and all resources in it, those of lists within it too. */
export interface ReadBundle {
  readonly shell: Shell;
  readonly slots: readonly Slot[];
}

/** Reads a Bundle; throws MalformedResourceError. */
export function readBundle(value: unknown): ReadBundle {
  const slots: Slot[] = [];
  const bundle = objectAt(value, "Bundle");
  if (typeAt(bundle, "Bundle") !== "Bundle") throw new MalformedResourceError("Bundle.resourceType", "Bundle");
  return { shell: shellAt(bundle, { path: "Bundle", inherited: [], depth: 0 }, slots), slots };
}

/** Where a Bundle stands. */
interface Place {
  readonly path: string;
  readonly inherited: readonly Coding[];
  readonly depth: number;
}

function shellAt(bundle: Json, { path, inherited: outer, depth }: Place, slots: Slot[]): Shell {
  if (depth > MAX_DEPTH) throw new MalformedResourceError(path, `at most ${MAX_DEPTH} resources deep`);
  const { type } = bundle;
  if (!isList(type) && !isWhole(type)) throw new MalformedResourceError(`${path}.type`, "a type of Bundle");
  if (bundle["modifierExtension"] !== undefined)
    throw new MalformedResourceError(`${path}.modifierExtension`, "absent");
  const inherited = [...outer, ...labelsIn(bundle, "Bundle", path)];
  const entries = arrayAt(bundle["entry"], `${path}.entry`).map((each, i) => {
    return entryAt(each, { path: `${path}.entry[${i}]`, inherited, depth }, slots);
  });
  return { bundle, type, entries };
}

function entryAt(value: unknown, { path, inherited, depth }: Place, slots: Slot[]): ShellEntry {
  const entry = objectAt(value, path);
  const at = `${path}.resource`;
  // What a modifier says of the entry nobody knows.
  if (entry["resource"] === undefined || entry["modifierExtension"] !== undefined) return { entry };
  const resource = objectAt(entry["resource"], at);
  const type = typeAt(resource, at);
  if (type === "Bundle" && isList(resource["type"])) {
    return { entry, shell: shellAt(resource, { path: at, inherited, depth: depth + 1 }, slots) };
  }
  if (slots.length >= MOST_ENTRIES) throw new MalformedResourceError(at, `one of at most ${MOST_ENTRIES} resources`);
  const names = namesOf(resource, type, at, textAt(entry["fullUrl"], `${path}.fullUrl`));
  const isIncluded = modeAt(entry, path) === "include";
  const slot = { resource, type, path: at, names, inherited, isIncluded, released: undefined };
  slots.push(slot);
  return { entry, slot };
}

function modeAt({ search }: Json, path: string): string {
  if (search === undefined) return "";
  return textAt(objectAt(search, `${path}.search`)["mode"], `${path}.search.mode`);
}
