/**
 * Proves what test/symbolic states, by halmos: every function there whose name begins with `prove` holds for all arguments
 * and all states, in the very bytecode that is deployed.
 *
 *     npm run prove [-- --match <part of a name>]
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { writeArtifacts } from "./prove/artifacts.js";
import { pythonTool } from "./python.js";

const FOLDER = join(ROOT, "cache", "prove");
const RESULTS = join(FOLDER, "results.json");

/** For all of it, and for one question to the solver. */
const LIMIT_MS = 15 * 60_000;
const SOLVER_LIMIT = "120s";

interface Results {
  test_results: Record<string, { name: string; exitcode: number }[]>;
}

function runHalmos(halmos: string, match: string): void {
  const limits = ["--loop", "16", "--solver-timeout-assertion", SOLVER_LIMIT, "--solver-threads", "2"];
  const chosen = ["--match-test", `^prove.*${match}`, "--json-output", RESULTS];
  rmSync(RESULTS, { force: true });
  spawnSync(halmos, ["--root", FOLDER, "--no-status", ...chosen, ...limits], {
    env: { ...process.env, PATH: [join(ROOT, "scripts", "prove"), process.env.PATH].join(delimiter) },
    stdio: "inherit",
    timeout: LIMIT_MS,
  });
}

function readResults(): { proven: number; open: string[] } {
  const { test_results } = JSON.parse(readFileSync(RESULTS, "utf8")) as Results;
  const all = Object.values(test_results).flat();
  const open = all.filter(({ exitcode }) => exitcode !== 0).map(({ name }) => name);
  return { proven: all.length - open.length, open };
}

await runCommand(() => {
  const options = { match: { type: "string", default: "" }, install: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  const halmos = pythonTool("halmos");
  if (halmos === undefined) return;
  writeArtifacts(join(FOLDER, "out"));
  runHalmos(halmos, values.match);
  const { proven, open } = readResults();
  console.log(`${proven} proven, ${open.length} not.`);
  if (proven === 0 || open.length > 0) throw new OperatorError(`Not proven: ${open.join(", ") || "nothing was run"}`);
});
