/** Which test files there are. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./deployment/settings.js";

/** The test files of a folder of test/, TypeScript and Solidity, by path from the root of the repository. */
export function testsIn(folder: string): string[] {
  const path = join("test", folder);
  const files = readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.(test\.ts|t\.sol)$/.test(file))
    .map((file) => join(path, file))
    .sort();
}

/**
 * Whether a file tries thousands of combinations of what other tests run, too. Tools that run the tests again and again leave
 * those out: they take most of the time.
 */
export function isOfCombinations(file: string): boolean {
  return /(\.delivery|\.delivery\.mixed|ConsentRegistry\.order|decide\.model)\.test\.ts$/.test(file);
}
