/**
 * Runs the tests of one folder of test/.
 *
 *     tsx scripts/test.ts <folder> [options of `hardhat test`]
 */
import { spawnSync } from "node:child_process";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { testsIn } from "./tests.js";

await runCommand(() => {
  const [folder = "", ...options] = process.argv.slice(2);
  const files = testsIn(folder);
  if (files.length === 0) throw new OperatorError(`There are no tests in test/${folder}.`);
  const { status } = spawnSync("hardhat", ["test", "--no-compile", ...options, ...files], { stdio: "inherit" });
  process.exitCode = status ?? 1;
});
