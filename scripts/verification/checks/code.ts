/** What runs at each address is what this repository builds, values of the constructor included, and has a size that chains take. */
import { dataLength } from "ethers";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import type { Build, Finding, Inspection } from "../types.js";

/** The most bytes that a contract may have (EIP-170). */
export const LIMIT = 24_576;

export async function checkCode(inspection: Inspection): Promise<Finding[]> {
  const found = CONTRACT_NAMES.map(async (contract) =>
    (await sentencesFor(contract, inspection)).map((sentence): Finding => ({ check: "code", contract, sentence })),
  );
  return (await Promise.all(found)).flat();
}

async function sentencesFor(name: ContractName, { chain, record, build }: Inspection): Promise<string[]> {
  const { address } = record.contracts[name];
  const code = await chain.codeAt(address);
  if (code === "0x") {
    return [
      `There is no contract at ${address}, where ${name} should be: correct RPC_URL if this is another chain with the same id, or else deploy anew.`,
    ];
  }
  const size = dataLength(code);
  const sentences = [difference(name, address, code, build[name], record.commit)];
  if (size > LIMIT) {
    sentences.push(
      `${name} has ${size} bytes, more than ${LIMIT}, which other chains and nodes refuse (EIP-170): do not use it, and deploy what this repository builds.`,
    );
  }
  return sentences.filter((sentence) => sentence !== undefined);
}

function difference(name: ContractName, address: string, code: string, build: Build, commit: string | null) {
  if (build.code === undefined) {
    return `${name} at ${address} can't come of the deployer, the order and the arguments that deployment.json tells: take the record that the deployment wrote, and do not use this one.`;
  }
  if (code === build.code) return undefined;
  if (masked(code, build) === masked(build.code, build)) {
    return `${name} at ${address} was constructed with other values than deployment.json tells: do not use it, and deploy anew.`;
  }
  return `The code of ${name} at ${address} is not what this repository builds: check out commit ${commit ?? "of the deployment"} and verify again; if it still differs, do not use it.`;
}

/** The code without the constructor's values. */
function masked(code: string, { values }: Build): string {
  return values.reduce((text, { start, length }) => {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
    return text.slice(0, from) + "0".repeat(2 * length) + text.slice(to);
  }, code);
}
