/**
 * Controls, formats that turn or hide text, separators of lines, halves of characters: what others wrote on the chain must
 * not steer a terminal, nor look like something else.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A text of which nothing but visible characters and spaces is left; the others are written as \u{1b}. */
export function clean(text: string): string {
  return text.replaceAll(UNSAFE, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}
