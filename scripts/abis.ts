/**
 * Writes what the SDK calls the contracts with: of their ABIs what it uses, one line for each item, a fifth of what the
 * compiler writes and as much less for a page to load; and the bytecode of lenses.
 *
 *     npm run abis
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Fragment, Interface } from "ethers";
import { artifacts } from "hardhat";
import { ROOT } from "./deployment/settings.js";
import { runCommand } from "./deployment/errors.js";

const SOURCES = join(ROOT, "sdk/src");
const PATH = join(SOURCES, "generated/abis.ts");

/** What is called. */
const CONTRACTS = ["AuditLog", "ConsentRegistry", "ProviderRegistry", "RecordRegistry"] as const;

/** What is never deployed, but sent along with a call. */
const LENSES = ["DecideLens", "DecideRecordLens"] as const;

/** What ./governance has as a whole, to tell whatever was announced, and no other path loads. The core has the errors. */
const GOVERNED = { manager: "AccessManager", directory: "IProviderRegistry" } as const;

/** The words of the SDK's own sources: whatever it calls or reads is among them. */
function wordsOfSources(): Set<string> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const own = files.filter((file) => file.endsWith(".ts") && !/^(generated|governance)\b/.test(file));
  return new Set(own.flatMap((file) => readFileSync(join(SOURCES, file), "utf8").match(/\w+/g) ?? []));
}

async function abiOf(name: string, words: ReadonlySet<string>): Promise<string> {
  const { abi } = await artifacts.readArtifact(`I${name}`);
  const used = new Interface(abi).fragments.filter((item) => !("name" in item) || words.has(String(item.name)));
  return listed(`${lowered(name)}Abi`, used);
}

async function governedAbiOf([part, name]: readonly [string, string]): Promise<string> {
  const { abi } = await artifacts.readArtifact(name);
  return listed(
    `${part}Abi`,
    new Interface(abi).fragments.filter(({ type }) => type === "event" || type === "function"),
  );
}

function listed(constant: string, items: readonly Fragment[]): string {
  return `export const ${constant}: readonly string[] = ${JSON.stringify(new Interface(items).format(), null, 2)};`;
}

async function bytecodeOf(name: string): Promise<string> {
  const { bytecode } = await artifacts.readArtifact(name);
  return `export const ${lowered(name)}Bytecode = "${bytecode}";`;
}

function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

await runCommand(async () => {
  const head = "// Generated from the contracts by `npm run abis`: do not edit.";
  const words = wordsOfSources();
  const parts = await Promise.all([
    ...CONTRACTS.map((name) => abiOf(name, words)),
    ...Object.entries(GOVERNED).map(governedAbiOf),
    ...LENSES.map(bytecodeOf),
  ]);
  writeFileSync(PATH, `${[head, ...parts].join("\n\n")}\n`);
});
