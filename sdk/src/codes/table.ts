import { type CodeTableName, UnknownBitsError, UnknownCodeError } from "../errors/codes.js";
import { bareSystems } from "./codes.generated.js";
import { near } from "./near.js";
import type { CodeInfo, CodeInput, Coding } from "./types.js";

const SHOWN_LENGTH = 80;

/** Names, HL7 codes and bits of one kind of code, each found from the others. */
export class CodeTable<Name extends string, Info extends CodeInfo<Name> = CodeInfo<Name>> {
  /** Every row, in the order of the bits. */
  readonly rows: readonly Info[];
  /** Every defined bit. */
  readonly mask: bigint;
  readonly #table: CodeTableName;
  readonly #byWord = new Map<string, Info>();
  readonly #byCoding = new Map<string, Info>();

  constructor(table: CodeTableName, rows: readonly Info[]) {
    this.#table = table;
    this.rows = rows;
    this.mask = rows.reduce((mask, row) => mask | bitOf(row), 0n);
    for (const row of rows) this.#add(row);
  }

  #add(row: Info): void {
    this.#byWord.set(row.name, row);
    for (const coding of row.codings) {
      this.#byCoding.set(keyOf(coding), row);
      if ((bareSystems as readonly string[]).includes(coding.system)) this.#byWord.set(coding.code, row);
    }
  }

  /** The row of an input, undefined if there is none. */
  find(input: CodeInput<Name>): Info | undefined {
    if (typeof input === "string") return this.#byWord.get(input);
    return isCoding(input) ? this.#byCoding.get(keyOf(input)) : undefined;
  }

  /** The row of an input; throws {@link UnknownCodeError}. */
  get(input: CodeInput<Name>): Info {
    const row = this.find(input);
    if (row === undefined) throw this.#unknown(input);
    return row;
  }

  /** The bitmask of the inputs; throws {@link UnknownCodeError}. */
  toBits(inputs: readonly CodeInput<Name>[]): bigint {
    return inputs.reduce((bits, input) => bits | bitOf(this.get(input)), 0n);
  }

  /** The names in a bitmask, in the order of the bits; throws {@link UnknownBitsError}. */
  fromBits(bits: bigint): Name[] {
    const undefinedBits = bits < 0n ? bits : bits & ~this.mask;
    if (undefinedBits !== 0n) throw new UnknownBitsError(this.#table, undefinedBits);
    return this.rows.filter((row) => (bits & bitOf(row)) !== 0n).map(({ name }) => name);
  }

  #unknown(input: unknown): UnknownCodeError {
    const [system, word] = partsOf(input);
    const names = this.rows.map(({ name }) => name);
    const shown = system === undefined ? word : `${system}|${word}`;
    return new UnknownCodeError(this.#table, shorten(shown), near(word, names));
  }
}

function bitOf({ bit }: { readonly bit: number }): bigint {
  return 1n << BigInt(bit);
}

function keyOf({ system, code }: Coding): string {
  return `${system}|${code}`;
}

/** Whether an input is a code with its system. */
export function isCoding(input: unknown): input is Coding {
  if (typeof input !== "object" || input === null) return false;
  const { system, code } = input as Partial<Coding>;
  return typeof system === "string" && typeof code === "string";
}

/** System and code of an input of any type, as words for a message. */
function partsOf(input: unknown): [system: string | undefined, word: string] {
  if (typeof input === "string") return [undefined, input];
  if (typeof input !== "object" || input === null) return [undefined, `(${input === null ? "null" : typeof input})`];
  const { system, code } = input as Partial<Record<keyof Coding, unknown>>;
  return [typeof system === "string" ? system : "", typeof code === "string" ? code : ""];
}

function shorten(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}
