/**
 * Mutation testing: does a test fail when the contracts are wrong?
 *
 *     npm run mutate                                  every mutant; interrupted, it goes on where it stopped
 *     npm run mutate -- --sample 50 [--seed <text>]   some mutants, the same for the same seed
 *     npm run mutate -- --contract Terms              the mutants of one file
 *     npm run mutate -- --only <id>                   one mutant, once more
 *     npm run mutate -- --workers 4                   so many at a time (2)
 *     npm run mutate -- --report                      nothing is tried, the report is written
 *
 * The whole run ends with docs/mutation.md.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { choose } from "./mutation/choice.js";
import { type Entry, Journal } from "./mutation/journal.js";
import { type Mutant, mutantsOf } from "./mutation/mutants.js";
import { tryAll, type Tried } from "./mutation/pool.js";
import { scoreOf, writeReport } from "./mutation/report.js";
import { readSources, solidityFilesIn } from "./solidity/sources.js";
import { isOfCombinations, testsIn } from "./tests.js";

const BAR = 95;

/** Tests that take longer than this with a mutant have found it. */
const LIMIT_MS = 20 * 60_000;

const OPTIONS = {
  contract: { type: "string" },
  only: { type: "string" },
  sample: { type: "string" },
  seed: { type: "string", default: "consentry" },
  workers: { type: "string", default: "2" },
  report: { type: "boolean", default: false },
} as const;

function print(mutant: Mutant, { status, by = "", ms }: Tried): void {
  const place = `${mutant.contract}.${mutant.function}:${mutant.line}`;
  console.log(`${status.padEnd(12)} ${mutant.id}  ${mutant.operator.padEnd(10)} ${place}  ${ms / 1000} s  ${by}`);
}

function summary(entries: readonly Entry[]): string {
  const statuses = [...new Set(entries.map(({ status }) => status))];
  const parts = statuses.map((one) => `${entries.filter(({ status }) => status === one).length} ${one}`);
  return `${entries.length} mutants: ${parts.join(", ")}; score ${scoreOf(entries)} %.`;
}

await runCommand(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  const tests = testsIn("contracts").filter((file) => file.endsWith(".ts") && !isOfCombinations(file));
  const targets = solidityFilesIn(ROOT, "contracts").filter((file) => /^contracts\/[A-Z]\w*\.sol$/.test(file));
  const sources = readSources(ROOT, solidityFilesIn(ROOT, "contracts"));
  const mutants = mutantsOf(sources);
  const journal = new Journal([...Object.values(sources), ...textsOf(tests)]);
  const chosen = choose(mutants, {
    ...values,
    sample: values.sample === undefined ? undefined : Number(values.sample),
  });
  const open = chosen.filter(({ id }) => values.only !== undefined || !journal.entries.has(id));
  console.log(`${mutants.length} mutants, ${chosen.length} chosen, ${open.length} to try.`);
  if (!values.report) {
    const orders = { targets: targets.filter((file) => isDeployable(sources[file] ?? "")), tests };
    await tryAll(open, { workers: Number(values.workers), limitMs: LIMIT_MS, orders }, (mutant, tried) => {
      journal.add(mutant, tried);
      print(mutant, tried);
    });
  }
  const ids = new Set(chosen.map(({ id }) => id));
  const results = [...journal.entries.values()].filter(({ id }) => ids.has(id));
  console.log(summary(results));
  if (values.report || chosen.length === mutants.length) await writeReport(results, mutants.length);
  if (scoreOf(results) < BAR) throw new OperatorError(`Fewer than ${BAR} % were killed: add the missing tests.`);
});

function textsOf(tests: readonly string[]): string[] {
  return ["test/suite.ts", ...tests].map((file) => readFileSync(join(ROOT, file), "utf8"));
}

function isDeployable(text: string): boolean {
  return /^contract \w/m.test(text);
}
