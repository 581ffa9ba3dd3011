import { categoriesFromBits } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import type { Context } from "../context.js";
import { toParty } from "../values/address.js";
import { dateOfStamp, toDate } from "../values/dates.js";
import { blockOf } from "../reads/blockOf.js";
import { namedBy, type Office, officeAt, type StoredGuardianship } from "./guardianship.js";

/** Guardians in office: who they are, only the commitment knows. */
export interface GuardiansInOffice {
  commitment: string;
  /** How long a recovery by them waits, and how long it takes to replace them, in seconds. */
  delay: number;
  /** Who follows them, unless a recovery starts or control passes on before; no commitment: nobody does. */
  next: { commitment: string | undefined; delay: number; effectiveAt: Date } | undefined;
}

/** A recovery under way. */
export interface RecoveryUnderWay {
  /** Who is to take control. */
  controller: string;
  /** From when on it can be completed; until then, and until it is, the controller can cancel it. */
  readyAt: Date;
  /** The stamp of the approvals. */
  approvedAt: Date;
}

/** Who controls a patient, and what the controller has said about it. */
export interface PatientState {
  patient: string;
  /** The patient's own address until another takes over. */
  controller: string;
  /** When control last changed: everything signed at or before it is void. Undefined: never. */
  controlSince: Date | undefined;
  /** When the patient last withdrew everything: every grant stated at or before it is dead. Undefined: never. */
  voidBefore: Date | undefined;
  /** What break-glass never opens, in the order of the bits. */
  exclusions: Category[];
  /** Undefined: there are none. */
  guardians: GuardiansInOffice | undefined;
  /** Undefined: none is under way. */
  recovery: RecoveryUnderWay | undefined;
}

/**
 * Looks up who controls a patient, at the newest block. An address of which nothing is known controls itself.
 *
 * @returns controller, exclusions, guardians and a recovery under way
 * @throws InvalidAddressError
 * @example
 * const { controller, recovery } = await consentry.patients.get(patient);
 * if (recovery !== undefined) console.log(recovery.readyAt); // 2026-03-04T09:30:00.000Z
 */
export async function get(context: Context, patient: string): Promise<PatientState> {
  const { consents } = context;
  const address = toParty(patient, "patient");
  const head = await blockOf(context);
  const at = { blockTag: head.number };
  const [controller, controlSince, voidBefore, { categories }, guardianship, recovery] = await Promise.all([
    consents.controllerOf(address, at),
    consents.controlSinceOf(address, at),
    consents.voidBeforeOf(address, at),
    consents.exclusionsOf(address, at),
    consents.guardiansOf(address, at),
    consents.recoveryOf(address, at),
  ]);
  return {
    patient: address,
    controller,
    controlSince: dateOrNever(controlSince),
    voidBefore: dateOrNever(voidBefore),
    exclusions: categoriesFromBits(categories),
    guardians: describeGuardians(guardianship, BigInt(head.timestamp)),
    recovery: describeRecovery(recovery),
  };
}

function dateOrNever(stamp: bigint): Date | undefined {
  return stamp === 0n ? undefined : dateOfStamp(stamp);
}

function describeGuardians(stored: StoredGuardianship, now: bigint): GuardiansInOffice | undefined {
  const { present, next } = officeAt(stored, now);
  const commitment = namedBy(present.commitment);
  if (commitment === undefined) return undefined;
  return { commitment, delay: Number(present.delay), next: describeNext(next, stored.nextAt) };
}

function describeNext(next: Office | undefined, nextAt: bigint): GuardiansInOffice["next"] {
  if (next === undefined) return undefined;
  return { commitment: namedBy(next.commitment), delay: Number(next.delay), effectiveAt: toDate(nextAt) };
}

interface StoredRecovery {
  controller: string;
  readyAt: bigint;
  issuedAt: bigint;
}

function describeRecovery({ controller, readyAt, issuedAt }: StoredRecovery): RecoveryUnderWay | undefined {
  if (readyAt === 0n) return undefined;
  return { controller, readyAt: toDate(readyAt), approvedAt: dateOfStamp(issuedAt) };
}
