/**
 * Writes docs/api from the comments in sdk/src, and sees to it that nothing public is without one.
 *
 *     npm run docs            writes it
 *     npm run docs:check      fails if it is not what would be written
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { deadLinks } from "./reference/deadLinks.js";
import { pagesOf } from "./reference/pages.js";
import { problemsOf } from "./reference/problems.js";
import { readSources } from "./reference/program.js";
import { renderPages } from "./reference/render.js";

const FOLDER = join(ROOT, "docs/api");

function written(): Map<string, string> {
  mkdirSync(FOLDER, { recursive: true });
  return new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]));
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const sources = readSources();
  const pages = pagesOf(sources);
  const problems = problemsOf(pages);
  if (problems.length > 0) throw new OperatorError(`Comments in sdk/src are missing or wrong: ${problems.join("; ")}.`);
  const files = new Map<string, string>();
  for (const [name, text] of renderPages(pages, sources)) {
    files.set(name, await format(text, { parser: "markdown", printWidth: 120 }));
  }
  const dead = deadLinks(files, FOLDER);
  if (dead.length > 0) throw new OperatorError(`Links in docs/api lead nowhere: ${dead.join(", ")}.`);
  const old = written();
  const stale = [...new Set([...files.keys(), ...old.keys()])].filter((name) => files.get(name) !== old.get(name));
  if (values.check && stale.length > 0) {
    throw new OperatorError(`docs/api is not up to date (${stale.join(", ")}): run \`npm run docs\` and commit it.`);
  }
  for (const name of stale) {
    const text = files.get(name);
    if (text === undefined) rmSync(join(FOLDER, name));
    else writeFileSync(join(FOLDER, name), text);
  }
});
