/** deployment.json: lost, and written again from the chain, which is asked which transactions created contracts. */
import { join } from "node:path";
import { AbiCoder, getAddress, id, Interface, type InterfaceAbi } from "ethers";
import hre from "hardhat";
import type { ContractName, DeployedContract, Deployment } from "@consentry/sdk";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import { Chain } from "../deployment/chain.js";
import { readRecords, writeRecord, writeTable } from "../deployment/records.js";
import { settingsToTry } from "../deployment/settings.js";
import { inspect } from "../verification/inspect.js";
import { type Check, compare, type Found } from "./check.js";
import type { Source } from "./indexes/source.js";
import type { Transaction, Walked } from "./walk.js";

/**
 * Writes it again, and lets `npm run deployments` and `npm run verify` do with it what they do.
 *
 * @param folder for deployments
 */
export async function checkRecord(source: Source, consortium: string, folder: string): Promise<Check[]> {
  const { network, chainId } = source.deployment;
  const contracts = await createdIn(source.walked);
  const fromBlock = Math.min(...Object.values(contracts).map(({ block = 0 }) => block));
  const rebuilt: Deployment = { network, chainId, fromBlock, contracts };
  const record = writeRecord(join(folder, network), rebuilt, settingsToTry(consortium));
  writeTable(folder, join(folder, "deployments.ts"));
  const [read] = readRecords(folder);
  const chain = new Chain({
    request: ({ method, params }) => source.node.ask(method, ...((params ?? []) as unknown[])),
  });
  const findings = await inspect(chain, record);
  // On the drill's chain one key governs; what is to be found about it is all.
  const sentences = findings.filter(({ check }) => check !== "consortium").map(({ sentence }) => sentence);
  return [
    compare(
      "deployment.json written from the chain is the one that was lost.",
      partsOf(source.deployment),
      partsOf(read),
    ),
    { claim: "npm run verify finds nothing wrong with it.", compared: CONTRACT_NAMES.length, differences: sentences },
  ];
}

/** All but whose commit it was and who governs, which is no part of what the SDK is given. */
function partsOf(deployment: Deployment | undefined): Found {
  if (deployment === undefined) return new Map();
  const { network, chainId, fromBlock, contracts } = deployment;
  return new Map<string, unknown>(Object.entries({ network, chainId, fromBlock, ...contracts }));
}

/** The contracts by their creation code, the arguments by what follows it. */
async function createdIn({ blocks, receipts }: Walked): Promise<Deployment["contracts"]> {
  const sent = new Map(blocks.flatMap(({ transactions }) => transactions).map((each) => [each.hash, each]));
  const found: Partial<Record<ContractName, DeployedContract>> = {};
  for (const name of CONTRACT_NAMES) {
    const { abi, bytecode } = await hre.artifacts.readArtifact(name);
    for (const { transactionHash, contractAddress, blockNumber } of receipts) {
      const transaction = sent.get(transactionHash);
      if (contractAddress === null || transaction?.input.startsWith(bytecode) !== true) continue;
      const created = { address: getAddress(contractAddress), arguments: argumentsOf(abi, transaction, bytecode) };
      const block = Number(blockNumber);
      found[name] = { ...created, transaction: transactionHash, block, abiHash: id(JSON.stringify(abi)) };
    }
  }
  return found as Deployment["contracts"];
}

function argumentsOf(abi: readonly unknown[], { input }: Transaction, bytecode: string): unknown[] {
  const { deploy } = new Interface(abi as InterfaceAbi);
  const values = AbiCoder.defaultAbiCoder().decode(deploy.inputs, `0x${input.slice(bytecode.length)}`);
  return values.toArray().map((value: unknown) => (typeof value === "bigint" ? Number(value) : value));
}
