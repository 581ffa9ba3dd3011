/** Each governed function belongs to its role, and no contract is closed or has a delay of its own. */
import { Interface, type InterfaceAbi } from "ethers";
import { Role } from "../../../sdk/src/deployments/governance.js";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
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
  const sentences = [...expected].map(async ([key, role]) => {
    const [target = "", selector = ""] = key.split(" ");
    const [actual] = (await ask(inspection, "getTargetFunctionRole", target, selector)) as unknown as [bigint];
    if (actual === role) return [];
    const name = functionName(inspection, target, selector);
    return [
      `${name} is for ${nameOf(actual)} instead of ${nameOf(role)}: have the consortium set that back (AccessManager.setTargetFunctionRole).`,
    ];
  });
  return (await Promise.all(sentences)).flat();
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
  const contract = CONTRACT_NAMES.find((name) => inspection.record.contracts[name].address === target);
  const abi = contract === undefined ? [] : inspection.build[contract].abi;
  const name = new Interface(abi as InterfaceAbi).getFunction(selector)?.name ?? selector;
  return `${contractName(inspection, target)}.${name}`;
}

function contractName({ record }: Inspection, target: string): string {
  return CONTRACT_NAMES.find((name) => record.contracts[name].address === target) ?? target;
}
