import { BURST, REFILL, WINDOW } from "./setup.js";

/**
 * What break-glass may open, told a second time without the contract's words: what was asked for and when, what the patient
 * said and when. Seconds for times, milliseconds for stamps.
 */

const WAIT = WINDOW * 1000n;

/** The contract's smallest part of an emergency. */
const ONE = 10n ** 9n;

interface Opening {
  categories: bigint;
  /** The second of the first break. */
  at: bigint;
  /** Whether the patient ended it. */
  ended: boolean;
}

/** One provider's break-glass of one patient's data. */
export class Glass {
  #opening: Opening | undefined;
  /** Until when, in milliseconds, the provider has to wait at least, as it was ended or refused. */
  #waitsUntil = 0n;
  /** The stamp of the last word of the patient that could make the provider wait. */
  #lastSaid = 0n;

  /** Whether it is open at a second. */
  isOpen(now: bigint): boolean {
    const opening = this.#opening;
    return opening !== undefined && !opening.ended && now < opening.at + WINDOW;
  }

  opened(now: bigint): bigint {
    return this.isOpen(now) ? this.#opening!.categories : 0n;
  }

  /** Whether the patient's words forbid breaking it now: surely, surely not, or undefined, where they may or may not. */
  mustWait(now: bigint): boolean | undefined {
    if (this.isOpen(now)) return false;
    if (now * 1000n < this.#waitsUntil) return true;
    return now * 1000n >= this.#lastSaid + WAIT ? false : undefined;
  }

  broken(now: bigint, categories: bigint, excluded: bigint): void {
    const opening = this.isOpen(now) ? this.#opening! : { categories: 0n, at: now, ended: false };
    this.#opening = { ...opening, categories: (opening.categories | categories) & ~excluded };
  }

  /** A refusal of this scope: makes wait in any case, unless it is older than what is open. */
  refused(stamp: bigint): void {
    if (this.#opening && stamp < this.#opening.at * 1000n) return;
    this.#waitsUntil = max(this.#waitsUntil, stamp + WAIT);
    this.#said(stamp);
  }

  /** A revokeAll: makes wait if it ended something. */
  allRevoked(stamp: bigint): void {
    const opening = this.#opening;
    if (opening && !opening.ended && stamp >= opening.at * 1000n && stamp < (opening.at + WINDOW) * 1000n) {
      this.#waitsUntil = max(this.#waitsUntil, stamp + WAIT);
    }
    this.#said(stamp);
  }

  #said(stamp: bigint): void {
    const opening = this.#opening;
    if (opening && stamp >= opening.at * 1000n) opening.ended = true;
    this.#lastSaid = max(this.#lastSaid, stamp);
  }
}

/** How often one organization may still break the glass. */
export class Bucket {
  #used = 0n;
  #since = 0n;

  /** Takes one, if there is one. */
  take(now: bigint): boolean {
    const refilled = ((now - this.#since) * BURST * ONE) / REFILL;
    const used = this.#used > refilled ? this.#used - refilled : 0n;
    if (used + ONE > BURST * ONE) return false;
    [this.#used, this.#since] = [used + ONE, now];
    return true;
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
