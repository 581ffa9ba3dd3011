/**
 * Everything that can be checked without running a test: formatting, types, linters, and what is generated or packed. Two at
 * a time; each says what it has to say when it ends.
 *
 *     npm run check
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { OperatorError, runCommand } from "./deployment/errors.js";

/** Longest first. */
const CHECKS = ["lint", "docs:check", "package:check", "typecheck", "size:check"];
const AT_ONCE = Math.min(availableParallelism(), 4);

/** Runs an npm script; whether it succeeded. */
async function succeeds(script: string): Promise<boolean> {
  const child = spawn("npm", ["run", "--silent", script], { stdio: ["ignore", "pipe", "pipe"] });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const status = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
  const output = (await said).join("").trim();
  console.log(`${status === 0 ? "passed" : "FAILED"}  ${script}${output === "" ? "" : `\n${output}`}`);
  return status === 0;
}

/** Runs all of them, some at a time, also where one fails. */
async function requireAll(scripts: readonly string[]): Promise<void> {
  const waiting = scripts.values();
  const failed: string[] = [];
  const work = async () => {
    for (const script of waiting) if (!(await succeeds(script))) failed.push(script);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed.length > 0) throw new OperatorError(`Not as it should be: ${failed.join(", ")}.`);
}

await runCommand(async () => {
  await requireAll(["codes:check"]);
  // What is built is not formatted, and all else looks at what is built.
  await requireAll(["build", "format:check"]);
  await requireAll(CHECKS);
});
