/** Until it handed over, the deployer used its rights for nothing else and shared them with nobody: what was decided stays. */
import { getAddress, Interface, type InterfaceAbi, type LogDescription } from "ethers";
import { type Governance, Role } from "../../../sdk/src/deployments/governance.js";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import type { ChainLog } from "../../deployment/chain.js";
import { logged } from "../manager.js";
import type { Finding, Inspection } from "../types.js";

/** What nobody but the consortium or a reviewer can have decided. Without an accreditor there is no provider to decide about. */
const DECISIONS: Partial<Record<ContractName, string>> = {
  ProviderRegistry: "AccreditorAppointed",
  AuditLog: "Reviewed",
};

/** An event, and whether the transaction that hands over told it. */
interface Event {
  log: LogDescription;
  isLast: boolean;
}

export async function checkHandOver(inspection: Inspection): Promise<Finding[]> {
  const { deployer, doubted, record } = inspection;
  const [end] = await logged(inspection, "RoleRevoked", [Role.ADMIN, deployer]);
  // That it still administers is found among the roles.
  if (end === undefined) return [];
  const told = await eventsUntil(end, "AccessManager", inspection);
  const manager = strange(told, deployer);
  const others = Object.entries(DECISIONS)
    .map(([name, decision]) => [name as ContractName, decision] as const)
    .filter(([name]) => !doubted.has(name))
    .map(async ([name, decision]) => {
      const events = await eventsUntil(end, name, inspection);
      return findings(
        name,
        events.filter(({ log }) => log.name === decision),
      );
    });
  const received = recipient(told, record.governance);
  return [...received, ...findings("AccessManager", manager), ...(await Promise.all(others)).flat()];
}

/** Whom it was handed over to is known: a stranger could have done anything before it handed over itself. */
function recipient(events: readonly Event[], { consortium, former = [] }: Governance): Finding[] {
  const account = consortiumIn(events);
  if (account !== undefined && [consortium, ...former].map(getAddress).includes(account)) return [];
  const sentence = `The deployer handed over to ${account ?? "nobody"}, which deployment.json does not tell: add it to governance.former there if it was the consortium then, and do not use this deployment otherwise.`;
  return [{ check: "handOver", contract: "AccessManager", sentence }];
}

function consortiumIn(events: readonly Event[]): string | undefined {
  const given = events.find(({ log, isLast }) => isLast && isGrant(log, Role.ADMIN));
  return given?.log.args["account"] as string | undefined;
}

/** What the AccessManager is not told by a deployment: before the hand-over only who deploys, then one account for each role. */
function strange(events: readonly Event[], deployer: string): Event[] {
  const consortium = consortiumIn(events);
  return events.filter(({ log, isLast }) => {
    const { name, args } = log;
    if (!isLast) return !isGrant(log, Role.ADMIN) || args["account"] !== deployer;
    if (name !== "RoleGranted") return !["RoleLabel", "TargetFunctionRoleUpdated", "RoleRevoked"].includes(name);
    const isOfConsortium = isGrant(log, Role.ADMIN) || isGrant(log, Role.DIRECTORY);
    return isOfConsortium ? args["account"] !== consortium : !isGrant(log, Role.REVIEWER);
  });
}

function isGrant({ name, args }: LogDescription, role: bigint): boolean {
  return name === "RoleGranted" && args["roleId"] === role;
}

/** What a contract told up to the last that the hand-over told. */
async function eventsUntil(end: ChainLog, name: ContractName, inspection: Inspection): Promise<Event[]> {
  const { chain, record, build } = inspection;
  const { address, block = record.fromBlock } = record.contracts[name];
  // Of a deployment that comes after another: the consortium governed before.
  if (block > Number(end.blockNumber)) return [];
  const logs = await chain.logs({ address, fromBlock: block, toBlock: Number(end.blockNumber) });
  const abi = new Interface(build[name].abi as InterfaceAbi);
  return logs.flatMap((each) => {
    const [log, isLast] = [abi.parseLog(each), each.transactionHash === end.transactionHash];
    const isLater =
      Number(each.blockNumber) === Number(end.blockNumber) && Number(each.logIndex) > Number(end.logIndex);
    return log === null || (isLater && !isLast) ? [] : [{ log, isLast }];
  });
}

function findings(contract: ContractName, events: readonly Event[]): Finding[] {
  if (events.length === 0) return [];
  const names = [...new Set(events.map(({ log }) => log.name))].join(", ");
  const sentence = `Before the consortium governed, somebody decided in ${contract} (${names}): do not use this deployment, and deploy anew by an account that nobody else can use.`;
  return [{ check: "handOver", contract, sentence }];
}
