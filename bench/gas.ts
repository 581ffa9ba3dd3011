/**
 * Measures what each operation costs, ours next to peers' on one chain, and prints the ratios.
 *
 *     npm run bench:gas                    prints the table
 *     npm run bench:gas -- --json FILE     writes {"<operation>": {"gas": n, "bar": n, "floor": n, "peers": {"<name>": n}}} too
 *     npm run bench:gas -- --update        writes bench/gas/snapshot.json and the table of docs/gas.md
 *     npm run gas:check                    fails if they are not what would be written
 *
 * It always fails if a figure is over its bar.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measure, overBar } from "./gas/report.js";
import { pageWith, textOf } from "./gas/table.js";

const SNAPSHOT = new URL("gas/snapshot.json", import.meta.url);
const PAGE = new URL("../docs/gas.md", import.meta.url);

const { values } = parseArgs({
  options: { json: { type: "string" }, check: { type: "boolean" }, update: { type: "boolean" } },
});

const report = await measure();
const snapshot = `${JSON.stringify(report, null, 2)}\n`;
const oldPage = readFileSync(PAGE, "utf8");
const page = await pageWith(report, oldPage);

console.log(textOf(report));
if (values.json !== undefined) writeFileSync(values.json, snapshot);
if (values.update) {
  writeFileSync(SNAPSHOT, snapshot);
  writeFileSync(PAGE, page);
}
if (values.check && (snapshot !== readFileSync(SNAPSHOT, "utf8") || page !== oldPage)) {
  fail(
    "The figures differ from bench/gas/snapshot.json or docs/gas.md: run `npm run bench:gas -- --update`, commit both.",
  );
}
const over = overBar(report);
if (over.length > 0) fail(`Over the bar: ${over.join(", ")}.`);

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
