/** Compares a deployment on the chain with its record and with the build of this repository. */
import { ZeroAddress, getAddress, isAddress } from "ethers";
import type { Chain } from "../deployment/chain.js";
import type { DeploymentRecord } from "../deployment/records.js";
import { checkChain } from "./checks/chain.js";
import { checkCode } from "./checks/code.js";
import { checkConsortium } from "./checks/consortium.js";
import { checkCreation } from "./checks/creation.js";
import { checkFunctions } from "./checks/functions.js";
import { checkHandOver } from "./checks/handOver.js";
import { checkLinks } from "./checks/links.js";
import { checkRecord } from "./checks/record.js";
import { checkRoles } from "./checks/roles.js";
import type { BuildOf, Check, Finding, Inspection } from "./types.js";

/** What each contract is. */
const CONTRACTS: readonly Check[] = [checkRecord, checkCode, checkCreation];
/** What the AccessManager says, which counts only if it is what it should be. */
const GOVERNANCE: readonly Check[] = [checkRoles, checkFunctions, checkHandOver, checkConsortium];

/**
 * Asks the chain alone; Ignition's journal is not needed. The build must be up to date.
 *
 * @param buildOf how to learn what the addresses should hold
 * @returns what is wrong; nothing if all is as it should be
 */
export async function inspect(chain: Chain, record: DeploymentRecord, buildOf = rehearsed): Promise<Finding[]> {
  const wrongChain = await checkChain(chain, record);
  if (wrongChain.length > 0) return wrongChain;
  const [given] = record.contracts.AccessManager.arguments ?? [];
  const deployer = isAddress(given) ? getAddress(given) : ZeroAddress;
  const inspection = { chain, record, deployer, build: await buildOf(chain, record, deployer) };
  const found = await run(CONTRACTS, { ...inspection, doubted: new Set() });
  const doubted = new Set(found.map(({ contract }) => contract).filter((name) => name !== undefined));
  const rest = doubted.has("AccessManager") ? [checkLinks] : [checkLinks, ...GOVERNANCE];
  return [...found, ...(await run(rest, { ...inspection, doubted }))];
}

/** Hardhat is loaded only where a deployment is rehearsed. */
const rehearsed: BuildOf = async (...given) => (await import("./build.js")).buildOf(...given);

async function run(checks: readonly Check[], inspection: Inspection): Promise<Finding[]> {
  return (await Promise.all(checks.map(async (check) => check(inspection)))).flat();
}
