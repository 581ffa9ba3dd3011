/**
 * The checking tools that come from PyPI: one virtual environment for each state of tools/requirements.txt, outside the
 * repository.
 */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache.js";
import { OperatorError } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";

const REQUIREMENTS = join(ROOT, "tools", "requirements.txt");

/**
 * The path of a tool. If it is not installed: installs it with `CI=true` or `--install` among the arguments of the command,
 * otherwise says so and returns nothing.
 */
export function pythonTool(name: string): string | undefined {
  const environment = cacheFolder("python", [REQUIREMENTS]);
  if (!existsSync(environment)) {
    if (process.env.CI !== "true" && !process.argv.includes("--install")) {
      console.log(
        `Left out: ${name} is not installed. Add \`-- --install\` (needs Python 3.11 or newer and the network).`,
      );
      return undefined;
    }
    install(environment);
  }
  return join(environment, "bin", name);
}

function install(environment: string): void {
  console.log(`Installing tools/requirements.txt into ${environment}.`);
  try {
    run("python3", ["-m", "venv", environment], "Python 3 with its venv module is needed");
    const options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"];
    const python = join(environment, "bin", "python");
    run(python, ["-m", "pip", "install", ...options, "-r", REQUIREMENTS], "the packages could not be had from PyPI");
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    throw error;
  }
}

function run(command: string, args: readonly string[], need: string): void {
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) throw new OperatorError(`The Python tools could not be installed: ${need}.`);
}
