import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { BARS, type Operation } from "./gas/bars.js";
import { measure } from "./gas/operations.js";

/** `{"<operation>": {"gas": n, "bar": n}}`, gas of the whole transaction, or of the execution alone for `decide*`. */
type Report = Record<string, { gas: number; bar: number }>;

const SNAPSHOT = new URL("gas/snapshot.json", import.meta.url);

const { values } = parseArgs({
  options: { json: { type: "string" }, check: { type: "boolean" }, update: { type: "boolean" } },
});

const figures = await measure();
const report: Report = {};
for (const operation of Object.keys(BARS) as Operation[]) {
  report[operation] = { gas: figures[operation], bar: BARS[operation] };
}
const text = `${JSON.stringify(report, null, 2)}\n`;

print(report);
if (values.json !== undefined) writeFileSync(values.json, text);
if (values.update) writeFileSync(SNAPSHOT, text);
if (values.check && text !== readFileSync(SNAPSHOT, "utf8")) {
  console.error("The figures differ from bench/gas/snapshot.json: run `npm run bench:gas -- --update` and commit it.");
  process.exitCode = 1;
}
if (Object.values(report).some(({ gas, bar }) => gas > bar)) {
  console.error("A figure is over its bar.");
  process.exitCode = 1;
}

function print(rows: Report): void {
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([operation, { gas, bar }]) => [
        operation,
        { gas, bar, "of the bar": `${((100 * gas) / bar).toFixed(1)} %` },
      ]),
    ),
  );
}
