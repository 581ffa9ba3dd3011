import { readFileSync } from "node:fs";

interface Row {
  name: string;
  bit: number;
}

const codes = JSON.parse(readFileSync(new URL("../../../codes.json", import.meta.url), "utf8")) as Record<
  string,
  Row[]
>;

function bitsOf(table: string): Map<string, number> {
  return new Map(codes[table]!.map(({ name, bit }) => [name, bit]));
}

/** Which bit a name is, from the source. */
export const BITS = { categories: bitsOf("categories"), purposes: bitsOf("purposes"), actions: bitsOf("actions") };
