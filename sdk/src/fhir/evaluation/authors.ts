import type { Json } from "../elements.js";
import { compare, compareParties, type Names, referenceAt } from "../references.js";
import { MAYBE, type Match, NO, YES } from "./match.js";
import { AUTHOR_ELEMENTS } from "./tables.js";
import type { Unit } from "./units.js";

/** Whether a resource was written by one of the parties; nobody can tell if it does not name them in the same way. */
export function matchAuthors(unit: Unit, parties: readonly Names[]): Match {
  const authors = authorsOf(unit);
  let match: Match = authors.length === 0 ? MAYBE : NO;
  for (const party of parties) {
    const samenesses = authors.map((author) => compare(author, party));
    if (samenesses.includes("same")) return YES;
    // A practitioner named as the author may have written for the organization that is meant.
    const isTold = authors.some((author) => compareParties(author, party) === "other");
    if (!isTold || samenesses.includes("unclear")) match = MAYBE;
  }
  return match;
}

function authorsOf({ resource, type, path }: Unit): Names[] {
  return (AUTHOR_ELEMENTS.get(type) ?? []).flatMap((element) => {
    const [outer = "", inner] = element.split(".");
    return listOf(resource[outer]).flatMap((item) => {
      const reference = inner === undefined ? item : (item as Json | undefined)?.[inner];
      if (typeof reference !== "object" || reference === null) return [];
      return [referenceAt(reference, `${path}.${element}`)];
    });
  });
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}
