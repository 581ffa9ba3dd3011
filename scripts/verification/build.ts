/** What the addresses of a record would hold if this repository had deployed there what is recorded. */
import hre from "hardhat";
import { getCreateAddress } from "ethers";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName } from "../../sdk/src/deployments/types.js";
import type { Chain } from "../deployment/chain.js";
import type { DeploymentRecord } from "../deployment/records.js";
import { type Rehearsal, rehearse } from "../deployment/rehearsal.js";
import { settingsIn } from "./settingsIn.js";
import type { Build } from "./types.js";

/** Rehearses the recorded deployment in memory: the same deployer and nonces, hence the same addresses and values in the code. */
export async function buildOf(
  chain: Chain,
  record: DeploymentRecord,
  deployer: string,
): Promise<Record<ContractName, Build>> {
  const rehearsal = await rehearsalOf(chain, record, deployer);
  const entries = CONTRACT_NAMES.map(async (name): Promise<[ContractName, Build]> => {
    const { abi, bytecode, immutableReferences = {} } = await hre.artifacts.readArtifact(name);
    const rehearsed = rehearsal?.contracts[name];
    const code = rehearsed?.address === record.contracts[name].address ? rehearsed.code : undefined;
    return [name, { abi, creationCode: bytecode, code, values: Object.values(immutableReferences).flat() }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ContractName, Build>;
}

/** Undefined if nothing can be deployed like that. */
async function rehearsalOf(chain: Chain, record: DeploymentRecord, deployer: string): Promise<Rehearsal | undefined> {
  const sent = await chain.nonceOf(deployer, "latest");
  const first = record.contracts.AccessManager.address;
  for (let nonce = 0; nonce < sent; nonce++) {
    if (getCreateAddress({ from: deployer, nonce }) !== first) continue;
    try {
      return await rehearse({ chainId: record.chainId, deployer, nonce, settings: settingsIn(record) });
    } catch {
      return undefined;
    }
  }
  return undefined;
}
