import type { Coding } from "../../codes/types.js";
import type { Json } from "../elements.js";

/** A resource of a Bundle. */
export interface Slot {
  readonly resource: Json;
  readonly type: string;
  readonly path: string;
  readonly names: readonly string[];
  /** The labels of the Bundles that it is in. */
  readonly inherited: readonly Coding[];
  /** Whether it is there only because of another that was found. */
  readonly isIncluded: boolean;
  /** What goes out of it; undefined: nothing. */
  released: Json | undefined;
}

/** A Bundle whose entries are judged one by one. */
export interface Shell {
  readonly bundle: Json;
  readonly type: BundleType;
  readonly entries: readonly ShellEntry[];
}

/** An entry, and what is in it; nothing if it has no resource. */
export interface ShellEntry {
  readonly entry: Json;
  readonly slot?: Slot;
  readonly shell?: Shell;
}

/** What goes out as the same kind of list without some of its entries. */
export const LISTS = ["searchset", "history", "collection", "batch-response", "transaction-response"] as const;
/** What goes out as a whole, or else as a collection of what may go out of it. */
export const WHOLES = ["document", "message", "transaction", "batch", "subscription-notification"] as const;

export type BundleType = (typeof LISTS)[number] | (typeof WHOLES)[number];

export function isList(type: unknown): type is (typeof LISTS)[number] {
  return (LISTS as readonly unknown[]).includes(type);
}

export function isWhole(type: unknown): type is (typeof WHOLES)[number] {
  return (WHOLES as readonly unknown[]).includes(type);
}

/** What speaks of all the rest: it goes out with the whole only, or not at all. */
export const SPEAK_OF_OTHERS: readonly string[] = ["Composition", "MessageHeader", "OperationOutcome"];
