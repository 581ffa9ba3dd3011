/**
 * Reckons what chains can carry, by playing a busy day of each block by block with the gas that was measured.
 *
 *     npm run simulate:scale                                       prints the table of docs/scaling.md
 *     npm run simulate:scale -- --people 12000000                  for so many people
 *     npm run simulate:scale -- --block-gas 60000000 --block-time 1
 *     npm run simulate:scale -- --update                           writes the table into docs/scaling.md
 *     npm run simulate:scale -- --check                            fails if it is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { aligned } from "./aligned.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import type { Chain } from "./scale/busyDay.js";
import { capacity, person, PLACES, planOf, rowsOf, WAYS } from "./scale/table.js";

const PAGE = join(ROOT, "docs", "scaling.md");
const TABLE = /(?<=<!-- table[^>]*-->)[\s\S]*(?=<!-- end of the table -->)/;

const OPTIONS = {
  people: { type: "string" },
  "block-gas": { type: "string", default: "30000000" },
  "block-time": { type: "string", default: "2" },
  seed: { type: "string", default: "1" },
  update: { type: "boolean", default: false },
  check: { type: "boolean", default: false },
} as const;

await runCommand(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  const chain: Chain = {
    blockGas: positive("block-gas", values["block-gas"]),
    blockTime: positive("block-time", values["block-time"]),
  };
  const seed = positive("seed", values.seed);
  const { people } = values;
  const places = people === undefined ? PLACES : { [`${people} people`]: positive("people", people) };
  const rows = rowsOf(
    Object.entries(places).flatMap(([place, count]) => WAYS.map((way) => planOf(place, count, way, chain, seed))),
  );
  const carried = WAYS.map((way) => `${(capacity(way, chain, seed) / 1e6).toFixed(1)} million people (${way})`);
  const summary = [
    `A person and year: ${person()}.`,
    `One chain, half full in its busiest hour: ${carried.join(", ")}.`,
  ];
  console.log([aligned(rows), ...summary].join("\n"));
  if (!values.update && !values.check) return;
  const old = readFileSync(PAGE, "utf8");
  const page = await format(old.replace(TABLE, `\n\n${markdown(rows)}\n\n${summary.join(" ")}\n\n`), {
    parser: "markdown",
    printWidth: 120,
  });
  if (values.update) writeFileSync(PAGE, page);
  else if (page !== old)
    throw new OperatorError("docs/scaling.md is not up to date: run `npm run docs` and commit it.");
});

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new OperatorError(`--${name} is a number above 0, not ${value}.`);
  return number;
}

function markdown(rows: readonly string[][]): string {
  const [heads = [], ...others] = rows.map((row) => `| ${row.join(" | ")} |`);
  return [heads, `|${" --- |".repeat(rows[0]?.length ?? 0)}`, ...others].join("\n");
}
