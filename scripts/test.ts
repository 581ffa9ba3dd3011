/**
 * Runs the tests of folders of test/, those of two folders side by side, and sums them up.
 *
 *     npm test                                        all of them
 *     tsx scripts/test.ts <folder> ... [options]      of these; options of `hardhat test` begin with a dash
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { testsIn } from "./tests.js";

/** Longest first. */
const FOLDERS = ["contracts", "sdk", "e2e", "relayer", "cli"];
/** A chain in memory needs a processor and a gigabyte. */
const AT_ONCE = Math.min(availableParallelism(), 4);

interface Outcome {
  passed: number;
  failed: number;
  succeeded: boolean;
}

/** Runs the tests of a folder; where others run beside it, each line begins with its name. */
async function runFolder(folder: string, options: readonly string[], alone: boolean): Promise<Outcome> {
  const files = testsIn(folder);
  if (files.length === 0) throw new OperatorError(`There are no tests in test/${folder}.`);
  const child = spawn("hardhat", ["test", "--no-compile", ...options, ...files], { stdio: ["ignore", "pipe", "pipe"] });
  const outcome: Outcome = { passed: 0, failed: 0, succeeded: false };
  const prefix = alone ? "" : `${folder.padEnd(9)} | `;
  const print = (line: string) => {
    console.log(`${prefix}${line}`);
    const [, count, what] = /^(\d+) (passing|failing) \(/.exec(stripVTControlCharacters(line)) ?? [];
    if (what === "passing") outcome.passed = Number(count);
    if (what === "failing") outcome.failed = Number(count);
  };
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", print);
  const status = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  return { ...outcome, succeeded: status === 0 };
}

await runCommand(async () => {
  const args = process.argv.slice(2);
  const begin = args.findIndex((arg) => arg.startsWith("-"));
  const [named, options] = begin < 0 ? [args, []] : [args.slice(0, begin), args.slice(begin)];
  const folders = named.length === 0 ? FOLDERS : named;
  const waiting = folders.values();
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (const folder of waiting) outcomes.push(await runFolder(folder, options, folders.length === 1));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const sum = (key: "passed" | "failed") => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  if (folders.length > 1) console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  if (outcomes.some(({ succeeded }) => !succeeded)) process.exitCode = 1;
});
