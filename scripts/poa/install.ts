/** The programs of the client that validators run: built once for each state of network/kaia, outside the repository. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../cache.js";
import { OperatorError } from "../deployment/errors.js";
import { ROOT } from "../deployment/settings.js";

const MODULE = join(ROOT, "network", "kaia");

/** An old dependency of the client, which profiles its memory, reaches into Go's runtime. */
const LINKER = "-ldflags=-checklinkname=0";

/** The folder of the programs, built or not. */
export function programsFolder(): string {
  return cacheFolder(
    "kaia",
    ["go.mod", "go.sum"].map((file) => join(MODULE, file)),
  );
}

/**
 * Builds the programs, unless that was done before.
 *
 * @returns their folder; where they can't be had nothing, after a line that says why
 * @throws OperatorError if all is there and they don't compile
 */
export function installClient(): string | undefined {
  const folder = programsFolder();
  if (existsSync(folder)) return folder;
  const obstacle = obstacleToBuilding();
  if (obstacle !== undefined) {
    console.log(`Left out: the chain of several validators can't be had, ${obstacle}.`);
    return undefined;
  }
  build(folder);
  return folder;
}

function obstacleToBuilding(): string | undefined {
  if (go(["version"]).status !== 0) return "Go 1.24 or newer is not installed";
  console.log("Fetching the client of network/kaia.");
  const { status, stderr } = go(["list", "-deps", "tool"]);
  return status === 0 ? undefined : `Go can't fetch what network/kaia names: ${stderr.trim().split("\n").at(-1)}`;
}

/** Into another folder first, so that one that was interrupted is not taken for a whole one. */
function build(folder: string): void {
  console.log(`Building it into ${folder}, once: some minutes.`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    const { status, stderr } = go(["build", LINKER, "-o", join(unfinished, "/"), "tool"]);
    if (status !== 0) throw new OperatorError(`The client of network/kaia does not compile:\n${stderr}`);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function go(args: readonly string[]): { status: number | null; stderr: string } {
  const options = { cwd: MODULE, encoding: "utf8", env: { ...process.env, GOFLAGS: "-mod=readonly" } } as const;
  const { status, stderr } = spawnSync("go", args, { ...options, maxBuffer: 2 ** 28 });
  return { status, stderr };
}
