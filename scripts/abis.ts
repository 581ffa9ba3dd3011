/**
 * Writes what the SDK calls the contracts with: their ABIs, one line for each item, a fifth of what the compiler writes and as
 * much less for a page to load; and the bytecode of lenses.
 *
 *     npm run abis
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interface } from "ethers";
import { artifacts } from "hardhat";
import { ROOT } from "./deployment/settings.js";
import { runCommand } from "./deployment/errors.js";

const PATH = join(ROOT, "sdk/src/generated/abis.ts");

/** What is called. */
const CONTRACTS = ["AuditLog", "ConsentRegistry", "ProviderRegistry", "RecordRegistry"] as const;

/** What is never deployed, but sent along with a call. */
const LENSES = ["DecideLens", "DecideRecordLens"] as const;

async function abiOf(name: string): Promise<string> {
  const { abi } = await artifacts.readArtifact(`I${name}`);
  const lines = JSON.stringify(new Interface(abi).format(), null, 2);
  return `export const ${lowered(name)}Abi: readonly string[] = ${lines};`;
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
  const parts = await Promise.all([...CONTRACTS.map(abiOf), ...LENSES.map(bytecodeOf)]);
  writeFileSync(PATH, `${[head, ...parts].join("\n\n")}\n`);
});
