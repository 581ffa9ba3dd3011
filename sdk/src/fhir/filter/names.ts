import { unitsOf } from "../evaluation/units.js";
import { arrayAt, type Json, objectAt } from "../elements.js";
import { isContainer } from "../labelsOf.js";
import { normal, ownNames, referenceAt } from "../references.js";
import type { Slot } from "./types.js";

const LOCAL = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]*)?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is known of a thing by its name: it goes out; it is withheld; it is a Patient that is withheld; it is not here. */
export type State = "released" | "withheld" | "patient" | "elsewhere";

interface Holders {
  readonly slots: Slot[];
  released: number;
  others: number;
}

/** The names of everything in a Bundle, and which of them are of what is withheld and of nothing else. */
export class NameBook {
  readonly #holders = new Map<string, Holders>();
  #longest = 0;

  /** Enters a resource as one that goes out. */
  add(slot: Slot): void {
    for (const name of slot.names) {
      const holders = this.#holders.get(name) ?? { slots: [], released: 0, others: 0 };
      this.#holders.set(name, holders);
      holders.slots.push(slot);
      holders.released++;
      if (slot.type !== "Patient") holders.others++;
      this.#longest = Math.max(this.#longest, name.length);
    }
  }

  withhold(slot: Slot): void {
    for (const name of slot.names) {
      const holders = this.#holders.get(name);
      if (holders !== undefined) holders.released--;
    }
  }

  /** The resources of a name. */
  holdersOf(name: string): readonly Slot[] {
    return this.#holders.get(name)?.slots ?? [];
  }

  /** What of the names of one thing is known; the worst of them counts. */
  stateOf(names: readonly string[]): State {
    const states = names.map((name) => this.#stateOf(name));
    return WORST_FIRST.find((state) => states.includes(state)) ?? "elsewhere";
  }

  /** The names in the book by which a text calls something. */
  namesIn(text: string): string[] {
    // What is as long as no name with a server's address before it can be none.
    if (text.length > this.#longest + 2_048) return [];
    return spellings(text).filter((name) => this.#holders.has(name));
  }

  #stateOf(name: string): State {
    const holders = this.#holders.get(name);
    if (holders === undefined) return "elsewhere";
    if (holders.released > 0) return "released";
    return holders.others === 0 ? "patient" : "withheld";
  }
}

const WORST_FIRST = ["withheld", "patient", "released"] as const;

/** The names under which the book may know what a text calls something. */
export function spellings(text: string): string[] {
  const name = normal(text);
  const local = LOCAL.exec(name)?.[1];
  return local === undefined || local === name ? [name] : [name, local];
}

/** All names of a resource in a Bundle, and of those that go out with it. */
export function namesOf(resource: Json, type: string, path: string, fullUrl: string): string[] {
  const inner = isContainer(type) ? unitsOf(resource) : [];
  const urls = type === "Bundle" ? fullUrlsIn(resource, path) : [];
  const names = inner.flatMap((unit) => [...ownNames(unit.resource, unit.type, unit.path), ...uuidOf(unit.resource)]);
  const own = [...ownNames(resource, type, path), ...uuidOf(resource)];
  return [...new Set([...[fullUrl, ...urls].filter(Boolean).flatMap(spellings), ...own, ...names])];
}

/** An id that is the same nowhere else in the world. */
function uuidOf({ id }: Json): string[] {
  return typeof id === "string" && UUID.test(id) ? [id] : [];
}

function fullUrlsIn({ entry }: Json, path: string): string[] {
  return arrayAt(entry, `${path}.entry`).flatMap((each, i) => {
    const { fullUrl } = objectAt(each, `${path}.entry[${i}]`);
    return typeof fullUrl === "string" ? [fullUrl] : [];
  });
}

/** The names in a Reference. */
export function namesIn(reference: Json, path: string): string[] {
  return referenceAt(reference, path).flatMap(spellings);
}
