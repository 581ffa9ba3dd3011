/**
 * Writes docs/errors.md from the interfaces of the contracts and the error classes of the SDK.
 *
 *     npm run docs            writes it
 *     npm run docs:check      fails if it is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { contractErrors, libraryErrors } from "./errors/contracts.js";
import { cliErrors, type ErrorEntry, relayerErrors, sdkErrors } from "./errors/sdk.js";

const PATH = join(ROOT, "docs", "errors.md");

const INTRODUCTION = `# Errors

<!-- Written by \`npm run docs\`: do not edit. -->

Every error of the SDK is a \`ConsentryError\` with a stable \`code\`, a short message, details, a hint, a link into this page and the cause. Every custom error of the contracts is decoded to a class of its own, \`<name>Error\`, with its arguments in \`args\`. Whatever fails, nothing is permitted.
`;

function section(title: string, entries: readonly ErrorEntry[]): string {
  return [`## ${title}`, ...[...entries].sort(byName).map(describe)].join("\n\n");
}

function byName(a: ErrorEntry, b: ErrorEntry): number {
  return a.name < b.name ? -1 : 1;
}

function describe({ name, signature, source, cause, remedy }: ErrorEntry): string {
  const lines = [`### ${name}`, `\`${signature}\` – ${source}`, cause];
  if (remedy !== undefined) lines.push(`**What to do:** ${remedy}`);
  return lines.join("\n\n");
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const page = [
    INTRODUCTION,
    section("Of the SDK", sdkErrors()),
    section("Of the command-line tool", cliErrors()),
    section("Of the relayer", relayerErrors()),
    section("Of the contracts", contractErrors()),
    section("Of OpenZeppelin, as the contracts use it", libraryErrors()),
  ].join("\n\n");
  const text = await format(page, { parser: "markdown", printWidth: 120 });
  if (!values.check) writeFileSync(PATH, text);
  else if (readFileSync(PATH, "utf8") !== text) {
    throw new OperatorError("docs/errors.md is not up to date: run `npm run docs` and commit it.");
  }
});
