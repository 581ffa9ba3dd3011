import type { Mentions } from "./mentions.js";
import type { NameBook } from "./names.js";
import type { Slot } from "./types.js";

/**
 * What was included in a search only because of what is withheld: it would tell that there was something.
 *
 * What stays is what a released match refers to, and what that refers to; and what refers to a released match.
 */
export function orphansOf(slots: readonly Slot[], mentions: Mentions, book: NameBook): Slot[] {
  const reached = new Set(slots.filter((slot) => slot.released !== undefined && !slot.isIncluded));
  for (const match of [...reached]) {
    for (const slot of match.names.flatMap((name) => mentions.naming(name))) {
      if (slot.released !== undefined) reached.add(slot);
    }
  }
  const seen = new Set<string>();
  // What is added meanwhile is visited, too.
  for (const slot of reached) {
    for (const name of mentions.namedBy(slot)) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const other of book.holdersOf(name)) if (other.released !== undefined) reached.add(other);
    }
  }
  return slots.filter((slot) => slot.released !== undefined && !reached.has(slot));
}
