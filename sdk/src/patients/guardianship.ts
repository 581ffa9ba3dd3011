import { ZeroHash } from "ethers";

/** A patient's guardianship as the contract stores it: seconds, and stamps in milliseconds. */
export interface StoredGuardianship {
  commitment: string;
  next: string;
  delay: bigint;
  nextDelay: bigint;
  nextAt: bigint;
}

/** Guardians by their commitment; the zero commitment: nobody. */
export interface Office {
  commitment: string;
  /** Seconds. */
  delay: bigint;
}

/** Who is in office at a time, and who is still to follow: the contract stores the change only when it next writes. */
export function officeAt(stored: StoredGuardianship, now: bigint): { present: Office; next: Office | undefined } {
  const present = { commitment: stored.commitment, delay: stored.delay };
  if (stored.nextAt === 0n) return { present, next: undefined };
  const next = { commitment: stored.next, delay: stored.nextDelay };
  return now >= stored.nextAt ? { present: next, next: undefined } : { present, next };
}

/** The commitment, undefined for nobody's. */
export function namedBy(commitment: string): string | undefined {
  return commitment === ZeroHash ? undefined : commitment;
}
