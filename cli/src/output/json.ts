/** As in {@link clean}, but for the line breaks that indent. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** JSON with bigints as decimal strings and dates in ISO; safe to show in a terminal, and the same to whoever parses it. */
export function toJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? each.toString() : each), indent);
  return text.replaceAll(UNSAFE, escape);
}

/** Prints the one document of a command. */
export function printDocument(value: unknown): void {
  process.stdout.write(`${toJson(value, 2)}\n`);
}

/** Prints one line of many. */
export function printLine(value: unknown, stream: NodeJS.WriteStream = process.stdout): void {
  stream.write(`${toJson(value)}\n`);
}

function escape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
