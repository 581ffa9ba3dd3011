/** The AccessManager: what it was ever told, by its events, and what it says now. */
import { Interface, type Result } from "ethers";
import { type Call, Role, handOver } from "../../sdk/src/deployments/governance.js";
import type { ChainLog } from "../deployment/chain.js";
import { read } from "./views.js";
import type { Inspection } from "./types.js";

const ABI = new Interface([
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
  "event RoleRevoked(uint64 indexed roleId, address indexed account)",
  "event RoleAdminChanged(uint64 indexed roleId, uint64 indexed admin)",
  "event RoleGuardianChanged(uint64 indexed roleId, uint64 indexed guardian)",
  "event RoleGrantDelayChanged(uint64 indexed roleId, uint32 delay, uint48 since)",
  "event TargetClosed(address indexed target, bool closed)",
  "event TargetFunctionRoleUpdated(address indexed target, bytes4 selector, uint64 indexed roleId)",
  "event TargetAdminDelayUpdated(address indexed target, uint32 delay, uint48 since)",
  "function getAccess(uint64 roleId, address account) view returns (uint48 since, uint32 delay, uint32 pendingDelay, uint48 effect)",
  "function getRoleAdmin(uint64 roleId) view returns (uint64)",
  "function getRoleGuardian(uint64 roleId) view returns (uint64)",
  "function getRoleGrantDelay(uint64 roleId) view returns (uint32)",
  "function getTargetFunctionRole(address target, bytes4 selector) view returns (uint64)",
  "function getTargetAdminDelay(address target) view returns (uint32)",
  "function isTargetClosed(address target) view returns (bool)",
]);

/** What the AccessManager was told with an event of this name, from the first block on. */
export async function told(inspection: Inspection, event: string): Promise<Result[]> {
  const logs = await logged(inspection, event);
  return logs.map(({ data, topics }) => ABI.decodeEventLog(event, data, topics));
}

/** The same as it is logged; `values` of what is indexed choose. */
export function logged({ chain, record }: Inspection, event: string, values: unknown[] = []): Promise<ChainLog[]> {
  const { address, block = record.fromBlock } = record.contracts.AccessManager;
  return chain.logs({ address, fromBlock: block, topics: ABI.encodeFilterTopics(event, values) });
}

/** A delay that was told and is still to begin; undefined if there is none. */
export function pendingIn(events: readonly Result[], present: bigint): { delay: bigint; from: string } | undefined {
  const { delay, since } = (events.at(-1) ?? { delay: present }) as { delay: bigint; since?: bigint };
  return delay === present || since === undefined ? undefined : { delay, from: timeOf(since) };
}

/** A time of the chain in words. */
export function timeOf(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString();
}

/** What the AccessManager says now. */
export function ask({ chain, record }: Inspection, view: string, ...args: unknown[]): Promise<Result> {
  return read(chain, record.contracts.AccessManager.address, ABI, view, args);
}

/** What it was told by the hand-over, in the calls of this name. */
export function handedOver({ record, deployer }: Inspection, name: string): Call<string>[1][] {
  const { ProviderRegistry, AuditLog } = record.contracts;
  const given = { providers: ProviderRegistry.address, audit: AuditLog.address, deployer };
  const calls = handOver<string>(given, record.governance);
  return calls.filter(([called]) => called === name).map(([, args]) => args);
}

const NAMES = new Map<bigint, string>([
  ...Object.entries(Role).map(([name, role]) => [role, `${name} (${role})`] as const),
  [2n ** 64n - 1n, "everybody"],
]);

/** What a role is called. */
export function nameOf(role: bigint): string {
  return NAMES.get(role) ?? `role ${role}`;
}
