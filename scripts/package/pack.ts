import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../deployment/settings.js";

/** Packs the SDK as it is built, without building it again. Returns the tarball's path. */
export function packBuilt(folder: string): string {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const printed = execFileSync("npm", args, {
    cwd: join(ROOT, "sdk"),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [packed] = JSON.parse(printed) as [{ filename: string }];
  return join(folder, packed.filename);
}
