/** The transaction that created each contract carried this repository's code and the recorded arguments. */
import { AbiCoder, Interface, type InterfaceAbi, type ParamType, getAddress } from "ethers";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import { listed } from "../listed.js";
import type { Build, Finding, Inspection } from "../types.js";

export async function checkCreation(inspection: Inspection): Promise<Finding[]> {
  const found = CONTRACT_NAMES.map(async (contract): Promise<Finding[]> => {
    const sentence = await sentenceFor(contract, inspection);
    return sentence === undefined ? [] : [{ check: "creation", contract, sentence }];
  });
  return (await Promise.all(found)).flat();
}

async function sentenceFor(name: ContractName, { chain, record, deployers, build }: Inspection) {
  const deployer = deployers[name];
  const { address, transaction: hash, block, arguments: given = [] } = record.contracts[name];
  if (hash === undefined) {
    return `deployment.json does not tell which transaction created ${name}: take the record that the deployment wrote.`;
  }
  const [transaction, receipt] = await Promise.all([chain.transaction(hash), chain.receiptOf(hash)]);
  if (transaction === null || receipt === null) {
    return `The node does not show the transaction ${hash} that created ${name}: ask a node that keeps them all, by RPC_URL.`;
  }
  const { contractAddress, blockNumber } = receipt;
  const isCreation = contractAddress !== null && getAddress(contractAddress) === address;
  if (!isCreation || Number(blockNumber) !== block || Number(blockNumber) < record.fromBlock) {
    return `The transaction ${hash} did not create ${name} at ${address} in block ${block ?? "that is recorded"}: take the record that the deployment wrote.`;
  }
  if (getAddress(transaction.from) !== deployer) {
    return `${name} was created by ${getAddress(transaction.from)}, not by the deployer ${deployer}: do not use it, and deploy anew.`;
  }
  return differenceOf(name, transaction.input, given, build[name]);
}

function differenceOf(name: ContractName, input: string, given: readonly unknown[], { abi, creationCode }: Build) {
  if (!input.startsWith(creationCode)) {
    return `The transaction that created ${name} carried other code than this repository builds: check out the commit of the deployment and verify again; if it still differs, do not use it.`;
  }
  const { deploy } = new Interface(abi as InterfaceAbi);
  const actual = decode(deploy.inputs, `0x${input.slice(creationCode.length)}`);
  if (actual !== undefined && listed(actual) === listed(given)) return undefined;
  return `The constructor of ${name} was given ${actual === undefined ? "what can't be read" : listed(actual)}, deployment.json says ${listed(given)}: do not use it if the record is what was agreed; if not, take the record that the deployment wrote.`;
}

/** Undefined if the arguments are others than the constructor takes, or are followed by something. */
function decode(types: readonly ParamType[], data: string): unknown[] | undefined {
  const coder = AbiCoder.defaultAbiCoder();
  try {
    const values = coder.decode(types, data).toArray();
    return coder.encode(types, values) === data ? values : undefined;
  } catch {
    return undefined;
  }
}
