/**
 * Writes the ABIs that the SDK calls the contracts with, one line for each item: a fifth of what the compiler writes, and as much
 * less for a page to load.
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

const NAMES = ["AuditLog", "ConsentRegistry", "ProviderRegistry", "RecordRegistry"] as const;

async function declaration(name: string): Promise<string> {
  const { abi } = await artifacts.readArtifact(`I${name}`);
  const lines = new Interface(abi).format();
  return `export const ${name.charAt(0).toLowerCase()}${name.slice(1)}Abi: readonly string[] = ${JSON.stringify(lines, null, 2)};`;
}

await runCommand(async () => {
  const head = "// Generated from the contracts by `npm run abis`: do not edit.";
  writeFileSync(PATH, `${[head, ...(await Promise.all(NAMES.map(declaration)))].join("\n\n")}\n`);
});
