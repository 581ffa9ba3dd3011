/**
 * Writes docs/bytecode.md: what the sources compile to, so that anybody can check what is deployed against a clean clone.
 *
 *     npm run docs            writes it
 *     npm run docs:check      fails if it is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataLength, keccak256 } from "ethers";
import { artifacts } from "hardhat";
import { format } from "prettier";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";
import { LIMIT } from "./verification/checks/code.js";

const PATH = join(ROOT, "docs", "bytecode.md");

/** What deployments deploy, in the order of the first; a later one deploys the successor in the registry's place. */
const NAMES = [
  "AccessManager",
  "ProviderRegistry",
  "ConsentRegistry",
  "ConsentRegistrySuccessor",
  "RecordRegistry",
  "AuditLog",
  "ERC7913WebAuthnVerifier",
  "ERC7913P256Verifier",
] as const;

const INTRODUCTION = `# Bytecode

<!-- Written by \`npm run docs\`: do not edit. -->

What the sources compile to with the settings of \`hardhat.config.ts\` and the compiler of the lock file, on any machine: CI compiles a clean clone and compares. Creation code is what a deployment's transaction carries before its arguments; in runtime code the immutable values are zero. A contract may have ${LIMIT.toLocaleString("en")} bytes (EIP-170).
`;

async function row(name: string): Promise<string> {
  const { bytecode, deployedBytecode } = await artifacts.readArtifact(name);
  const size = dataLength(deployedBytecode);
  if (size > LIMIT) throw new OperatorError(`${name} has ${size} bytes, which no chain takes.`);
  return `| ${name} | ${size.toLocaleString("en")} | \`${keccak256(bytecode)}\` | \`${keccak256(deployedBytecode)}\` |`;
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const head = [
    "| contract | bytes | keccak-256 of the creation code | of the runtime code |",
    "| --- | --- | --- | --- |",
  ];
  const table = [...head, ...(await Promise.all(NAMES.map(row)))].join("\n");
  const text = await format(`${INTRODUCTION}\n${table}\n`, { parser: "markdown", printWidth: 120 });
  if (!values.check) writeFileSync(PATH, text);
  else if (readFileSync(PATH, "utf8") !== text) {
    throw new OperatorError("docs/bytecode.md is not up to date: run `npm run docs` and commit it.");
  }
});
