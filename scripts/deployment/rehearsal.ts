/** A deployment as it would go, in the memory of this process: nothing is sent to the chain that is meant. */
import type { Contract } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { deployContracts, deploySuccessor } from "../../sdk/src/deployments/deployContracts.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import { Chain } from "./chain.js";
import type { Settings } from "./settings.js";

/** Who deploys what where; a contract's address follows from the deployer and its nonce. */
export interface Making {
  deployer: string;
  /** Of the first transaction. */
  nonce: number;
  settings: Settings;
}

export interface Rehearsal {
  contracts: Record<ContractName, { address: string; code: string }>;
  /** What each transaction used, the hand-over last. */
  gas: bigint[];
}

/** More than a deployment can cost. */
const PLENTY = 10n ** 24n;

/**
 * Deploys with the build of this repository to a chain in memory that has the id of the one that is meant.
 *
 * @param line one deployment after the other
 * @returns the last of them
 */
export async function rehearse(chainId: number, line: readonly Making[]): Promise<Rehearsal> {
  const connection = await hre.network.create({ network: "default", override: { chainId } });
  try {
    const chain = new Chain(connection.provider);
    let [suite, height]: [Suite | undefined, number] = [undefined, 0];
    for (const making of line) {
      height = await chain.height();
      suite = await make(connection, making, suite);
    }
    const entries = Object.entries(suite ?? {}).map(async ([name, contract]) => {
      const address = await contract.getAddress();
      return [name, { address, code: await chain.codeAt(address) }] as const;
    });
    const contracts = Object.fromEntries(await Promise.all(entries)) as Rehearsal["contracts"];
    const blocks = Array.from({ length: (await chain.height()) - height }, (_, index) => height + index + 1);
    return { contracts, gas: await Promise.all(blocks.map((block) => chain.gasUsedIn(block))) };
  } finally {
    await connection.close();
  }
}

type Suite = Record<ContractName, Contract>;

async function make(
  { ethers, networkHelpers }: NetworkConnection,
  { deployer, nonce, settings }: Making,
  before: Suite | undefined,
): Promise<Suite> {
  await networkHelpers.setNonce(deployer, nonce);
  await networkHelpers.setBalance(deployer, PLENTY);
  const signer = await ethers.getImpersonatedSigner(deployer);
  const create = (name: string, args: readonly unknown[]) => ethers.deployContract(name, [...args], signer);
  return before === undefined ? deployContracts(create, deployer, settings) : deploySuccessor(create, before, settings);
}
