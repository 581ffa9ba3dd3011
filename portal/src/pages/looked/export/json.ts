import type { Disclosure } from "@consentry/sdk";
import { textsOf } from "./slices.js";

/** The disclosures as the SDK has them, in pieces. */
export async function jsonOf(disclosures: readonly Disclosure[]): Promise<string[]> {
  const entries = await textsOf(disclosures, (entry) => JSON.stringify(entry));
  return ["[", entries.join(",\n"), "]\n"];
}
