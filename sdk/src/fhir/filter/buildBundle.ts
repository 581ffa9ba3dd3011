import type { Bundle, BundleEntry, FhirResource } from "fhir/r4.js";
import type { Json } from "../elements.js";
import { linksOf } from "./links.js";
import type { NameBook } from "./names.js";
import { isList, type Shell, type ShellEntry } from "./types.js";

type Wanted = "search" | "request" | "response";

/** What of an entry belongs to which type of Bundle. */
const PARTS: Readonly<Record<string, readonly Wanted[]>> = {
  searchset: ["search"],
  history: ["request", "response"],
  "batch-response": ["response"],
  "transaction-response": ["response"],
};
const KEPT: Readonly<Record<Wanted, readonly string[]>> = {
  search: ["mode", "score"],
  request: ["method", "url"],
  response: ["status", "location", "etag", "lastModified"],
};
const ABSENT: BundleEntry = { response: { status: "404 Not Found" } };

/** The Bundle of what goes out: of all that a Bundle has, nothing but what is known not to tell. */
export function buildBundle(shell: Shell, book: NameBook): Bundle {
  const { bundle } = shell;
  const type = isList(shell.type) ? shell.type : "collection";
  const entry = shell.entries.flatMap((each) => entryOf(each, type, book));
  const link = type === "collection" ? [] : linksOf(bundle, book);
  const total = totalOf(shell);
  return {
    resourceType: "Bundle",
    ...(type === shell.type && textsOf(bundle, ["id", "timestamp"])),
    type,
    ...(total !== undefined && { total }),
    ...(link.length > 0 && { link }),
    ...(entry.length > 0 && { entry }),
  };
}

function entryOf({ entry, slot, shell }: ShellEntry, type: Bundle["type"], book: NameBook): BundleEntry[] {
  const resource = shell === undefined ? slot?.released : buildBundle(shell, book);
  const isAnswer = type === "batch-response" || type === "transaction-response";
  if (resource === undefined) return isAnswer ? [ABSENT] : [];
  if (!isAnswer && shell !== undefined && !("entry" in resource)) return [];
  const parts = (PARTS[type] ?? []).flatMap((name) => {
    const part = partOf(entry[name], KEPT[name]);
    return part === undefined ? [] : [[name, part] as const];
  });
  return [{ ...textsOf(entry, ["fullUrl"]), resource: resource as FhirResource, ...Object.fromEntries(parts) }];
}

function partOf(value: unknown, keys: readonly string[]): object | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const part = textsOf(value as Json, keys);
  return Object.keys(part).length > 0 ? part : undefined;
}

function textsOf(element: Json, keys: readonly string[]): object {
  const isPlain = (value: unknown) => typeof value === "string" || typeof value === "number";
  return Object.fromEntries(keys.flatMap((key) => (isPlain(element[key]) ? [[key, element[key]]] : [])));
}

/** How many were found, if the page has them all: what is on other pages nobody judged yet. */
function totalOf({ bundle, type, entries }: Shell): number | undefined {
  if (type !== "searchset" && type !== "history") return undefined;
  const found = entries.filter(
    ({ slot }) => slot === undefined || !(slot.isIncluded || slot.type === "OperationOutcome"),
  );
  if (bundle["total"] !== found.length) return undefined;
  return found.filter(({ slot }) => slot?.released !== undefined).length;
}
