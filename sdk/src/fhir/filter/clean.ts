import { MalformedResourceError } from "../../errors/fhir.js";
import { isPlainObject } from "../../values/keys.js";
import { type Json, textAt } from "../elements.js";
import { typeAt } from "../labelsOf.js";
import { namesIn, type NameBook } from "./names.js";
import { isNeeded } from "./needed.js";

const MAX_DEPTH = 100;
/** Elements in all, more than a Bundle of 100 MB has; bounds the work on hostile input. */
const MOST_ELEMENTS = 20_000_000;

const GONE = Symbol("gone");

/** Where resources may stand within another, and are labelled. */
const INNER = [
  "contained",
  "parameter.resource",
  "parameter.part.resource",
  "entry.resource",
  "entry.response.outcome",
];

/** Where an element stands. */
interface Place {
  readonly type: string;
  /** From the resource on, as in `entry.item`; an element within one of the same name is taken for it. */
  readonly path: string;
  readonly depth: number;
}

/**
 * Copies resources without what tells of others: narratives, references to what is withheld, and the words of references to what
 * does not go out with them.
 */
export class Cleaner {
  readonly #book: NameBook;
  #elements = 0;
  #root = "";
  #faults = 0;

  constructor(book: NameBook) {
    this.#book = book;
  }

  /**
   * The copy; undefined if the resource can't go out without what it must not tell.
   *
   * @throws MalformedResourceError
   */
  clean(resource: Json, type: string, path: string): Json | undefined {
    this.#root = path;
    this.#faults = 0;
    const copy = this.#object(resource, { type, path: "", depth: 0 });
    return this.#faults === 0 && copy !== GONE ? (copy as Json) : undefined;
  }

  #value(value: unknown, place: Place): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return this.#array(value, place);
    if (typeof value === "object" && value !== null) return this.#element(value as Json, place);
    if (value === null || typeof value === "number" || typeof value === "boolean") return value;
    throw this.#malformed(place, "JSON");
  }

  /** A text that is the name of what is withheld can't be replaced by anything. */
  #text(text: string): unknown {
    if (this.#book.stateOf(this.#book.namesIn(text)) === "withheld") this.#faults++;
    return text;
  }

  #array(values: readonly unknown[], place: Place): unknown {
    if (values.some(Array.isArray)) throw this.#malformed(place, "an array without arrays in it");
    const kept = values.map((value) => this.#value(value, place)).filter((value) => value !== GONE);
    return kept.length > 0 ? kept : GONE;
  }

  #element(element: Json, place: Place): unknown {
    if (element["resourceType"] === undefined) {
      return isReference(element) ? this.#reference(element, place) : this.#object(element, place);
    }
    // What stands where nobody looks for resources was not labelled.
    if (!INNER.includes(place.path)) this.#faults++;
    const copy = this.#object(element, { type: typeAt(element, this.#at(place)), path: "", depth: place.depth });
    if (copy === GONE) this.#faults++;
    return copy;
  }

  #object(element: Json, place: Place): unknown {
    this.#count(element, place);
    const kept: [string, unknown][] = [];
    for (const [key, value] of Object.entries(element)) {
      if (isNarrative(key, value)) continue;
      const inner = childOf(place, key);
      const copy = this.#value(value, inner);
      if (copy !== GONE) kept.push([key, copy]);
      else if (this.#mustGo(place, inner)) return GONE;
    }
    return kept.length > 0 ? Object.fromEntries(kept) : GONE;
  }

  #reference(reference: Json, place: Place): unknown {
    const text = textAt(reference["reference"], this.#at(place));
    // What a search would find nobody knows.
    if (text.includes("?")) return GONE;
    const names = namesIn(reference, this.#at(place));
    if (names.length === 0) return this.#object(reference, place);
    const state = this.#book.stateOf(names);
    if (state === "withheld" || (state === "patient" && text === "")) return GONE;
    return state === "released" ? this.#object(reference, place) : this.#object(pointerOf(reference, text), place);
  }

  /** Whether an element goes with the part of it that went. */
  #mustGo(place: Place, part: Place): boolean {
    if (place.path.endsWith("odifierExtension")) this.#faults++;
    if (place.path.endsWith("xtension")) return true;
    const needed = isNeeded(part.type, part.path);
    if (needed === undefined) this.#faults++;
    return needed ?? true;
  }

  #count(element: Json, place: Place): void {
    if (!isPlainObject(element)) throw this.#malformed(place, "JSON");
    if (place.depth > MAX_DEPTH) throw this.#malformed(place, `at most ${MAX_DEPTH} elements deep`);
    this.#elements++;
    if (this.#elements > MOST_ELEMENTS) throw this.#malformed(place, `one of at most ${MOST_ELEMENTS} elements`);
  }

  #malformed(place: Place, expected: string): MalformedResourceError {
    return new MalformedResourceError(this.#at(place), expected);
  }

  #at({ path }: Place): string {
    return path === "" ? this.#root : `${this.#root}.${path}`;
  }
}

function childOf({ type, path, depth }: Place, key: string): Place {
  const isSame = path === key || path.endsWith(`.${key}`);
  return { type, path: isSame ? path : path === "" ? key : `${path}.${key}`, depth: depth + 1 };
}

/** Generated texts retell what is elsewhere in structured form, of other resources too. */
function isNarrative(key: string, value: unknown): boolean {
  return key === "text" && typeof value === "object" && value !== null && !Array.isArray(value);
}

const PARTS = ["id", "extension", "type", "identifier", "display", "_type", "_display"];

function isReference(element: Json): boolean {
  const { reference, identifier } = element;
  // Elsewhere it is an element that holds a Reference.
  if (reference !== undefined && typeof reference !== "object") return true;
  if (typeof identifier !== "object" || identifier === null || Array.isArray(identifier)) return false;
  return Object.keys(element).every((key) => PARTS.includes(key));
}

/** Where a Reference points, without its words. */
function pointerOf(reference: Json, text: string): Json {
  const { type, identifier } = reference;
  const target = text === "" ? { identifier } : { reference: text };
  return typeof type === "string" ? { ...target, type } : target;
}
