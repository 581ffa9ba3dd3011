/** deployments/CHANGELOG.md: which deployments there were, also those whose folder is gone. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentRecord } from "./records.js";

const INTRODUCTION = `# Deployments, oldest first

Written by \`npm run deploy\`: one entry for each deployment but those to development chains.
`;

/**
 * Adds a deployment, unless it is there already.
 *
 * @param time when it began, in seconds
 * @param before the name of the one that it comes after
 */
export function addToChangelog(folder: string, record: DeploymentRecord, time: number, before?: string): void {
  const path = join(folder, "CHANGELOG.md");
  const text = existsSync(path) ? readFileSync(path, "utf8") : INTRODUCTION;
  const entry = entryOf(record, time, before);
  if (text.includes(entry)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${text}\n${entry}`);
}

/** The block in which a deployment began. */
export function firstBlockOf({ predecessor, fromBlock, contracts }: DeploymentRecord): number {
  return predecessor === undefined ? fromBlock : (contracts.ConsentRegistry.block ?? fromBlock);
}

function entryOf(record: DeploymentRecord, time: number, before: string | undefined): string {
  const { network, chainId, commit, governance, contracts, predecessor } = record;
  const day = new Date(time * 1000).toISOString().slice(0, 10);
  const addresses = Object.entries(contracts).map(([name, { address }]) => `- ${name}: \`${address}\``);
  const { consortium, directoryDelay, adminDelay } = governance;
  const facts = [
    `- Commit: ${commit === null ? "unknown" : `\`${commit}\``}`,
    ...(predecessor === undefined ? [] : [`- Comes after: ${before ?? "the ConsentRegistry"} \`${predecessor}\``]),
    `- First block: ${firstBlockOf(record)}`,
    `- Governed by: \`${consortium}\`, the directory after ${directoryDelay} s, roles after ${adminDelay} s`,
  ];
  return `${[`## ${day}: ${network}, chain ${chainId}`, "", ...facts, ...addresses].join("\n")}\n`;
}
