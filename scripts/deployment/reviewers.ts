/** What lets reviewers state verdicts in the audit log of a deployment that comes after another: a decision of the consortium. */
import { Interface } from "ethers";
import { Role, openToReviewers } from "../../sdk/src/deployments/governance.js";
import { listed } from "../verification/listed.js";
import { read } from "../verification/views.js";
import type { Chain } from "./chain.js";
import type { DeploymentRecord } from "./records.js";

const MANAGER = new Interface([
  "function setTargetFunctionRole(address target, bytes4[] selectors, uint64 roleId)",
  "function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)",
  "function getAccess(uint64 roleId, address account) view returns (uint48, uint32 delay, uint32, uint48)",
  "function schedule(address target, bytes data, uint48 when)",
  "function execute(address target, bytes data)",
]);

/** What the consortium has to send, line by line; nothing if it has. */
export async function linesToOpen(chain: Chain, { contracts, governance }: DeploymentRecord): Promise<string[]> {
  const [name, args] = openToReviewers(contracts.AuditLog.address);
  const manager = contracts.AccessManager.address;
  const ask = (view: string, ...given: unknown[]) => read(chain, manager, MANAGER, view, given);
  const [target, [selector]] = args as [string, string[]];
  const [role] = (await ask("getTargetFunctionRole", target, selector)) as unknown as [bigint];
  if (role === Role.REVIEWER) return [];
  const { delay } = (await ask("getAccess", Role.ADMIN, governance.consortium)) as unknown as { delay: bigint };
  const calldata = MANAGER.encodeFunctionData(name, args);
  return [
    "Reviewers can't state verdicts in its AuditLog until the consortium has called the AccessManager:",
    `  target    ${manager}`,
    `  calldata  ${calldata}`,
    `            ${name}${listed(args)}`,
    ...(delay === 0n ? [] : announced(manager, calldata, delay)),
  ];
}

function announced(target: string, calldata: string, delay: bigint): string[] {
  return [
    `That waits ${delay} s. So the consortium sends to the same target, first and then:`,
    `  schedule  ${MANAGER.encodeFunctionData("schedule", [target, calldata, 0])}`,
    `  execute   ${MANAGER.encodeFunctionData("execute", [target, calldata])}`,
  ];
}
