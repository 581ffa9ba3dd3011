/** Reads deployment.json, which is all that an auditor needs beside a node and this repository. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAddress } from "ethers";
import type { Governance } from "../../sdk/src/deployments/governance.js";
import { parseDeployment } from "../../sdk/src/deployments/parseDeployment.js";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import { OperatorError, sentenceOf } from "../deployment/errors.js";
import { after, before } from "../deployment/line.js";
import { type DeploymentRecord, networksIn } from "../deployment/records.js";

/** @throws OperatorError if there is none, or it does not say who governs */
export function readRecord(path: string): DeploymentRecord {
  if (!existsSync(path)) {
    throw new OperatorError(
      `There is no ${path}: deploy first, or put the deployment.json that is to be verified there.`,
    );
  }
  const record = parse(path) as DeploymentRecord;
  if (!isGovernance(record.governance)) {
    throw new OperatorError(
      `${path} does not say who governs (governance: consortium, reviewers, directoryDelay, adminDelay): run \`npm run deploy\` again, which adds it, or add it as it was agreed.`,
    );
  }
  return record;
}

/** The recorded deployments that one comes after, as far as there are records, and those that come after it. */
export function readOthers(folder: string, record: Deployment): Deployment[] {
  const all = networksIn(folder).map((network) => parse(join(folder, network, "deployment.json")));
  const { ConsentRegistry } = record.contracts;
  const others = all.filter(({ chainId, contracts }) => {
    return chainId === record.chainId && contracts.ConsentRegistry.address !== ConsentRegistry.address;
  });
  return [...(before(record, others) ?? []), ...after(record, others)];
}

function parse(path: string): Deployment {
  try {
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new OperatorError(
      `${path} is no record of a deployment: take it as the deployment wrote it (${sentenceOf(error)})`,
    );
  }
}

function areAddresses(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => isAddress(value));
}

function isGovernance(value: Partial<Governance> | undefined): value is Governance {
  const { consortium, reviewers, directoryDelay, adminDelay, former = [] } = value ?? {};
  const isDelay = (delay: unknown) => Number.isSafeInteger(delay) && Number(delay) >= 0;
  return (
    isAddress(consortium) &&
    areAddresses(reviewers) &&
    areAddresses(former) &&
    isDelay(directoryDelay) &&
    isDelay(adminDelay)
  );
}
