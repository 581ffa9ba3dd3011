import type { DecisionAtBlock } from "@consentry/sdk";
import type { Cell } from "./tables.js";
import { partyText, scopeText, timeText } from "./words.js";

/** A decision, line by line. */
export function decisionRows(decision: DecisionAtBlock): [name: string, value: Cell | undefined][] {
  const { permitted, holder, scope, validUntil, blockNumber, blockHash, historical } = decision;
  const answer = historical ? "no: it is of the past" : "no";
  return [
    ["Permitted", permitted ? { color: "green", text: "yes" } : { color: "red", text: answer }],
    ["Decision", decision.decision],
    ["Reason", decision.reason],
    ["Explanation", decision.explanation],
    ["Said to", holder === undefined ? undefined : partyText(holder)],
    ["Scope", scope === undefined ? undefined : scopeText(scope)],
    ["Valid until", validUntil === undefined ? undefined : timeText(validUntil)],
    ["Block", [String(blockNumber), blockHash]],
  ];
}
