import type { Context } from "../context.js";
import { ZeroHash } from "ethers";
import { logsOf } from "../logs/scan.js";
import type { DecisionName } from "../decisions/names.js";
import type { Reading } from "../decisions/hearing.js";
import { describeScope, EMERGENCY_SCOPE, GENERAL_SCOPE, type Scope } from "../scopes/scope.js";
import type { Head } from "../transport/types.js";
import { dateOfStamp } from "../values/dates.js";
import { type ConsentEvent, consentEvents, type WordEvent } from "./events.js";
import { revokeAllFilter, wordFilter } from "./filters.js";
import { describeTerms, isTombstone, stampOf, type Terms } from "./terms.js";

/** What ended a consent: a withdrawal from the provider, one that was delivered late, or of everything. */
export interface Ending {
  type: "ConsentRevoked" | "ConsentRestarted" | "AllRevoked";
  /** Up to when consents were ended by it. */
  until: Date;
  /** Who spoke for the patient. */
  by: string;
  /** Hash of the transaction. */
  transaction: string;
}

/** A word that was heard when a question was decided. */
export interface HeardWord {
  /** To whom it was said: the grantee or `ANY_PROVIDER`. */
  holder: string;
  scope: Scope;
  /** What it says to the question, standing alone. */
  says: DecisionName;
  /** What was granted; undefined for a refusal. */
  terms: Terms | undefined;
  /** When it was said, to the millisecond. */
  statedAt: Date;
  /** Hash of the statement and the document; undefined if there is none. */
  evidence: string | undefined;
  /** Who spoke or signed; of broken glass, who acted for the provider. Undefined if the node has no log of it. */
  by: string | undefined;
  /** Hash of the transaction that brought it to the chain. */
  transaction: string | undefined;
  /** What ended it, if something did. */
  endedBy: Ending | undefined;
}

/** What was heard, with who said it and what ended it, from the log. */
export async function heardWords(
  context: Context,
  { patient, grantee }: { patient: string; grantee: string },
  readings: readonly Reading[],
  head: Head,
): Promise<HeardWord[]> {
  if (readings.length === 0) return [];
  const holders = [...new Set(readings.map(({ holder }) => holder))];
  const words = holders.map((holder) => wordFilter(context, { patient, grantee: holder }));
  const filters = [...words, revokeAllFilter(context, patient)];
  const logs = await logsOf(context.transport, { filters, fromBlock: context.deployment.fromBlock, head });
  const events = consentEvents(context, logs);
  return readings.map((reading) => describe(reading, grantee, events));
}

function describe(reading: Reading, grantee: string, events: readonly ConsentEvent[]): HeardWord {
  const { holder, scope, word, decision } = reading;
  const said = events.findLast((event): event is WordEvent => isOrigin(event, reading));
  const evidence = said?.type === "ConsentGranted" && said.evidence !== ZeroHash ? said.evidence : undefined;
  return {
    holder,
    scope: describeScope(scope),
    says: decision,
    terms: isTombstone(word) ? undefined : describeTerms(word),
    statedAt: dateOfStamp(stampOf(word)),
    evidence,
    by: said?.by,
    transaction: said?.transaction,
    endedBy: decision === "Revoked" && !isTombstone(word) ? endingOf(reading, grantee, events) : undefined,
  };
}

/** A restart moves the start of a word, but does not say it. */
function isOrigin(event: ConsentEvent, { holder, scope }: Reading): boolean {
  if (event.type === "AllRevoked" || event.type === "ConsentRestarted") return false;
  return event.grantee === holder && event.scope.id === scope;
}

/** The first event that ended a consent. */
function endingOf(
  { holder, scope, word }: Reading,
  grantee: string,
  events: readonly ConsentEvent[],
): Ending | undefined {
  const stamp = dateOfStamp(stampOf(word));
  const general = [holder, grantee].filter((each) => each !== holder || scope !== GENERAL_SCOPE);
  const refusers = scope === EMERGENCY_SCOPE ? [] : general;
  const endings = events.flatMap((event) => endingIn(event, refusers));
  return endings.find(({ until }) => until >= stamp) ?? endings.find(({ until }) => endOfSecond(until) >= stamp);
}

function endingIn(event: ConsentEvent, refusers: readonly string[]): Ending[] {
  const { by, transaction } = event;
  if (event.type === "AllRevoked") return [{ type: event.type, until: event.voidBefore, by, transaction }];
  if (event.scope.id !== GENERAL_SCOPE || !refusers.includes(event.grantee)) return [];
  if (event.type === "ConsentRevoked") return [{ type: event.type, until: event.statedAt, by, transaction }];
  if (event.type !== "ConsentRestarted" || event.terms.from === undefined) return [];
  return [{ type: event.type, until: endOfSecond(event.terms.from), by, transaction }];
}

function endOfSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000 + 999);
}
