/**
 * Measures the SDK against its bars, side by side with what it stands on.
 *
 *     npm run bench:sdk                    prints the table
 *     npm run bench:sdk -- --json FILE     writes {"<measure>": {"value": n, "bar": n, "unit": s}} too
 *     npm run bench:sdk -- --only NAME     measures that alone
 *
 * It fails if a figure misses its bar.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MEASURES, measure, type Measure } from "./sdk/measures.js";
import { figuresOf, isMissed, textOf } from "./sdk/report.js";

const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string" } } });
const names = Object.keys(MEASURES) as Measure[];
const chosen = names.filter((name) => values.only === undefined || name === values.only);
if (chosen.length === 0) throw new RangeError(`There is no measure ${values.only}: ${names.join(", ")}.`);

const report = await measure(chosen);
console.log(textOf(report));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figuresOf(report), null, 2)}\n`);
const missed = Object.entries(report).flatMap(([name, row]) => (isMissed(row) ? [name] : []));
if (missed.length > 0) {
  console.error(`Bars missed: ${missed.join(", ")}.`);
  process.exitCode = 1;
}
