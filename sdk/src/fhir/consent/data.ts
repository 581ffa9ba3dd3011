import { allCategories, isSensitivity } from "../../codes/categories.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { codingAt, codingsAt, listAt, objectAt } from "../elements.js";
import { type Names, referenceAt } from "../references.js";
import { CATEGORY_SYSTEM, keyOf, labelList, NO_KIND, sensitivityOf } from "./labels.js";
import { mediaType } from "./media.js";
import type { Reader } from "./reader.js";
import type { AnyOf, ClassList, DataReference, Effect, LabelList, ReviewIssue } from "./types.js";

const TYPES = ["http://hl7.org/fhir/resource-types", "http://hl7.org/fhir/fhir-types"];
const ABSTRACT_TYPES = ["Resource", "DomainResource", "CanonicalResource", "MetadataResource"];
const TYPE = /^[A-Z][A-Za-z]+$/;
const MEDIA = "urn:ietf:bcp:13";

/** The kinds of data, and what a grant of none of them is written with. */
const KINDS: ReadonlySet<string> = /* @__PURE__ */ new Set<string>([
  ...allCategories().filter((name) => !isSensitivity(name)),
  NO_KIND,
]);

/** `class` of R4 and `resourceType` of R5: types of resources and documents. */
export function classesAt(value: unknown, path: string, reader: Reader): AnyOf<ClassList> | undefined {
  const list = listAt(value, path);
  if (list === undefined) return undefined;
  const sets = { types: new Set<string>(), kinds: new Set<string>(), media: new Set<string>() };
  const unclear: ReviewIssue[] = [];
  for (const [i, item] of list.entries()) {
    const { system, code } = codingAt(item, `${path}[${i}]`);
    if (TYPES.includes(system) && !ABSTRACT_TYPES.includes(code) && TYPE.test(code)) sets.types.add(code);
    else if (system === CATEGORY_SYSTEM && KINDS.has(code)) sets.kinds.add(code);
    else if (system === MEDIA && code !== "") sets.media.add(mediaType(code));
    else unclear.push(reader.issue(`${path}[${i}]`, "No rule is known for data of this class."));
  }
  return { known: sets, unclear };
}

/** `code`: what the data are about. */
export function codesAt(value: unknown, path: string, reader: Reader): AnyOf<ReadonlySet<string>> | undefined {
  const list = listAt(value, path);
  if (list === undefined) return undefined;
  const known = new Set<string>();
  const unclear: ReviewIssue[] = [];
  for (const [i, item] of list.entries()) {
    const codings = codingsAt(item, `${path}[${i}]`).filter(({ code }) => code !== "");
    for (const coding of codings) known.add(keyOf(coding));
    if (codings.length === 0) unclear.push(reader.issue(`${path}[${i}]`, "The code is in words only."));
  }
  return { known, unclear };
}

/** `securityLabel`. */
export function labelsAt(
  value: unknown,
  path: string,
  effect: Effect,
  reader: Reader,
): { labels: LabelList | undefined; unclear: ReviewIssue[] } {
  const list = listAt(value, path);
  if (list === undefined) return { labels: undefined, unclear: [] };
  const codings = list.map((item, i) => codingAt(item, `${path}[${i}]`));
  const unclear = codings.flatMap(({ system, code }, i) => {
    // Codes that begin with an underscore stand for whole branches of HL7's tables.
    const isClear = system !== "" && code !== "" && !code.startsWith("_");
    const isOwn = system === CATEGORY_SYSTEM;
    return isClear && (!isOwn || sensitivityOf({ system, code }) !== undefined)
      ? []
      : [reader.issue(`${path}[${i}]`, "The label can't be told.")];
  });
  return { labels: labelList(codings, effect), unclear };
}

const MEANINGS = ["instance", "related", "dependents", "authoredby"] as const;

/** `data`: particular resources, or those of an author. */
export function referencesAt(
  value: unknown,
  path: string,
  reader: Reader,
): { references: DataReference[] | undefined; unclear: ReviewIssue[] } {
  const list = listAt(value, path);
  if (list === undefined) return { references: undefined, unclear: [] };
  const [references, unclear]: [DataReference[], ReviewIssue[]] = [[], []];
  for (const [i, item] of list.entries()) {
    const at = `${path}[${i}]`;
    const element = objectAt(item, at);
    unclear.push(...reader.extensionsOf(element, at, ["meaning", "reference"]));
    const meaning = MEANINGS.find((each) => each === element["meaning"]);
    if (meaning === undefined) throw new MalformedResourceError(`${at}.meaning`, `one of ${MEANINGS.join(", ")}`);
    const names: Names = referenceAt(element["reference"] ?? null, `${at}.reference`);
    if (names.length > 0) references.push({ meaning, names });
    else
      unclear.push(reader.issue(`${at}.reference`, "The data can't be told: there is no reference that names them."));
  }
  return { references, unclear };
}
