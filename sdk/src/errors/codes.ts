import { ConsentryError } from "./base.js";

/** The tables that codes are looked up in. */
export type CodeTableName = "category" | "purpose" | "action";

/** A name, HL7 code or coding that the table does not hold. */
export class UnknownCodeError extends ConsentryError {
  override readonly name = "UnknownCodeError";
  readonly table: CodeTableName;
  /** What the caller wrote, shortened. */
  readonly input: string;
  /** Names that are near, the nearest first. */
  readonly suggestions: readonly string[];

  constructor(table: CodeTableName, input: string, suggestions: readonly string[]) {
    super(`Unknown ${table} ${input}.`, {
      code: "UnknownCode",
      hint: suggestions.length > 0 ? `Did you mean ${suggestions.join(" or ")}?` : undefined,
    });
    this.table = table;
    this.input = input;
    this.suggestions = suggestions;
  }
}

/** A bitmask with bits that the table does not define. */
export class UnknownBitsError extends ConsentryError {
  override readonly name = "UnknownBitsError";
  readonly table: CodeTableName;
  /** The bits that are not defined. */
  readonly bits: bigint;

  constructor(table: CodeTableName, bits: bigint) {
    super(`Undefined ${table} bits ${bits < 0n ? bits : `0x${bits.toString(16)}`}.`, {
      code: "UnknownBits",
      hint: "The deployment may know codes that this version of the package does not: update the package.",
    });
    this.table = table;
    this.bits = bits;
  }
}
