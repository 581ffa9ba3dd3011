import { toBytes32 } from "../values/bytes.js";
import type { Reviewed } from "./reviews.js";
import { isSalted, saltedIn } from "./salted.js";

/** Why a reviewer came to a verdict: plain JSON which the reviewer keeps. Whoever has it can prove it. */
export interface ReviewNote {
  /** What was reviewed: 32 bytes as hex. */
  subject: string;
  /** One line of at most 500 characters. */
  note: string;
  /** 32 bytes as hex: a secret like the note. */
  salt: string;
}

/**
 * Whether this is the note that a reviewer hashed, and, where it names a subject, of a review of that.
 *
 * @param review one of an emergency's `reviews`
 * @param given what `parseNote` returned, or note and salt alone
 * @returns false also for a review without a note
 * @throws InvalidParameterError
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const emergency = emergencyOf(consentry);
 * const given = emergency.parseNote(json); // as the reviewer handed it over
 * for (const { reviews } of await emergency.history({ patient })) {
 *   for (const review of reviews) console.log(review.verdict, emergency.verifyNote(review, given)); // justified true
 * }
 */
export function verifyNote(
  review: Pick<Reviewed, "subject" | "noteHash">,
  given: Omit<ReviewNote, "subject"> & { subject?: string | undefined },
): boolean {
  const { subject, note, salt } = given;
  const isOfIt = subject === undefined || toBytes32(subject, "subject") === review.subject.toLowerCase();
  return isOfIt && isSalted(review.noteHash, note, salt, "note");
}

/**
 * Reads a reviewer's note as it came. Only its shape is checked: `verifyNote` proves it.
 *
 * @param input the JSON as a text, or what `JSON.parse` made of it
 * @throws InvalidParameterError that names the field
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const { note } = emergencyOf(consentry).parseNote(json);
 * console.log(note); // The ambulance confirms it
 */
export function parseNote(input: unknown): ReviewNote {
  const { subject, text, salt } = saltedIn(input, "note");
  return { subject, note: text, salt };
}
