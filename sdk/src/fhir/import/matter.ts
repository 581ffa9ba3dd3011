import type { Category } from "../../codes/types.js";
import { kindsOf, typesOf } from "../../smart/kinds.js";
import { sensitivityBit } from "../consent/labels.js";
import type { ClassList, DataReference, Effect, LabelList } from "../consent/types.js";
import { MAYBE, type Match, NO, YES } from "../evaluation/match.js";
import type { Matter } from "../evaluation/weigh.js";

/** Which data are meant: all of a kind, within what a grant would have. */
export interface DataOfKind {
  kind: Category;
  /** Sensitivities that they may have, as bits. */
  may: number;
  /** Sensitivities that they all have, as bits. */
  must: number;
  /** The one record that they are; undefined: none that a document names. */
  record: string | undefined;
}

const OTHER = /* @__PURE__ */ sensitivityBit("OTHER_SENSITIVE");

/** All data of a kind, as rules ask about it. Of what a grant can't say nothing is known. */
export function matterOf(data: DataOfKind, records: ReadonlyMap<DataReference, string>): Matter {
  return {
    authors: () => MAYBE,
    codes: () => MAYBE,
    time: () => MAYBE,
    labels: (list, effect) => matchLabels(list, effect, data),
    classes: (list) => matchClasses(list, data.kind),
    references: (references) => strongest(references.map((each) => matchReference(each, records.get(each), data))),
  };
}

function matchLabels(list: LabelList, effect: Effect, { may, must }: DataOfKind): Match {
  if (effect === "permit") return MAYBE;
  if ((list.bits & must) !== 0) return YES;
  const isPossible = (list.bits & may) !== 0 || (list.hasUnknown && ((may | must) & OTHER) !== 0);
  return isPossible || list.hasPlain ? MAYBE : NO;
}

function matchClasses({ types, kinds, media }: ClassList, kind: Category): Match {
  if (kinds.has(kind)) return YES;
  const all = typesOf(kind);
  if (all?.every((type) => types.has(type)) === true) return YES;
  return media.size > 0 || [...types].some((type) => kindsOf(type).includes(kind)) ? MAYBE : NO;
}

/** A record on the chain has a scope of its own, so that data which are none of these are another matter. */
function matchReference(reference: DataReference, id: string | undefined, { record }: DataOfKind): Match {
  if (reference.meaning !== "instance" || id === undefined) return MAYBE;
  return id === record ? YES : NO;
}

function strongest(matches: readonly Match[]): Match {
  return matches.includes(YES) ? YES : matches.includes(MAYBE) ? MAYBE : NO;
}
