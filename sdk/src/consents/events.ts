import type { Context } from "../context.js";
import { describeScope, type Scope } from "../scopes/scope.js";
import type { RawLog } from "../transport/types.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";
import { describeTerms, stampOf, type Terms } from "./terms.js";

/** The patient granted. */
export interface ConsentGranted extends EventPosition {
  type: "ConsentGranted";
  patient: string;
  grantee: string;
  scope: Scope;
  terms: Terms;
  /** When the patient said so, to the millisecond. */
  statedAt: Date;
  /** Hash of the statement and the document; zero if there is none. */
  evidence: string;
  /** Who spoke for the patient. */
  by: string;
}

/** The patient withdrew. */
export interface ConsentRevoked extends EventPosition {
  type: "ConsentRevoked";
  patient: string;
  grantee: string;
  scope: Scope;
  /** When the patient said so, to the millisecond. */
  statedAt: Date;
  /** Who spoke for the patient. */
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

export type ConsentEvent = ConsentGranted | ConsentRevoked | AllRevoked;

interface Args {
  patient: string;
  grantee: string;
  scope: string;
  terms: bigint;
  evidence: string;
  issuedAt: bigint;
  voidBefore: bigint;
  by: string;
}

/** The events of the consent registry in some logs. */
export function consentEvents({ consents, deployment }: Context, logs: readonly RawLog[]): ConsentEvent[] {
  const address = deployment.contracts.ConsentRegistry.address;
  return decodeLogs(consents.interface, address, logs).flatMap(describe);
}

function describe({ name, args, position }: DecodedLog): ConsentEvent[] {
  const { patient, by, ...rest } = args as unknown as Args;
  if (name === "AllRevoked")
    return [{ type: name, ...position, patient, by, voidBefore: new Date(Number(rest.voidBefore)) }];
  const where = { ...position, patient, by, grantee: rest.grantee, scope: describeScope(rest.scope) };
  if (name === "ConsentRevoked") return [{ type: name, ...where, statedAt: new Date(Number(rest.issuedAt)) }];
  if (name !== "ConsentGranted") return [];
  const { terms, evidence } = rest;
  return [{ type: name, ...where, terms: describeTerms(terms), statedAt: new Date(Number(stampOf(terms))), evidence }];
}
