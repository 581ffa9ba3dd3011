/**
 * Static analysis of the contracts by slither, with the compiler and the settings that they are deployed with. Fails on any
 * finding that tools/slither.json does not explain, and on any explanation of what is not found any more.
 *
 *     npm run slither
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compilers } from "../hardhat.config.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { pythonTool } from "./python.js";
import { EXPLANATIONS, explained, findingsIn, judge } from "./slither/findings.js";
import { standardInput } from "./solidity/compile.js";
import { readSources, solidityFilesIn } from "./solidity/sources.js";

const FOLDER = join(ROOT, "cache", "slither");
const INPUT = join(FOLDER, "input.json");
const REPORT = join(FOLDER, "report.json");

function writeInput(): void {
  const files = solidityFilesIn(ROOT, "contracts").filter((file) => !file.startsWith("contracts/mocks/"));
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(INPUT, standardInput(readSources(ROOT, files), compilers.consentRegistry.settings));
}

/** Runs slither and returns its report. */
function analyse(slither: string, excluded: readonly string[]): string {
  const solc = join(ROOT, "scripts", "slither", "solc.cjs");
  const target = [INPUT, "--compile-force-framework", "solc-json", "--solc", solc];
  const scope = ["--filter-paths", "@openzeppelin", "--exclude", excluded.join(","), "--no-fail-pedantic"];
  const { status, stderr } = spawnSync(slither, [...target, ...scope, "--json", REPORT], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status !== 0)
    throw new OperatorError(`slither did not finish: ${stderr.trim().split("\n").slice(-12).join(" | ")}`);
  return readFileSync(REPORT, "utf8");
}

await runCommand(() => {
  const slither = pythonTool("slither");
  if (slither === undefined) return;
  const known = explained();
  writeInput();
  const findings = findingsIn(analyse(slither, Object.keys(known.detectors)));
  const { open, stale } = judge(findings, known);
  for (const { description, places } of open) console.log(`${description.trim()}\n  (place: ${String(places[0])})\n`);
  for (const one of stale) console.log(`Not found any more, take its explanation out: ${one}`);
  console.log(
    `slither: ${findings.length} findings, ${open.length} of them unexplained, ${stale.length} stale explanations.`,
  );
  if (open.length + stale.length > 0)
    throw new OperatorError(`Correct what slither found, or explain it in ${EXPLANATIONS}.`);
});
