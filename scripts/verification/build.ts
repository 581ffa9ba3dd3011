/** What the addresses of a record would hold if this repository had deployed there what is recorded. */
import hre from "hardhat";
import { artifactOf } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName, Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain } from "../deployment/chain.js";
import { makingOf } from "../deployment/line.js";
import type { DeploymentRecord } from "../deployment/records.js";
import { type Rehearsal, rehearse } from "../deployment/rehearsal.js";
import type { Build } from "./types.js";

/** Rehearses what is recorded in memory: the same deployers and nonces, hence the same addresses and values in the code. */
export async function buildOf(
  chain: Chain,
  record: DeploymentRecord,
  earlier: readonly Deployment[],
): Promise<Record<ContractName, Build>> {
  const rehearsal = await rehearsalOf(chain, record, earlier);
  const entries = CONTRACT_NAMES.map(async (name): Promise<[ContractName, Build]> => {
    const {
      abi,
      bytecode,
      immutableReferences = {},
    } = await hre.artifacts.readArtifact(artifactOf(name, record.predecessor));
    const rehearsed = rehearsal?.contracts[name];
    const code = rehearsed?.address === record.contracts[name].address ? rehearsed.code : undefined;
    return [name, { abi, creationCode: bytecode, code, values: Object.values(immutableReferences).flat() }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ContractName, Build>;
}

/** Undefined if nothing can be deployed like that. */
async function rehearsalOf(
  chain: Chain,
  record: DeploymentRecord,
  earlier: readonly Deployment[],
): Promise<Rehearsal | undefined> {
  const { chainId, governance } = record;
  const line = await Promise.all([...earlier, record].map((each) => makingOf(chain, each, governance)));
  const makings = line.filter((making) => making !== undefined);
  if (makings.length < line.length) return undefined;
  try {
    return await rehearse(chainId, makings);
  } catch {
    return undefined;
  }
}
