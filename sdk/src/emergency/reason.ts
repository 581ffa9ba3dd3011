import { toBytes32 } from "../values/bytes.js";
import { isSalted, saltedIn } from "./salted.js";
import { type EmergencyEvent, subjectOf } from "./subject.js";

/**
 * Why the glass was broken: plain JSON which the provider keeps and gives to the patient and to reviewers, never to the
 * chain. Whoever has it can prove it.
 */
export interface BreakGlassReason {
  /** Which break-glass: 32 bytes as hex. */
  subject: string;
  /** One line of at most 500 characters. */
  reason: string;
  /** 32 bytes as hex: a secret like the reason. */
  salt: string;
}

/**
 * Whether this is the reason that a provider hashed when it broke the glass, and, where it names one, of this break-glass.
 *
 * @param event an emergency, or a `GlassBroken` of `consents.history`
 * @param given what `parseReason` returned, or reason and salt alone
 * @throws InvalidParameterError
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const emergency = emergencyOf(consentry);
 * const given = emergency.parseReason(json); // as the provider handed it over
 * for (const entry of await emergency.history({ patient })) {
 *   console.log(entry.time, emergency.verifyReason(entry, given)); // true; false of others, or if a letter was changed
 * }
 */
export function verifyReason(
  event: EmergencyEvent,
  given: Omit<BreakGlassReason, "subject"> & { subject?: string | undefined },
): boolean {
  const { subject, reason, salt } = given;
  const isOfIt = subject === undefined || toBytes32(subject, "subject") === subjectOf(event);
  return isOfIt && isSalted(event.reasonHash, reason, salt, "reason");
}

/**
 * Reads the reason of a break-glass as it came from its provider. Only its shape is checked: `verifyReason` proves it.
 *
 * @param input the JSON as a text, or what `JSON.parse` made of it
 * @throws InvalidParameterError that names the field
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const { reason } = emergencyOf(consentry).parseReason(json);
 * console.log(reason); // Unconscious after an accident
 */
export function parseReason(input: unknown): BreakGlassReason {
  const { subject, text, salt } = saltedIn(input, "reason");
  return { subject, reason: text, salt };
}
