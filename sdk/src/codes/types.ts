import type { actionRows, categoryRows, purposeRows } from "./codes.generated.js";

/** An HL7 code with its system, as in FHIR's Coding. */
export interface Coding {
  readonly system: string;
  readonly code: string;
}

/** A kind of data ("LABS") or a sensitivity ("PSY"). */
export type Category = (typeof categoryRows)[number]["name"];

/** A purpose of use, named by its HL7 code ("TREAT"). */
export type Purpose = (typeof purposeRows)[number]["name"];

/** A purpose that a family is named after. */
export type PurposeFamily = Exclude<Extract<(typeof purposeRows)[number], { parent: null }>["name"], "BTG">;

/** What may be done with data ("access"). */
export type Action = (typeof actionRows)[number]["name"];

/** A name, an HL7 code, or a code with its system. */
export type CodeInput<Name extends string> = Name | (string & Record<never, never>) | Coding;

/** One row of a table of codes. */
export interface CodeInfo<Name extends string> {
  readonly name: Name;
  /** Position in the bitmask, from 0. */
  readonly bit: number;
  /** One line of plain words for a patient. */
  readonly text: string;
  /** HL7 codings of the same meaning, the preferred one first; none where HL7 has none. */
  readonly codings: readonly Coding[];
}
