import { InvalidParameterError } from "../errors/input.js";

/** In characters as a reader counts them, nearly: code points. */
const LONGEST = 500;

/**
 * What could make a line look like another: line breaks and other controls, what turns the direction of writing or can't be
 * seen (but the joiners that some scripts need), private and broken characters.
 *
 * See https://www.unicode.org/reports/tr36/ and https://trojansource.codes
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]|(?![\u200c\u200d])\p{Cf}/u;

/** Whether a text can be shown to a patient as the reason of a request: one plain line in normal form, not empty. */
export function isReason(text: string): boolean {
  if (text.length > 2 * LONGEST || [...text].length > LONGEST) return false;
  return text !== "" && text === text.trim() && text === text.normalize("NFC") && !UNSEEN.test(text);
}

/** What {@link isReason} asks for, for a message. */
export const REASON = `one line of 1 to ${LONGEST} characters, without controls and marks that can't be seen`;

/** A text in normal form, without space around it, that can be shown so; throws {@link InvalidParameterError}. */
export function toReason(value: unknown, parameter: string): string {
  const reason = typeof value === "string" ? value.normalize("NFC").trim() : "";
  if (isReason(reason)) return reason;
  throw new InvalidParameterError(parameter, REASON);
}
