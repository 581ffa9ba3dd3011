import { stripVTControlCharacters } from "node:util";
import { getBorderCharacters, table } from "table";
import { clean } from "./clean.js";
import { type Color, paint } from "./paint.js";

/** A text that is to be shown in colour. */
export interface Painted {
  color: Color;
  text: string;
}

/** What stands in a cell: one line, or several. Whatever it is, it is cleaned before it is shown. */
export type Cell = string | Painted | readonly string[];

const LABEL: Color = "bold";
/** Lines of a cell are wrapped beyond that; a transaction's hash fits. */
const WIDEST = 66;

/** Names and values, one below the other; what is undefined is left out. */
export function details(
  rows: readonly (readonly [name: string, value: Cell | undefined])[],
  stream: NodeJS.WriteStream = process.stdout,
): string {
  const shown = rows.flatMap(([name, value]) => (value === undefined ? [] : [[{ color: LABEL, text: name }, value]]));
  return draw(shown, "void", stream);
}

/** A table with a head; without rows the sentence that says so. */
export function listing(head: readonly string[], rows: readonly (readonly Cell[])[], none: string): string {
  if (rows.length === 0) return `${none}\n`;
  return draw([head.map((text) => ({ color: LABEL, text })), ...rows], "norc", process.stdout);
}

function draw(rows: readonly (readonly Cell[])[], border: "void" | "norc", stream: NodeJS.WriteStream): string {
  const isLine = (index: number, count: number) => border === "norc" && [0, 1, count].includes(index);
  const padding = border === "void" ? { paddingLeft: 0, paddingRight: 2 } : {};
  const cells = rows.map((row) => row.map((cell) => textOf(cell, stream)));
  const columns = Object.fromEntries(wideColumns(cells).map((column) => [column, { width: WIDEST }]));
  const options = { border: getBorderCharacters(border), drawHorizontalLine: isLine, columns };
  return table(cells, { ...options, columnDefault: { wrapWord: true, ...padding } }).replaceAll(/ +$/gm, "");
}

function textOf(cell: Cell, stream: NodeJS.WriteStream): string {
  if (typeof cell === "string") return clean(cell);
  if ("color" in cell) return paint(cell.color, clean(cell.text), stream);
  return cell.map(clean).join("\n");
}

/** The columns with a line that is longer than is good to read. */
function wideColumns(cells: readonly (readonly string[])[]): number[] {
  const columns = [...(cells[0] ?? []).keys()];
  const isWide = (cell: string) => cell.split("\n").some((line) => stripVTControlCharacters(line).length > WIDEST);
  return columns.filter((column) => cells.some((row) => isWide(row[column] ?? "")));
}
