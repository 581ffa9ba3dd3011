/** Which page what is exported stands on. */
import { type Area, areasOf } from "./actions.js";
import type { Exported, Sources } from "./program.js";

/** One page of the reference. */
export interface Page {
  /** The file's name without its end. */
  name: string;
  /** What the page is about. */
  summary: string;
  area?: Area;
  exported: readonly Exported[];
}

/** Folders whose exports stand on another page than that of their own name. */
const PAGE_OF: Readonly<Record<string, string>> = {
  "": "client",
  decisions: "consents",
  documents: "consents",
  deployments: "client",
  logs: "client",
  reads: "client",
  scopes: "consents",
  signatures: "statements",
  signing: "statements",
  smart: "fhir",
  transport: "client",
  values: "client",
  writes: "client",
};

/** What pages without an area of the client are about. */
const SUMMARIES: Readonly<Record<string, string>> = {
  client: "`connect`, deployments, and what all reads and writes have in common.",
  codes: "Categories, purposes and actions: names, HL7 codes and bits.",
  crypto: "`@consentry/sdk/crypto`: records that only a grantee can read; [crypto.md](../crypto.md) tells the format.",
  errors: "The classes of errors; [errors.md](../errors.md) tells of each what to do.",
  fhir: "`@consentry/sdk/fhir`: labels of FHIR resources, SMART scopes, REST interactions.",
  lookup: "`@consentry/sdk/lookup`: the directory as a list, and whom an account speaks for.",
  moving: "`@consentry/sdk/moving`: from one version of the registry to the next; [moving.md](../moving.md) tells how.",
  node: "`@consentry/sdk/node`: what needs files.",
  server: "`@consentry/sdk/server`: the guard of an endpoint.",
  statements: "What a patient signs: the text, the typed data, and the plain JSON that anybody delivers.",
  testing: "`@consentry/sdk/testing`: a chain in the process of a test.",
  texts: "`@consentry/sdk/texts`: statements in languages besides English.",
};

/** The pages, that of the client first, then its areas, then the rest. */
export function pagesOf(sources: Sources): Page[] {
  const areas = areasOf(sources);
  const groups = new Map<string, Exported[]>(
    ["client", ...areas.map(({ folder }) => folder)].map((name) => [name, []]),
  );
  for (const each of sources.exported) {
    if (areas.some(({ type }) => type === each.name)) continue;
    const page = pageOf(each);
    groups.set(page, [...(groups.get(page) ?? []), each]);
  }
  return [...groups].map(([name, exported]) => {
    const area = areas.find(({ folder }) => folder === name);
    const summary = SUMMARIES[name] ?? area?.comment.text ?? "";
    return { name, summary, exported, ...(area !== undefined && { area }) };
  });
}

function pageOf({ folder, from }: Exported): string {
  const [, subpath] = from.split("@consentry/sdk/");
  return folder === "errors" ? "errors" : (subpath ?? PAGE_OF[folder] ?? folder);
}
