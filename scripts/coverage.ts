/**
 * Measures which lines and statements of the contracts the contract tests run, and fails below the bar.
 *
 *     npm run coverage
 *
 * Hardhat reports lines and statements, no branches. Its report for reading is in coverage/html.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { isOfCombinations, testsIn } from "./tests.js";

const BAR = 100;

/** Runs the tests and returns what they print, while printing it. */
async function runTests(): Promise<string> {
  const files = testsIn("contracts").filter((file) => !isOfCombinations(file));
  const args = ["--config", "hardhat.coverage.config.ts", "test", "--coverage", ...files];
  const child = spawn("hardhat", args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const status = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  if (status !== 0) throw new OperatorError("The tests failed: coverage counts only when they pass.");
  return output;
}

interface Totals {
  lines: number;
  statements: number;
}

/** The last line of Hardhat's table; its lcov file knows no statements. */
function totalsIn(output: string): Totals {
  const plain = stripVTControlCharacters(output);
  const [, lines, statements] = /Total\s*│\s*([\d.]+)\s*│\s*([\d.]+)/.exec(plain) ?? [];
  if (lines === undefined || statements === undefined) {
    throw new OperatorError("Hardhat printed no totals: see what changed in its coverage report.");
  }
  return { lines: Number(lines), statements: Number(statements) };
}

await runCommand(async () => {
  const { lines, statements } = totalsIn(await runTests());
  console.log(`Coverage of contracts/: ${lines} % of lines, ${statements} % of statements; at least ${BAR} % of each.`);
  console.log(`Uncovered lines are listed above and shown in ${join("coverage", "html", "index.html")}.`);
  if (lines < BAR || statements < BAR) throw new OperatorError(`Coverage is below ${BAR} %: add the missing tests.`);
});
