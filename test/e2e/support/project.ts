/** An empty folder of somebody who has the tarball. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packBuilt } from "../../../scripts/package/pack.js";
import { link, run, unpack } from "./package.js";

let packed: string | undefined;

/** The tarball of the SDK as it is built; packed once for all tests. */
export function tarball(): string {
  if (packed === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "consentry-tarball-"));
    process.once("exit", () => rmSync(folder, { recursive: true }));
    packed = packBuilt(folder);
  }
  return packed;
}

/** Runs what a page tells to type; what `npm install` would download comes from this repository, and the SDK from its tarball. */
export function type(command: string, folder: string): string {
  const [, packages] = /^npm install (?:-D )?(.*)$/.exec(command) ?? [];
  if (packages === undefined) return run(folder, "sh", "-c", command);
  for (const name of packages.split(" ")) {
    if (name.endsWith(".tgz")) unpack(tarball(), folder);
    else link(name, folder);
  }
  return "";
}
