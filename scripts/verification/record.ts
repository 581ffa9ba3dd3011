/** Reads deployment.json, which is all that an auditor needs beside a node and this repository. */
import { existsSync, readFileSync } from "node:fs";
import { isAddress } from "ethers";
import type { Governance } from "../../sdk/src/deployments/governance.js";
import { parseDeployment } from "../../sdk/src/deployments/parseDeployment.js";
import { OperatorError, sentenceOf } from "../deployment/errors.js";
import type { DeploymentRecord } from "../deployment/records.js";

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

function parse(path: string): unknown {
  try {
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new OperatorError(
      `${path} is no record of a deployment: take it as the deployment wrote it (${sentenceOf(error)})`,
    );
  }
}

function isGovernance(value: Partial<Governance> | undefined): value is Governance {
  const { consortium, reviewers, directoryDelay, adminDelay } = value ?? {};
  const isDelay = (delay: unknown) => Number.isSafeInteger(delay) && Number(delay) >= 0;
  return (
    isAddress(consortium) &&
    Array.isArray(reviewers) &&
    reviewers.every((reviewer) => isAddress(reviewer)) &&
    isDelay(directoryDelay) &&
    isDelay(adminDelay)
  );
}
