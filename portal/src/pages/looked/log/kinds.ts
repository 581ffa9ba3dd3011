import type { HistoryEntry } from "@consentry/sdk";

/** What became of an access. */
export const KINDS = ["permitted", "refused", "emergency"] as const;

export type Kind = (typeof KINDS)[number];

/** A conditional permit lets out what the patient's document leaves. */
export function kindOf({ decision, permitted }: HistoryEntry): Kind {
  if (decision === "PermitEmergency") return "emergency";
  return permitted || decision === "PermitConditional" ? "permitted" : "refused";
}
