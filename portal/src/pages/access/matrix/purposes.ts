import type { Purpose } from "@consentry/sdk";
import type { Consent } from "../words/words.js";

/** The purposes for which somebody may see something; break-glass is no wish of the patient. */
export function purposesIn(consents: readonly Consent[]): Purpose[] {
  const found = new Set(consents.flatMap(({ terms }) => terms.purposes));
  found.delete("BTG");
  return [...found];
}
