import type { ConsentEvent } from "@consentry/sdk";
import { partyText, periodText, scopeText, termsText, timeText } from "./words.js";

/** Whom an event is about. */
export function partiesOf(event: ConsentEvent): string[] {
  const grantee = event.type === "AllRevoked" ? "everybody" : partyText(event.grantee);
  return [`of ${event.patient}`, `to ${grantee}`, `by ${event.by}`];
}

/** What was said in an event. */
export function wordsOf(event: ConsentEvent): string[] {
  if (event.type === "AllRevoked") return [`everything up to ${timeText(event.voidBefore)}`];
  const said = [scopeText(event.scope), `said ${timeText(event.statedAt)}`];
  return event.type === "ConsentRevoked" ? said : [termsText(event.terms), periodText(event.terms), ...said];
}

/** An event on one line. */
export function lineOf(event: ConsentEvent & { removed: boolean }): string {
  const { blockNumber, type, transaction, removed } = event;
  const what = [...partiesOf(event), ...wordsOf(event)].join("; ");
  return `${removed ? "taken back: " : ""}block ${blockNumber} ${type} ${what}; transaction ${transaction}`;
}
