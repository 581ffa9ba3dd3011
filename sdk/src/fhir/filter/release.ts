import type { Json } from "../elements.js";
import { Cleaner } from "./clean.js";
import { orphansOf } from "./included.js";
import { Mentions } from "./mentions.js";
import type { NameBook } from "./names.js";
import type { Slot } from "./types.js";

/**
 * Sets what goes out of resources that may: what can't go out without telling of what is withheld is withheld as well.
 *
 * @throws MalformedResourceError
 */
export function release(permitted: readonly Slot[], book: NameBook): void {
  const mentions = new Mentions(book);
  for (const slot of permitted) {
    slot.released = slot.resource;
    mentions.add(slot);
  }
  const cleaner = new Cleaner(book);
  const released = (slot: Slot) => outOf(slot, cleaner, mentions, book);
  let fallen = cleanAll(permitted, released);
  for (;;) {
    if (fallen.length === 0) fallen = orphansOf(permitted, mentions, book);
    if (fallen.length === 0) return;
    fallen = cleanAll(withhold(fallen, mentions, book), released);
  }
}

/** Sets anew what goes out of resources, and gives those of which nothing can any more. */
function cleanAll(slots: Iterable<Slot>, released: (slot: Slot) => Json | undefined): Slot[] {
  const fallen: Slot[] = [];
  for (const slot of slots) {
    if (slot.released === undefined) continue;
    slot.released = released(slot);
    if (slot.released === undefined) fallen.push(slot);
  }
  return fallen;
}

/** Of a document within the Bundle nothing is left out: it goes as it is, or stays. */
function outOf(slot: Slot, cleaner: Cleaner, mentions: Mentions, book: NameBook): Json | undefined {
  const copy = cleaner.clean(slot.resource, slot.type, slot.path);
  if (slot.type !== "Bundle" || copy === undefined) return copy;
  const states = [...mentions.namedBy(slot)].map((name) => book.stateOf([name]));
  return states.includes("withheld") || states.includes("patient") ? undefined : slot.resource;
}

/** Withholds resources, and gives those that name them. */
function withhold(slots: readonly Slot[], mentions: Mentions, book: NameBook): Set<Slot> {
  const naming = new Set<Slot>();
  for (const slot of slots) {
    slot.released = undefined;
    book.withhold(slot);
    for (const name of slot.names) for (const other of mentions.naming(name)) naming.add(other);
  }
  return naming;
}
