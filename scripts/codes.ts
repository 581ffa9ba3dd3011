/**
 * Writes the tables of codes.json as Solidity constants and as TypeScript.
 *
 *     npm run codes             writes both files
 *     npm run codes -- --check  writes nothing, fails if one of them differs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { type CodeTables, problemsOf } from "./codes/tables.js";
import { renderSolidity } from "./codes/solidity.js";
import { renderTypeScript } from "./codes/typescript.js";

const ROOT = new URL("../", import.meta.url);

const RENDERERS: Record<string, (tables: CodeTables) => string> = {
  "contracts/libraries/Codes.sol": renderSolidity,
  "sdk/src/codes/codes.generated.ts": renderTypeScript,
};

const DEFAULT_FORMAT = {
  ".sol": { printWidth: 120, tabWidth: 4, plugins: ["prettier-plugin-solidity"] },
  ".ts": { printWidth: 120 },
};

/** Reads codes.json; it is not validated yet. */
export function readTables(): CodeTables {
  return JSON.parse(readFileSync(new URL("codes.json", ROOT), "utf8")) as CodeTables;
}

async function formatted(path: string, text: string): Promise<string> {
  const filepath = fileURLToPath(new URL(path, ROOT));
  const own = await resolveConfig(filepath);
  return format(text, { ...(own ?? DEFAULT_FORMAT[path.endsWith(".sol") ? ".sol" : ".ts"]), filepath });
}

/** What each generated file must contain, by path from the root of the repository. */
export async function renderFiles(tables: CodeTables): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [path, render] of Object.entries(RENDERERS)) files.set(path, await formatted(path, render(tables)));
  return files;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, ROOT), "utf8");
  } catch {
    return undefined;
  }
}

/** The generated files that differ from codes.json, or are missing. */
export function staleFiles(files: Map<string, string>): string[] {
  return [...files].filter(([path, text]) => contentOf(path) !== text).map(([path]) => path);
}

function fail(line: string): never {
  console.error(line);
  process.exit(1);
}

async function main(): Promise<void> {
  const tables = readTables();
  const problems = problemsOf(tables);
  if (problems.length > 0) fail(`codes.json is wrong: ${problems.join("; ")}`);

  const files = await renderFiles(tables);
  const stale = staleFiles(files);
  if (process.argv.includes("--check")) {
    if (stale.length > 0) fail(`Not what codes.json says: ${stale.join(", ")}. Run \`npm run codes\`.`);
    return;
  }
  for (const path of stale) writeFileSync(new URL(path, ROOT), files.get(path) ?? "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
