/** What a deployment comes after is recorded, too. */
import type { Deployment } from "../../../sdk/src/deployments/types.js";
import { before } from "../../deployment/line.js";
import type { Finding } from "../types.js";

export function checkLine(record: Deployment, others: readonly Deployment[]): Finding[] {
  if (before(record, others) !== undefined) return [];
  const sentence = `deployment.json says that it comes after the ConsentRegistry at ${String(record.predecessor)}, but no record beside it leads there: put the folders of all deployments of the chain beside each other, or take the record that the deployment wrote.`;
  return [{ check: "record", contract: "ConsentRegistry", sentence }];
}
