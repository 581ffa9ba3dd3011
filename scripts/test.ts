/**
 * Runs the tests of folders of test/, two folders side by side or, where there is but one, its files in parts, and sums
 * them up.
 *
 *     npm test                                        all of them
 *     tsx scripts/test.ts <folder> ... [options]      of these; options of `hardhat test` begin with a dash
 *
 * The folder `successor` are tests of others once more, with a registry that comes after another.
 */
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { testsIn } from "./tests.js";

/** Longest first. */
const FOLDERS = ["sdk", "e2e", "contracts", "portal", "cli", "relayer", "successor", "network"];
/** What a registry that comes after another must do as well as the first. */
const OF_SUCCESSOR = /^test\/contracts\/(control\/|emergency\/|decide\.test|ConsentRegistry\.test)/;
/** A chain in memory needs a processor and a gigabyte. */
const AT_ONCE = Math.min(availableParallelism(), 4);

/** What one process runs; where others run beside it, each line begins with its name. */
interface Part {
  name: string;
  folder: string;
  files: readonly string[];
}

interface Outcome {
  passed: number;
  failed: number;
  succeeded: boolean;
}

function filesOf(folder: string): string[] {
  return folder === "successor" ? testsIn("contracts").filter((file) => OF_SUCCESSOR.test(file)) : testsIn(folder);
}

/** All of a folder, or where it has the machine for itself, parts of it, one more than processors: tests wait, too. */
function partsOf(folder: string, alone: boolean): Part[] {
  const files = filesOf(folder);
  if (files.length === 0) throw new OperatorError(`There are no tests in test/${folder}.`);
  if (!alone) return [{ name: folder, folder, files }];
  const size = (file: string) => statSync(file).size;
  const bySize = files.sort((one, other) => size(other) - size(one));
  const count = Math.min(AT_ONCE + 1, files.length);
  return Array.from({ length: count }, (_, part) => {
    return { name: `${folder} ${part + 1}`, folder, files: bySize.filter((_, i) => i % count === part) };
  });
}

async function runPart({ name, folder, files }: Part, options: readonly string[]): Promise<Outcome> {
  const child = spawn("hardhat", ["test", "--no-compile", ...options, ...files], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(folder === "successor" && { CONSENTRY_SUCCESSOR: "true" }) },
  });
  const outcome: Outcome = { passed: 0, failed: 0, succeeded: false };
  const print = (line: string) => {
    console.log(`${name.padEnd(9)} | ${line}`);
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
  const alone = folders.length === 1;
  const waiting = folders.flatMap((folder) => partsOf(folder, alone)).values();
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (const part of waiting) outcomes.push(await runPart(part, options));
  };
  await Promise.all(Array.from({ length: alone ? AT_ONCE + 1 : AT_ONCE }, work));
  const sum = (key: "passed" | "failed") => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  if (outcomes.some(({ succeeded }) => !succeeded)) process.exitCode = 1;
});
