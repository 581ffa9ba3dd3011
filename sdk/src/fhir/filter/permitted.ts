import { categoriesToBits } from "../../codes/categories.js";
import type { Category, CodeInput, Coding } from "../../codes/types.js";
import { InvalidParameterError } from "../../errors/input.js";
import { noNearMiss } from "../../values/keys.js";
import type { Json } from "../elements.js";
import { handlingIn, handlingOf } from "../evaluation/obligations.js";
import { labelsOf } from "../labelsOf.js";
import { sensitivitiesIn } from "../sensitivityOf.js";

/**
 * What may be released; a resource goes out if everything that is given lets it. Terms of a grant, an entry of the audit log, and
 * what `narrow` and `evaluate` answer can be passed as they are.
 */
export interface Permitted {
  /** Kinds of data and sensitivities: a resource must carry none but these. */
  readonly categories?: readonly CodeInput<Category>[] | undefined;
  /** The very objects of the Bundle, as `narrow` and `evaluate` give them back of `resourcesIn(bundle)`. */
  readonly released?: readonly object[] | undefined;
  /** Whether a resource may be released; nothing but `true` lets it. */
  readonly permits?: ((resource: object) => boolean) | undefined;
  /** Nothing goes out unless true, if given. */
  readonly permitted?: boolean | undefined;
  /** Of terms: a document narrows them, so that `categories` alone let nothing out. */
  readonly conditional?: boolean | undefined;
}

/** Whether a resource may go out as it is that stands within Bundles with labels of their own. */
export type Judge = (resource: Json, inherited: readonly Coding[]) => boolean;

const KEYS = ["categories", "released", "permits", "permitted", "conditional"] as const satisfies (keyof Permitted)[];

/** Reads what may be released; throws InvalidParameterError, UnknownCodeError. */
export function toJudge(permitted: Permitted): Judge {
  const { categories, released, permits, isOpen } = read(permitted);
  const covered = categories === undefined ? undefined : categoriesToBits(categories);
  const given = released === undefined ? undefined : new Set<object>(released);
  return (resource, inherited) => {
    if (!isOpen || (given !== undefined && !given.has(resource))) return false;
    if (handlingIn(inherited).length > 0 || handlingOf(resource).length > 0) return false;
    const outer = categoriesToBits(sensitivitiesIn(inherited));
    if (covered === undefined ? outer !== 0n : ((labelsOf(resource).bits | outer) & ~covered) !== 0n) return false;
    return permits === undefined || (permits(resource) as unknown) === true;
  };
}

/** What may be released, checked. */
export function read(input: Permitted): Omit<Permitted, "permitted" | "conditional"> & { readonly isOpen: boolean } {
  if (typeof (input as unknown) !== "object" || (input as unknown) === null) throw missing("permitted");
  noNearMiss(input, KEYS);
  const { categories, released, permits, permitted, conditional } = input;
  if (categories === undefined && released === undefined && permits === undefined) throw missing("permitted");
  if (categories !== undefined && !Array.isArray(categories)) throw new InvalidParameterError("categories", "a list");
  if (released !== undefined && !Array.isArray(released)) throw new InvalidParameterError("released", "a list");
  if (permits !== undefined && typeof permits !== "function") throw new InvalidParameterError("permits", "a function");
  const isNarrowed = released !== undefined || permits !== undefined;
  if (conditional !== undefined && (conditional as unknown) !== false && !isNarrowed) {
    throw new InvalidParameterError("released", "given", "A document narrows these terms: pass what `narrow` answers.");
  }
  return { categories, released, permits, isOpen: permitted === undefined || (permitted as unknown) === true };
}

function missing(parameter: string): InvalidParameterError {
  return new InvalidParameterError(parameter, "an object with `categories`, `released` or `permits`");
}
