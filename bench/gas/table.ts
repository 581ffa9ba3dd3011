import { format } from "prettier";
import { OPERATION_NAMES, OPERATIONS } from "./operations.js";
import { PEER_NAMES } from "./peers/index.js";
import type { Report, Row } from "./report.js";

const NOTHING = "";
const TABLE = /(?<=<!-- table[^>]*-->)[\s\S]*(?=<!-- end of the table -->)/;

const HEADS = ["gas", "bar", "of the bar", "floor", ...PEER_NAMES];

/** The table for a terminal. */
export function textOf(report: Report): string {
  const rows = [["operation", ...HEADS], ...OPERATION_NAMES.map((name) => [name, ...cellsOf(report[name])])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const padded = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(padded).join("  ").trimEnd()).join("\n");
}

/** In the order of the heads. */
function cellsOf({ gas, bar, floor, peers }: Row): string[] {
  const share = gas === undefined || bar === undefined ? NOTHING : `${((100 * gas) / bar).toFixed(1)} %`;
  return [amount(gas), amount(bar), share, amount(floor), ...PEER_NAMES.map((name) => beside(peers[name], gas))];
}

/** Theirs, and how many times ours. */
function beside(theirs: number | undefined, ours: number | undefined): string {
  if (theirs === undefined || ours === undefined) return amount(theirs);
  return `${amount(theirs)} (${(theirs / ours).toFixed(2)}×)`;
}

function amount(gas: number | undefined): string {
  return gas === undefined ? NOTHING : gas.toLocaleString("en-US", { maximumFractionDigits: gas < 1_000 ? 1 : 0 });
}

/** The page with the table of this report in the place of its old one. */
export function pageWith(report: Report, page: string): Promise<string> {
  if (!TABLE.test(page)) throw new Error("docs/gas.md has lost the marks of its table.");
  return format(page.replace(TABLE, `\n\n${markdown(report)}\n\n`), { parser: "markdown", printWidth: 120 });
}

function markdown(report: Report): string {
  const rows = OPERATION_NAMES.map((name) => [`\`${name}\`: ${OPERATIONS[name].what}`, ...cellsOf(report[name])]);
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(["operation", ...HEADS]), line(["---", ...HEADS.map(() => "---:")]), ...rows.map(line)].join("\n");
}
