import type { Context } from "../context.js";
import { describeScope, EMERGENCY_SCOPE, GENERAL_SCOPE, type Scope } from "../scopes/scope.js";
import type { RawLog } from "../transport/types.js";
import { dateOfStamp } from "../values/dates.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";
import { describeTerms, stampOf, type Terms } from "./terms.js";

/** What was said to a grantee in a scope, and by whom. */
interface Said extends EventPosition {
  patient: string;
  grantee: string;
  scope: Scope;
  /** When it was said, to the millisecond. */
  statedAt: Date;
  /** Who spoke for the patient. */
  by: string;
}

/** The patient granted. */
export interface ConsentGranted extends Said {
  type: "ConsentGranted";
  terms: Terms;
  /** Hash of the statement and the document; zero if there is none. */
  evidence: string;
}

/** The patient withdrew. */
export interface ConsentRevoked extends Said {
  type: "ConsentRevoked";
}

/** A signed GENERAL refusal arrived later than a consent said after it: the consent stands, and starts at the refusal. */
export interface ConsentRestarted extends Said {
  type: "ConsentRestarted";
  /** The consent as it stands now. */
  terms: Terms;
}

/** A provider, the grantee, broke the glass. */
export interface GlassBroken extends Said {
  type: "GlassBroken";
  /** All that is open now, also from before. */
  terms: Terms;
  /** Salted hash of the reason. */
  reasonHash: string;
  /** Who acted for the provider. */
  by: string;
}

/** The patient withdrew everything. */
export interface AllRevoked extends EventPosition {
  type: "AllRevoked";
  patient: string;
  /** Every grant stated at or before it is dead. */
  voidBefore: Date;
  /** Who spoke for the patient. */
  by: string;
}

/** An event that writes the word in one place. */
export type WordEvent = ConsentGranted | ConsentRevoked | ConsentRestarted | GlassBroken;

/** An event about what patients allow and withdraw; `type` tells which. */
export type ConsentEvent = WordEvent | AllRevoked;

/** The names of the events that write a word; patient and grantee are their first indexed arguments. */
export const WORD_EVENTS = [
  "ConsentGranted",
  "ConsentRevoked",
  "ConsentRestarted",
  "GlassBroken",
] as const satisfies readonly WordEvent["type"][];

interface Args {
  patient: string;
  grantee: string;
  provider: string;
  scope: string;
  terms: bigint;
  evidence: string;
  reasonHash: string;
  issuedAt: bigint;
  voidBefore: bigint;
  by: string;
}

/** The events about consents in some logs. */
export function consentEvents({ consents, deployment }: Context, logs: readonly RawLog[]): ConsentEvent[] {
  const address = deployment.contracts.ConsentRegistry.address;
  return decodeLogs(consents.interface, address, logs).flatMap(describe);
}

function describe({ name, args, position }: DecodedLog): ConsentEvent[] {
  const { patient, grantee, provider, scope, terms, by, ...rest } = args as unknown as Args;
  const said = (to: string, where: string, stamp: bigint) => {
    return { ...position, patient, grantee: to, scope: describeScope(where), statedAt: dateOfStamp(stamp), by };
  };
  const granted = (to: string, where: string) => {
    return { ...said(to, where, stampOf(terms)), terms: describeTerms(terms) };
  };
  switch (name) {
    case "ConsentGranted":
      return [{ type: name, ...granted(grantee, scope), evidence: rest.evidence }];
    case "ConsentRevoked":
      return [{ type: name, ...said(grantee, scope, rest.issuedAt) }];
    case "ConsentRestarted":
      return [{ type: name, ...granted(grantee, GENERAL_SCOPE) }];
    case "GlassBroken":
      return [{ type: name, ...granted(provider, EMERGENCY_SCOPE), reasonHash: rest.reasonHash }];
    case "AllRevoked":
      return [{ type: name, ...position, patient, by, voidBefore: dateOfStamp(rest.voidBefore) }];
    default:
      return [];
  }
}
