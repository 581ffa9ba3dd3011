/** What a deployment should hold, kept in cache/ for as long as neither its record nor the build changes. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { id } from "ethers";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import { ROOT } from "../deployment/settings.js";
import type { Build, BuildOf } from "../verification/types.js";

/** Rehearses the deployment as verification does, but only once: that takes longer than all questions to a node. */
export const knownBuild: BuildOf = async (chain, record, earlier) => {
  const folder = join(ROOT, "cache", "status");
  const path = join(folder, `${keyOf([...earlier, record])}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Awaited<ReturnType<BuildOf>>;
  const { buildOf } = await import("../verification/build.js");
  const build = await buildOf(chain, record, earlier);
  if (Object.values<Build>(build).some(({ code }) => code === undefined)) return build;
  keep(folder, path, build);
  return build;
};

/** Where the folder can't be written to, it is rehearsed each time. */
function keep(folder: string, path: string, build: unknown): void {
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, JSON.stringify(build));
    renameSync(unfinished, path);
  } catch (error) {
    if (!isOfFileSystem(error)) throw error;
  }
}

function isOfFileSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

/** The names of the compiler's outputs are hashes of what was compiled. */
function keyOf(line: readonly Deployment[]): string {
  const builds = readdirSync(join(ROOT, "artifacts", "build-info")).sort();
  return id(JSON.stringify([line, builds])).slice(2, 34);
}
