/** Each governed function belongs to its role, and no contract is closed or has a delay of its own. */
import { Interface, type InterfaceAbi } from "ethers";
import { Role, openToReviewers } from "../../../sdk/src/deployments/governance.js";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import type { Deployment } from "../../../sdk/src/deployments/types.js";
import { listed } from "../listed.js";
import { ask, handedOver, nameOf, pendingIn, told } from "../manager.js";
import type { Finding, Inspection } from "../types.js";

export async function checkFunctions(inspection: Inspection): Promise<Finding[]> {
  const sentences = await Promise.all([functionSentences(inspection), targetSentences(inspection)]);
  return sentences.flat().map((sentence) => ({ check: "functions", contract: "AccessManager", sentence }));
}

async function functionSentences(inspection: Inspection): Promise<string[]> {
  const expected = new Map<string, bigint>();
  for (const { target, selector } of await told(inspection, "TargetFunctionRoleUpdated")) {
    expected.set(`${target} ${selector}`, Role.ADMIN);
  }
  for (const [target, selectors, role] of handedOver(inspection, "setTargetFunctionRole")) {
    for (const selector of selectors as string[]) expected.set(`${String(target)} ${selector}`, role as bigint);
  }
  // Reviewers look into what is logged in the others, too, as far as they were ever let.
  for (const { contracts } of inspection.others) {
    const [, [audit, selectors, role]] = openToReviewers(contracts.AuditLog.address);
    for (const selector of selectors as string[]) {
      const key = `${String(audit)} ${selector}`;
      if (expected.has(key)) expected.set(key, role as bigint);
    }
  }
  const sentences = [...expected].map(async ([key, role]) => {
    const [target = "", selector = ""] = key.split(" ");
    const [actual] = (await ask(inspection, "getTargetFunctionRole", target, selector)) as unknown as [bigint];
    if (actual === role) return [];
    const name = functionName(inspection, target, selector);
    if (isStillToOpen(inspection, target, actual)) {
      return [
        `${name} is for no reviewer yet: have the consortium send what \`npm run deploy\` prints for a deployment that comes after another, setTargetFunctionRole${listed([target, `[${selector}]`, role])} to the AccessManager at ${inspection.record.contracts.AccessManager.address}.`,
      ];
    }
    return [
      `${name} is for ${nameOf(actual)} instead of ${nameOf(role)}: have the consortium set that back (AccessManager.setTargetFunctionRole).`,
    ];
  });
  return (await Promise.all(sentences)).flat();
}

/** Of a deployment that comes after another, the deployer could not open it. */
function isStillToOpen({ record }: Inspection, target: string, role: bigint): boolean {
  return record.predecessor !== undefined && target === record.contracts.AuditLog.address && role === Role.ADMIN;
}

async function targetSentences(inspection: Inspection): Promise<string[]> {
  const [closings, delays] = await Promise.all([
    told(inspection, "TargetClosed"),
    told(inspection, "TargetAdminDelayUpdated"),
  ]);
  const touched = [...closings, ...delays].map((event) => event["target"] as string);
  const sentences = [...new Set(touched)].map(async (target) => {
    const [closed] = (await ask(inspection, "isTargetClosed", target)) as unknown as [boolean];
    const [delay] = (await ask(inspection, "getTargetAdminDelay", target)) as unknown as [bigint];
    const name = contractName(inspection, target);
    const found = [];
    if (closed) {
      found.push(
        `${name} is closed, so that nobody can govern it: have the consortium open it (AccessManager.setTargetClosed).`,
      );
    }
    if (delay !== 0n) {
      found.push(
        `${name} has an administrator's delay of its own, ${delay} s: have the consortium set it back to 0 (AccessManager.setTargetAdminDelay).`,
      );
    }
    const pending = pendingIn(
      delays.filter((event) => event["target"] === target),
      delay,
    );
    if (pending !== undefined && pending.delay !== 0n) {
      found.push(
        `${name} has an administrator's delay of its own, ${pending.delay} s, from ${pending.from} on: have the consortium set it back to 0 before (AccessManager.setTargetAdminDelay).`,
      );
    }
    return found;
  });
  return (await Promise.all(sentences)).flat();
}

function functionName(inspection: Inspection, target: string, selector: string): string {
  const all = [inspection.record, ...inspection.others];
  const contract = CONTRACT_NAMES.find((name) => all.some(({ contracts }) => contracts[name].address === target));
  const abi = contract === undefined ? [] : inspection.build[contract].abi;
  const name = new Interface(abi as InterfaceAbi).getFunction(selector)?.name ?? selector;
  return `${contractName(inspection, target)}.${name}`;
}

function contractName({ record, others }: Inspection, target: string): string {
  const nameIn = ({ contracts }: Deployment) => CONTRACT_NAMES.find((name) => contracts[name].address === target);
  const other = others.find(nameIn);
  return nameIn(record) ?? (other === undefined ? target : `${nameIn(other) ?? ""} of ${other.network}`);
}
