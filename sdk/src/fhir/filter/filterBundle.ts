import type { Bundle } from "fhir/r4.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { buildBundle } from "./buildBundle.js";
import { Cleaner } from "./clean.js";
import { NameBook } from "./names.js";
import { type Permitted, toJudge } from "./permitted.js";
import { readBundle } from "./readBundle.js";
import { release } from "./release.js";
import { type Slot, SPEAK_OF_OTHERS } from "./types.js";
import { areLookedAt, isPlainWhole } from "./whole.js";

/** What of a Bundle goes out. */
export interface FilteredBundle {
  /** A new Bundle; of a document or another whole of which all is permitted, itself. */
  bundle: Bundle;
  /** The resources that stay here, as they stand in the Bundle. */
  withheld: object[];
}

/**
 * What may be released of a Bundle (FHIR R4 or R5). What is withheld leaves no trace: not in totals, links, references and their
 * words, narratives, nor in what was included because of it.
 *
 * - `searchset`, `history`, `collection` and the responses to a batch or transaction keep their type. An answer that is withheld
 *   is a 404, as if there were nothing.
 * - `document`, `message`, `transaction` and `batch` go out unchanged if all in them is permitted, or else as a `collection`,
 *   without Composition, MessageHeader and signature.
 * - A resource that can't be without its reference to what is withheld is withheld as well. References to a withheld Patient
 *   keep where they point.
 *
 * @param bundle parsed JSON; it is not changed
 * @param permitted categories, terms of a grant, an entry of the audit log, or what `narrow` or `evaluate` answered
 * @throws MalformedResourceError with the path of the element that is wrong; nothing is released then
 * @throws InvalidParameterError, UnknownCodeError about `permitted`
 * @example
 * import { filterBundle } from "@consentry/sdk/fhir";
 *
 * const { bundle, withheld } = filterBundle(searchset, { categories: ["LABS", "VITALS"] });
 * console.log(bundle.total, withheld.length); // 7 3
 */
export function filterBundle(bundle: object, permitted: Permitted): FilteredBundle {
  const judge = toJudge(permitted);
  const { shell, slots } = readBundle(bundle);
  const allowed = slots.filter((slot) => located(slot, () => judge(slot.resource, slot.inherited)));
  const book = new NameBook();
  for (const slot of slots) book.add(slot);
  const isPermitted = isPlainWhole(shell.bundle, "Bundle") && allowed.length === slots.length;
  if (isPermitted && areLookedAt(slots, new Cleaner(book))) return { bundle: bundle as Bundle, withheld: [] };

  const open = new Set(allowed.filter(maySpeak));
  for (const slot of slots) if (!open.has(slot)) book.withhold(slot);
  release([...open], book);
  const withheld = slots.filter(({ released }) => released === undefined).map(({ resource }) => resource);
  return { bundle: buildBundle(shell, book), withheld };
}

/** What is wrong with a resource is told by where it stands in the Bundle. */
function located<Result>({ type, path }: Slot, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedResourceError) || !error.path.startsWith(`${type}.`)) throw error;
    throw new MalformedResourceError(`${path}${error.path.slice(type.length)}`, error.expected);
  }
}

/** Whether a resource may go out by itself: of a Bundle all that is in it is looked at, or it stays here. */
function maySpeak({ type, resource, path }: Slot): boolean {
  return !SPEAK_OF_OTHERS.includes(type) && (type !== "Bundle" || isPlainWhole(resource, path));
}

/**
 * The resources of a Bundle, one by one, as `narrow` and `evaluate` want them for {@link filterBundle}; those of lists within
 * it, too.
 *
 * @throws MalformedResourceError
 * @example
 * import { filterBundle, resourcesIn } from "@consentry/sdk/fhir";
 *
 * const { bundle } = filterBundle(searchset, await decision.narrow(resourcesIn(searchset)));
 */
export function resourcesIn(bundle: object): object[] {
  return readBundle(bundle).slots.map(({ resource }) => resource);
}
