/**
 * Packs the built SDK and looks at the tarball as its users' tools will: publint, and "are the types wrong?".
 *
 *     npm run package:check
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { packBuilt } from "./package/pack.js";
import { lintProblems, typeProblems } from "./package/problems.js";

await runCommand(async () => {
  const folder = mkdtempSync(join(tmpdir(), "consentry-pack-"));
  try {
    const tarball = readFileSync(packBuilt(folder));
    const problems = [...(await lintProblems(tarball)), ...(await typeProblems(tarball))];
    if (problems.length > 0) throw new OperatorError(`The package is not sound: ${problems.join("; ")}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
