/** A copy of the repository for one worker: mutants never come near the real one. */
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../deployment/settings.js";

/** What the contract tests need; packages are found in the folders above. */
const NEEDED = ["artifacts", "contracts", "scripts", "sdk/src", "test", "codes.json", "package.json"];
const CONFIGS = ["hardhat.config.ts", "hardhat.mutation.config.ts", "tsconfig.json", "tsconfig.base.json"];

export function makeScratch(worker: number): string {
  const folder = join(ROOT, "cache", "mutation", `worker-${worker}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of [...NEEDED, ...CONFIGS]) {
    if (existsSync(join(ROOT, path))) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  // Hardhat would look the code of every mutant up in there, in vain.
  rmSync(join(folder, "artifacts", "build-info"), { recursive: true, force: true });
  return folder;
}
