/** What is kept of a deployment: deployments/<network>/deployment.json, and the table of them all in the SDK. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Governance } from "../../sdk/src/deployments/governance.js";
import { parseDeployment } from "../../sdk/src/deployments/parseDeployment.js";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import { OperatorError } from "./errors.js";
import { ROOT } from "./settings.js";

/** A deployment, and what it was made from. */
export interface DeploymentRecord extends Deployment {
  /** Of the sources: `-changed` follows if they differed from it, null without git. */
  commit: string | null;
  /** Whom it was handed over to. */
  governance: Governance;
}

/** All deployments in a folder, by chain id; no two may be for the same chain. */
export function readRecords(folder: string): Deployment[] {
  const records = networksIn(folder).map((network) => {
    const path = join(folder, network, "deployment.json");
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  });
  records.sort((a, b) => a.chainId - b.chainId);
  records.forEach(({ chainId, network }, index) => {
    const other = records[index - 1];
    if (other?.chainId === chainId) throw conflict(chainId, other.network, network);
  });
  return records;
}

/** Refuses a second network with the id of a chain that is recorded under another name. */
export function requireSoleNetwork(folder: string, network: string, chainId: number): void {
  const other = readRecords(folder).find((record) => record.chainId === chainId && record.network !== network);
  if (other !== undefined) throw conflict(chainId, other.network, network);
}

/** Writes deployment.json; a deployment that is recorded already keeps its commit, and what was noted of its governance since. */
export function writeRecord(directory: string, deployment: Deployment, settings: Governance): DeploymentRecord {
  const path = join(directory, "deployment.json");
  const { network, chainId, fromBlock, contracts } = deployment;
  const { consortium, reviewers, directoryDelay, adminDelay } = settings;
  const earlier = recordedAt(path, deployment);
  const commit = earlier === undefined ? commitOfSources() : earlier.commit;
  const governance = earlier?.governance ?? { consortium, reviewers, directoryDelay, adminDelay };
  const record = { network, chainId, fromBlock, commit, governance, contracts };
  replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** Where the SDK finds a chain's deployment. */
const TABLE = join(ROOT, "sdk/src/generated/deployments.ts");

/** Writes the table of all deployments in a folder. */
export function writeTable(folder: string, path = TABLE): void {
  const table = Object.fromEntries(
    readRecords(folder).map(({ network, chainId, fromBlock, contracts }) => [
      chainId,
      { network, chainId, fromBlock, contracts },
    ]),
  );
  replaceFile(
    path,
    `// Generated from deployments/ by \`npm run deployments\`: do not edit.
import type { Deployment } from "../deployments/types.js";

/** The deployments that this package knows, by chain id. */
export const deployments: Readonly<Record<number, Deployment>> = ${JSON.stringify(table, null, 2)};
`,
  );
}

function networksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  return names.filter((name) => existsSync(join(folder, name, "deployment.json")));
}

function conflict(chainId: number, one: string, other: string): OperatorError {
  return new OperatorError(
    `The networks ${one} and ${other} both stand for chain ${chainId}: remove the folder of the one that is gone from deployments/.`,
  );
}

/** What is recorded of this very deployment. */
function recordedAt(path: string, { contracts }: Deployment): DeploymentRecord | undefined {
  if (!existsSync(path)) return undefined;
  const recorded = JSON.parse(readFileSync(path, "utf8")) as DeploymentRecord;
  return JSON.stringify(recorded.contracts) === JSON.stringify(contracts) ? recorded : undefined;
}

function commitOfSources(): string | null {
  try {
    const changed = git("status", "--porcelain", "--", "contracts", "package-lock.json", "hardhat.config.ts") !== "";
    return git("rev-parse", "HEAD") + (changed ? "-changed" : "");
  } catch {
    return null;
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

function replaceFile(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
