/** The SDK as a package, in a project of somebody else. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { writeTable } from "../../../scripts/deployment/records.js";
import { ROOT } from "./command.js";

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  exports: Record<string, unknown>;
}

/** Runs a program and returns what it prints; its complaints become the failure. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  expect(status, `${command} ${args.join(" ")}\n${stdout}${stderr}`).to.equal(0);
  return stdout;
}

/** Makes a package of this repository's node_modules available elsewhere, so that nothing is downloaded. */
export function link(name: string, folder: string): void {
  const path = join(folder, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules", name), path, "junction");
}

/** Builds and packs the SDK in a folder, with a table of the deployments in another. Returns the tarball's path. */
export function pack(folder: string, deployments: string): string {
  const sdk = join(folder, "sdk");
  for (const path of ["package.json", "tsconfig.json", "src"])
    cpSync(join(ROOT, "sdk", path), join(sdk, path), { recursive: true });
  cpSync(join(ROOT, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  writeTable(deployments, join(sdk, "src/generated/deployments.ts"));
  run(sdk, join(ROOT, "node_modules/.bin/tsc"), "-p", ".");
  const [packed] = JSON.parse(run(sdk, "npm", "pack", "--json", "--ignore-scripts")) as { filename: string }[];
  return join(sdk, packed!.filename);
}

/** Unpacks the tarball where a project looks for it, with what it depends on. */
export function unpack(tarball: string, project: string): Manifest {
  const home = join(project, "node_modules/@consentry/sdk");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as Manifest;
  for (const name of Object.keys(manifest.dependencies ?? {})) link(name, project);
  return manifest;
}
