/** The contracts as the compiler wants them, for tools that Hardhat does not serve. */
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "../deployment/settings.js";

/** Texts by name: the path from the root for our own files, the name that is imported for those of packages. */
export type Sources = Record<string, string>;

const IMPORT = /^import\s[^"';]*"([^"]+)"/gm;

/** All Solidity files of a folder, by path from the root. */
export function solidityFilesIn(root: string, folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".sol"))
    .map((file) => posix.join(folder, file))
    .sort();
}

/** The files and everything that they import. */
export function readSources(root: string, files: readonly string[]): Sources {
  const sources: Sources = {};
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sources[file] !== undefined) continue;
    const text = readFileSync(isOfPackage(file) ? join(ROOT, "node_modules", file) : join(root, file), "utf8");
    sources[file] = text;
    waiting.push(...importsOf(file, text));
  }
  return sources;
}

/** What a file imports itself, by name. */
export function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, path = ""]) =>
    path.startsWith(".") ? posix.join(posix.dirname(file), path) : path,
  );
}

export function isOfPackage(file: string): boolean {
  return file.startsWith("@");
}
