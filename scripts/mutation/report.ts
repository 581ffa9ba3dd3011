/** docs/mutation.md, from the journal and the explanations in docs/mutation-survivors.json. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { ROOT } from "../deployment/settings.js";
import type { Entry } from "./journal.js";

const REPORT = join(ROOT, "docs", "mutation.md");
const EXPLANATIONS = join(ROOT, "docs", "mutation-survivors.json");

const INTRODUCTION = `# Mutation testing

<!-- Written by \`npm run mutate\`: do not edit. Explanations stand in mutation-survivors.json. -->

A mutant is the contracts with one small fault. Good tests find it (*killed*). Mutants that do not compile, or of which the optimizer makes the very code of the original, are not counted. Interfaces, \`Codes.sol\` (generated and checked by itself), mocks and assembly are not mutated. The mutants face the TypeScript tests of the contracts, without those that try thousands of combinations; the fuzz tests in Solidity, the models and the proofs come on top, so the score is a lower bound.
`;

/** Writes the report, and a place for the explanation of each survivor. */
export async function writeReport(entries: readonly Entry[], made: number): Promise<void> {
  const survivors = entries.filter(({ status }) => status === "survived").sort(byPlace);
  const explanations = readExplanations();
  const tried = coverageOf(entries, made);
  const tables = [
    table("Contract", entries, ({ contract }) => contract),
    table("Operator", entries, ({ operator }) => operator),
  ];
  const list = survivors.map((entry) => describe(entry, explanations[entry.id] ?? ""));
  const text = [INTRODUCTION, tried, ...tables, "## Survivors", ...(list.length > 0 ? list : ["None."])].join("\n\n");
  await write(REPORT, text, "markdown");
  const kept = survivors.map(({ id }) => [id, explanations[id] ?? ""]);
  const untried = Object.entries(explanations).filter(([id]) => !entries.some((entry) => entry.id === id));
  await write(EXPLANATIONS, JSON.stringify(Object.fromEntries([...kept, ...untried].sort())), "json");
}

/** How many were tried; of a sample, what it says of all. */
function coverageOf(entries: readonly Entry[], made: number): string {
  const tried = `${entries.length} of ${made} mutants were tried`;
  if (entries.length === made) return `${tried}: ${scoreOf(entries)} % were killed.`;
  return (
    `${tried}, drawn by chance (they are always tried in an order by chance): ${scoreOf(entries)} % were killed. ` +
    `With 95 % confidence at least ${leastOf(entries)} % of all of them would be.`
  );
}

/** The lower end of Wilson's 95 % interval of the score, in percent, to one decimal and never rounded up. */
function leastOf(entries: readonly Entry[]): number {
  const killed = entries.filter(({ status }) => status === "killed").length;
  const counted = killed + entries.filter(({ status }) => status === "survived").length;
  if (counted === 0) return 0;
  const share = killed / counted;
  const z2 = 1.96 ** 2;
  const margin = 1.96 * Math.sqrt((share * (1 - share)) / counted + z2 / (4 * counted ** 2));
  return Math.floor((1000 * (share + z2 / (2 * counted) - margin)) / (1 + z2 / counted)) / 10;
}

function byPlace(one: Entry, other: Entry): number {
  return one.file.localeCompare(other.file) || one.start - other.start || one.text.localeCompare(other.text);
}

async function write(path: string, text: string, parser: string): Promise<void> {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), parser }));
}

function readExplanations(): Record<string, string> {
  return existsSync(EXPLANATIONS) ? (JSON.parse(readFileSync(EXPLANATIONS, "utf8")) as Record<string, string>) : {};
}

/** The share of the mutants that were found, in percent, to one decimal and never rounded up. */
export function scoreOf(entries: readonly Entry[]): number {
  const killed = entries.filter(({ status }) => status === "killed").length;
  const survived = entries.filter(({ status }) => status === "survived").length;
  return killed + survived === 0 ? 100 : Math.floor((killed * 1000) / (killed + survived)) / 10;
}

function table(title: string, entries: readonly Entry[], keyOf: (entry: Entry) => string): string {
  const keys = [...new Set(entries.map(keyOf))].sort();
  const rows = keys.map((key) =>
    row(
      key,
      entries.filter((entry) => keyOf(entry) === key),
    ),
  );
  const head = `| ${title} | killed | survived | equivalent | not compilable | score |\n| --- | --: | --: | --: | --: | --: |`;
  return [head, ...rows, row("All", entries)].join("\n");
}

function row(name: string, entries: readonly Entry[]): string {
  const counts = (["killed", "survived", "equivalent", "uncompilable"] as const).map(
    (status) => entries.filter((entry) => entry.status === status).length,
  );
  return `| ${[name, ...counts, `${scoreOf(entries)} %`].join(" | ")} |`;
}

function describe({ id, contract, function: name, line, operator, original, text }: Entry, reason: string): string {
  const mark = (sign: string, lines: string): string => lines.replace(/^/gm, `${sign} `);
  const diff = `\`\`\`diff\n${mark("-", original)}\n${mark("+", text || "(nothing)")}\n\`\`\``;
  return [
    `### ${id}`,
    `${contract}.${name}, line ${line} (${operator})`,
    diff,
    reason || "**Not explained yet.**",
  ].join("\n\n");
}
