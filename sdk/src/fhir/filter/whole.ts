import { arrayAt, type Json, objectAt } from "../elements.js";
import type { Cleaner } from "./clean.js";
import { isWhole, type Slot } from "./types.js";

const BUNDLE_PARTS = [
  "resourceType",
  "id",
  "meta",
  "language",
  "identifier",
  "type",
  "timestamp",
  "entry",
  "signature",
];
const ENTRY_PARTS = ["fullUrl", "resource", "request"];

/** Whether a Bundle is a document or another whole that holds nothing but resources: nothing that nobody looks at. */
export function isPlainWhole(bundle: Json, path: string): boolean {
  if (!isWhole(bundle["type"]) || !hasOnly(bundle, BUNDLE_PARTS)) return false;
  const entries = arrayAt(bundle["entry"], `${path}.entry`).map((each, i) => objectAt(each, `${path}.entry[${i}]`));
  return entries.length > 0 && entries.every((entry) => entry["resource"] !== undefined && hasOnly(entry, ENTRY_PARTS));
}

/** Whether resources of a whole that is permitted hold nothing that nobody looks at. */
export function areLookedAt(slots: readonly Slot[], cleaner: Cleaner): boolean {
  return slots.every(({ resource, type, path }) => cleaner.clean(resource, type, path) !== undefined);
}

function hasOnly(element: Json, parts: readonly string[]): boolean {
  return Object.keys(element).every((key) => parts.includes(key));
}
