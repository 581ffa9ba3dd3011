/** The built SDK as a bundler makes it: for an application, minified, peers left out or put in. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Platform } from "esbuild";
import { ROOT } from "../deployment/settings.js";

interface Manifest {
  exports: Record<string, { default: string }>;
  peerDependencies: Record<string, string>;
}

const SDK = join(ROOT, "sdk");
const manifest = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")) as Manifest;

/** What the package leaves to whoever installs it. */
export const PEERS: readonly string[] = Object.keys(manifest.peerDependencies);

/** The paths of the package that hold code, as in `"./fhir"`. */
export const SUBPATHS: readonly string[] = Object.keys(manifest.exports).filter((path) => path !== "./package.json");

/** The paths that a page imports: nothing of Node is in them. */
export const BROWSER_SUBPATHS: readonly string[] = [".", "./crypto", "./emergency", "./fhir", "./governance"];

/** A program that a bundler is given. */
export interface Program {
  /** Its text: imports are those of a project that has installed the package. */
  source: string;
  platform: Platform;
  /** Packages that are left out. */
  external?: readonly string[];
  /** How its parts hang together: a module, or one script for a bare context. */
  format?: "esm" | "iife";
  /** The name under which a script keeps what it exports. */
  globalName?: string;
}

/** Bundles and minifies a program; throws what esbuild says if it can't. */
export async function bundle(program: Program): Promise<string> {
  const { source, platform, external = [], format = "esm", globalName } = program;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: SDK },
    bundle: true,
    minify: true,
    write: false,
    platform,
    format,
    external: [...external],
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
    ...(globalName !== undefined && { globalName }),
  });
  return outputFiles[0]?.text ?? "";
}

/** All of a path of the package, without its peers. */
export async function bundleOf(subpath: string): Promise<string> {
  const platform = BROWSER_SUBPATHS.includes(subpath) ? "browser" : "node";
  return bundle({ source: `export * from "@consentry/sdk${subpath.slice(1)}";`, platform, external: PEERS });
}
