/** What is had from elsewhere, outside the repository: one folder for each state of the files that say what it is made of. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The path of such a folder, which may not be there yet.
 *
 * @param name what it begins with
 * @param files whose content it depends on
 */
export function cacheFolder(name: string, files: readonly string[]): string {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return join(caches, "consentry", `${name}-${hash.digest("hex").slice(0, 12)}`);
}
