import { walk } from "../evaluation/walk.js";
import type { Json } from "../elements.js";
import { type NameBook, spellings } from "./names.js";
import { normal } from "../references.js";
import type { Slot } from "./types.js";

const URI_SYSTEM = "urn:ietf:rfc:3986";

/** Which resource calls which other by its name. */
export class Mentions {
  readonly #book: NameBook;
  readonly #named = new Map<Slot, ReadonlySet<string>>();
  readonly #naming = new Map<string, Slot[]>();

  constructor(book: NameBook) {
    this.#book = book;
  }

  add(slot: Slot): void {
    const names = this.#namesIn(slot);
    this.#named.set(slot, names);
    for (const name of names) {
      const slots = this.#naming.get(name);
      if (slots === undefined) this.#naming.set(name, [slot]);
      else slots.push(slot);
    }
  }

  /** The names that a resource calls others by. */
  namedBy(slot: Slot): ReadonlySet<string> {
    return this.#named.get(slot) ?? new Set();
  }

  /** The resources that call something by a name. */
  naming(name: string): readonly Slot[] {
    return this.#naming.get(name) ?? [];
  }

  #namesIn({ resource, path, names: own }: Slot): Set<string> {
    const found = new Set<string>();
    const note = (text: string) => {
      for (const name of this.#book.namesIn(text)) if (!own.includes(name)) found.add(name);
    };
    walk(resource, path, (element) => {
      for (const value of Object.values(element)) {
        if (typeof value === "string") note(value);
        else if (Array.isArray(value)) for (const each of value) if (typeof each === "string") note(each);
      }
      for (const name of identifierNames(element)) note(name);
    });
    return found;
  }
}

function identifierNames({ system, value }: Json): string[] {
  if (typeof value !== "string") return [];
  return system === URI_SYSTEM ? spellings(normal(value)) : [`${typeof system === "string" ? system : ""}|${value}`];
}
