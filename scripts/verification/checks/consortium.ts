/** Who governs is more than one key. */
import { isUnwantedKey } from "../../deployment/consortium.js";
import type { Finding, Inspection } from "../types.js";

export async function checkConsortium({ chain, record }: Inspection): Promise<Finding[]> {
  const { consortium } = record.governance;
  if (!(await isUnwantedKey(chain, record.chainId, consortium))) return [];
  const sentence = `The consortium ${consortium} is a single key, and whoever has it governs alone: hand its roles over to a multi-signature account (docs/deployment.md), or set ALLOW_SINGLE_KEY=true where things are only tried.`;
  return [{ check: "consortium", contract: "AccessManager", sentence }];
}
