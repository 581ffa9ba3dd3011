/** Compares a deployment on the chain with its record and with the build of this repository. */
import { ZeroAddress } from "ethers";
import { RENEWED } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { ContractName, Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain } from "../deployment/chain.js";
import { before, deployerOf } from "../deployment/line.js";
import type { DeploymentRecord } from "../deployment/records.js";
import { checkChain } from "./checks/chain.js";
import { checkCode } from "./checks/code.js";
import { checkConsortium } from "./checks/consortium.js";
import { checkCreation } from "./checks/creation.js";
import { checkFunctions } from "./checks/functions.js";
import { checkHandOver } from "./checks/handOver.js";
import { checkLine } from "./checks/line.js";
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
 * @param others the deployments of the chain that it comes after, and those that come after it
 * @param buildOf how to learn what the addresses should hold
 * @returns what is wrong; nothing if all is as it should be
 */
export async function inspect(
  chain: Chain,
  record: DeploymentRecord,
  others: readonly Deployment[] = [],
  buildOf = rehearsed,
): Promise<Finding[]> {
  const wrongPlace = [...(await checkChain(chain, record)), ...checkLine(record, others)];
  if (wrongPlace.length > 0) return wrongPlace;
  const earlier = before(record, others) ?? [];
  const deployers = await deployersOf(chain, record, earlier);
  const build = await buildOf(chain, record, earlier);
  const inspection = { chain, record, others, deployer: deployers.AccessManager, deployers, build };
  const found = await run(CONTRACTS, { ...inspection, doubted: new Set() });
  const doubted = new Set(found.map(({ contract }) => contract).filter((name) => name !== undefined));
  const rest = doubted.has("AccessManager") ? [checkLinks] : [checkLinks, ...GOVERNANCE];
  return [...found, ...(await run(rest, { ...inspection, doubted }))];
}

/** Who deployed each contract; the zero address where nobody is known to have. */
async function deployersOf(chain: Chain, record: DeploymentRecord, earlier: readonly Deployment[]) {
  const first = (await deployerOf(chain, earlier[0] ?? record)) ?? ZeroAddress;
  const own = (await deployerOf(chain, record)) ?? ZeroAddress;
  const entries = CONTRACT_NAMES.map((name) => [name, RENEWED.includes(name) ? own : first] as const);
  return Object.fromEntries(entries) as Record<ContractName, string>;
}

/** Hardhat is loaded only where a deployment is rehearsed. */
const rehearsed: BuildOf = async (...given) => (await import("./build.js")).buildOf(...given);

async function run(checks: readonly Check[], inspection: Inspection): Promise<Finding[]> {
  return (await Promise.all(checks.map(async (check) => check(inspection)))).flat();
}
