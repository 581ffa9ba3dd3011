import type { Interval } from "../dates.js";
import type { Names } from "../references.js";

/** What a rule says where it applies. */
export type Effect = "permit" | "deny";

/** Something in a Consent that no rule computes: a person must read it. */
export interface ReviewIssue {
  /** The Consent, as in `Consent/example`, or `consents[1]` if it has no id. */
  readonly consent: string;
  /** The element, as in `Consent.provision.provision[2].actor[0].role`. */
  readonly path: string;
  /** One sentence. */
  readonly reason: string;
}

/** A provision that spoke. */
export interface Verdict {
  /** The Consent, as in `Consent/example`, or `consents[1]` if it has no id. */
  readonly consent: string;
  /** The provision, as in `Consent.provision.provision[2]`. */
  readonly path: string;
  readonly effect: Effect;
  /** True where a permit of some data forbids all other. */
  readonly rest: boolean;
}

/** A list of which one must match, and what of it nobody can tell. */
export interface AnyOf<Item> {
  readonly known: Item;
  readonly unclear: readonly ReviewIssue[];
}

/** Purposes as bits, and the codes of those without a bit of their own. */
export interface PurposeList {
  readonly bits: number;
  readonly subCodes: ReadonlySet<string>;
}

/** Parties: those whom one can look up, each with all its names. */
export interface Parties extends AnyOf<readonly Names[]> {
  /** Where they stand. */
  readonly at: Pick<ReviewIssue, "consent" | "path">;
}

/** Whom, when and what for a rule concerns. Absent: any. */
export interface Bounds {
  readonly period?: Interval;
  readonly recipients?: Parties;
  readonly custodians?: Parties;
  readonly purposes?: AnyOf<PurposeList>;
  /** Bits of actions. */
  readonly actions?: AnyOf<number>;
  /** The programme that alone is meant. */
  readonly programme?: string;
}

/** What classes name. */
export interface ClassList {
  readonly types: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
}

/** What labels name. */
export interface LabelList {
  /** As `system|code`. */
  readonly keys: ReadonlySet<string>;
  /** Sensitivities as bits: bit 32 of categories is the lowest. */
  readonly bits: number;
  /** The sensitivities named, without what they cover. */
  readonly named: number;
  /** Whether one says nothing sensitive, as N. */
  readonly hasPlain: boolean;
  /** Whether one is of no table. */
  readonly hasUnknown: boolean;
}

/** One entry of `provision.data`. */
export interface DataReference {
  readonly meaning: "instance" | "related" | "dependents" | "authoredby";
  readonly names: Names;
}

/** Which data a rule concerns. Absent: any. */
export interface DataConditions {
  readonly authors?: Parties;
  readonly labels?: LabelList;
  readonly classes?: AnyOf<ClassList>;
  /** As `system|code`. */
  readonly codes?: AnyOf<ReadonlySet<string>>;
  readonly dataPeriod?: Interval;
  readonly references?: readonly DataReference[];
}

/** A provision, checked. */
export interface Rule {
  readonly path: string;
  readonly effect: Effect;
  readonly bounds: Bounds;
  /** Undefined: all data. */
  readonly data: DataConditions | undefined;
  /** What may change its meaning, and nobody can tell how. */
  readonly unclear: readonly ReviewIssue[];
  readonly children: readonly Rule[];
  readonly says: Verdict;
  readonly forbidsRest: Verdict;
}

/** A Consent, checked. */
export interface ParsedConsent {
  /** As in `Consent/example`, or `consents[1]`. */
  readonly name: string;
  readonly status: "live" | "dead" | "unclear";
  readonly patient: Names | undefined;
  /** When it was said, in milliseconds; undefined if it does not say. */
  readonly saidAt: number | undefined;
  /** Families of purposes that it is about; undefined: all. */
  readonly family: "HRESCH" | "TREAT" | undefined;
  /** Whether it is about data at all. */
  readonly isAboutData: boolean;
  readonly root: Rule | undefined;
  /** Whether it says that another document, not given here, narrows it. */
  readonly isNarrowed: boolean;
  /** The scope on the chain that it was written from; undefined if it was not. */
  readonly scopeHint: string | undefined;
  /** What stands outside its provisions and nobody can tell. */
  readonly unclear: readonly ReviewIssue[];
}
