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

/** All deployments in a folder, by chain id; of one chain, each comes after the one before it. */
export function readRecords(folder: string): Deployment[] {
  const records = networksIn(folder).map((network) => {
    const path = join(folder, network, "deployment.json");
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  });
  const chains = [...new Set(records.map(({ chainId }) => chainId))].sort((a, b) => a - b);
  return chains.flatMap((chainId) => inSuccession(records.filter((record) => record.chainId === chainId)));
}

/** Refuses a network with the id of a chain that is recorded under another name, unless it comes after the last one there. */
export function requirePlace(folder: string, network: string, chainId: number, predecessor: string | undefined): void {
  const records = readRecords(folder).filter((record) => record.chainId === chainId);
  const last = records.at(-1);
  if (last === undefined || records.some((record) => record.network === network)) return;
  if (last.contracts.ConsentRegistry.address !== predecessor) throw conflict(chainId, last.network, network);
}

/** The deployments of one chain, the first of them first. */
function inSuccession(records: readonly Deployment[]): Deployment[] {
  const ordered: Deployment[] = [];
  let before: string | undefined;
  while (ordered.length < records.length) {
    const [next, other] = records.filter(({ predecessor }) => predecessor === before);
    if (next === undefined) throw stray(records.find((record) => !ordered.includes(record)));
    if (other !== undefined) throw conflict(next.chainId, next.network, other.network);
    ordered.push(next);
    before = next.contracts.ConsentRegistry.address;
  }
  return ordered;
}

/** Writes deployment.json; a deployment that is recorded already keeps its commit, and what was noted of its governance since. */
export function writeRecord(directory: string, deployment: Deployment, settings: Governance): DeploymentRecord {
  const path = join(directory, "deployment.json");
  const { network, chainId, fromBlock, predecessor, contracts } = deployment;
  const { consortium, reviewers, directoryDelay, adminDelay, former } = settings;
  const earlier = recordedAt(path, deployment);
  const commit = earlier === undefined ? commitOfSources() : earlier.commit;
  const governance = earlier?.governance ?? { consortium, reviewers, directoryDelay, adminDelay, former };
  const record = { network, chainId, fromBlock, predecessor, commit, governance, contracts };
  replaceFile(path, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** Where the SDK finds a chain's deployment. */
const TABLE = join(ROOT, "sdk/src/generated/deployments.ts");

/** Writes the table of all deployments in a folder. */
export function writeTable(folder: string, path = TABLE): void {
  const table = readRecords(folder).map(({ network, chainId, fromBlock, predecessor, contracts }) => {
    return { network, chainId, fromBlock, predecessor, contracts };
  });
  replaceFile(
    path,
    `// Generated from deployments/ by \`npm run deployments\`: do not edit.
import type { Deployment } from "../deployments/types.js";

/** The deployments that this package knows, by chain id, each before the one that comes after it. */
export const deployments: readonly Deployment[] = ${JSON.stringify(table, null, 2)};
`,
  );
}

/** The names of the folders that hold a deployment. */
export function networksIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  return names.filter((name) => existsSync(join(folder, name, "deployment.json")));
}

function conflict(chainId: number, one: string, other: string): OperatorError {
  return new OperatorError(
    `The networks ${one} and ${other} both stand for chain ${chainId}, and neither comes after the other: remove the folder of the one that is gone from deployments/, or name the last in PREDECESSOR.`,
  );
}

function stray(record: Deployment | undefined): OperatorError {
  const { network = "", chainId = 0, predecessor = "" } = record ?? {};
  return new OperatorError(
    `The network ${network} comes after the ConsentRegistry at ${predecessor}, to which no other record of chain ${chainId} leads: put the folder of that deployment back into deployments/, or take the record of ${network} as the deployment wrote it.`,
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
