import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { figuresOf, isMissed, type Report, textOf } from "./report.js";

/** Measures what `--only` names, or everything; prints it, writes it for `--json`, and fails if a figure misses its bar. */
export async function run<Measure extends string>(
  names: readonly Measure[],
  measure: (chosen: readonly Measure[]) => Promise<Report>,
): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string" } } });
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
}
