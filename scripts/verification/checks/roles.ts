/** Each role is held by those whom the record names, with their delays, and by nobody else; least of all by the deployer. */
import { type Result, getAddress } from "ethers";
import { Role } from "../../../sdk/src/deployments/governance.js";
import { ask, handedOver, nameOf, pendingIn, timeOf, told } from "../manager.js";
import type { Finding, Inspection } from "../types.js";

interface Holding {
  role: bigint;
  account: string;
  /** Seconds between announcing and doing; undefined if the account is not to hold the role. */
  delay: bigint | undefined;
}

export async function checkRoles(inspection: Inspection): Promise<Finding[]> {
  const granted = await told(inspection, "RoleGranted");
  const known = [...expected(inspection), ...granted.map(holdingIn)];
  const holdings = new Map(known.map((each) => [`${each.role} ${each.account}`, each] as const).reverse());
  const roles = new Set([...Object.values(Role), ...known.map(({ role }) => role), ...(await changed(inspection))]);
  const delays = await told(inspection, "RoleGrantDelayChanged");
  const sentences = await Promise.all([
    ...[...holdings.values()].map((holding) => holdingSentences(holding, inspection)),
    ...[...roles].map((role) => roleSentences(role, inspection, delays)),
  ]);
  return sentences.flat().map((sentence) => ({ check: "roles", contract: "AccessManager", sentence }));
}

function expected(inspection: Inspection): Holding[] {
  return handedOver(inspection, "grantRole").map(([role, account, delay]) => {
    return { role: role as bigint, account: getAddress(account as string), delay: BigInt(delay as number) };
  });
}

function holdingIn(event: Record<string, unknown>): Holding {
  return { role: event["roleId"] as bigint, account: event["account"] as string, delay: undefined };
}

/** Roles that were given another administrator, guardian or delay. */
async function changed(inspection: Inspection): Promise<bigint[]> {
  const events = ["RoleAdminChanged", "RoleGuardianChanged", "RoleGrantDelayChanged"];
  const all = await Promise.all(events.map((event) => told(inspection, event)));
  return all.flat().map((event) => event["roleId"] as bigint);
}

async function holdingSentences({ role, account, delay }: Holding, inspection: Inspection): Promise<string[]> {
  const access = await ask(inspection, "getAccess", role, account);
  const [since, actual, pending, effect] = access.toArray() as [bigint, bigint, bigint, bigint];
  const name = nameOf(role);
  if (since === 0n) {
    return delay === undefined
      ? []
      : [`${account} does not hold ${name}, as it should: have an administrator grant it.`];
  }
  if (delay === undefined) return [intruder(account, name, inspection)];
  const sentences = [];
  if (actual !== delay) {
    sentences.push(
      `${account} holds ${name} with a delay of ${actual} s instead of ${delay} s: have the consortium grant it again with that delay, or correct governance in deployment.json if the consortium changed it.`,
    );
  }
  if (effect !== 0n) {
    sentences.push(
      `The delay with which ${account} holds ${name} becomes ${pending} s at ${timeOf(effect)}: have the consortium grant it again with ${delay} s, unless it wants that.`,
    );
  }
  if (since > BigInt(await inspection.chain.timeOf("latest"))) {
    sentences.push(`${account} holds ${name} only from ${timeOf(since)} on: verify again after that.`);
  }
  return sentences;
}

function intruder(account: string, name: string, { deployers }: Inspection): string {
  return Object.values(deployers).includes(account)
    ? `The deployer ${account} holds ${name}, where it should hold nothing: have it renounce that (AccessManager.renounceRole), or the consortium revoke it, and look into what it did with it.`
    : `${account} holds ${name}, which deployment.json does not tell: have the consortium revoke it, or add it to governance there if the consortium granted it.`;
}

async function roleSentences(role: bigint, inspection: Inspection, delays: readonly Result[]): Promise<string[]> {
  const views = ["getRoleAdmin", "getRoleGuardian", "getRoleGrantDelay"];
  const answers = await Promise.all(views.map(async (view) => (await ask(inspection, view, role))[0] as bigint));
  const [admin = 0n, guardian = 0n, delay = 0n] = answers;
  const name = nameOf(role);
  const sentences = [];
  if (admin !== Role.ADMIN) {
    sentences.push(
      `${name} is granted and revoked by ${nameOf(admin)}: have the consortium give that back to ${nameOf(Role.ADMIN)} (AccessManager.setRoleAdmin).`,
    );
  }
  if (guardian !== Role.ADMIN) {
    sentences.push(
      `What is announced for ${name} can be called off by ${nameOf(guardian)}: have the consortium take that back (AccessManager.setRoleGuardian).`,
    );
  }
  if (delay !== 0n) {
    sentences.push(
      `${name} begins ${delay} s after it was granted, instead of at once: have the consortium set that back (AccessManager.setGrantDelay).`,
    );
  }
  const pending = pendingIn(
    delays.filter(({ roleId }) => roleId === role),
    delay,
  );
  if (pending !== undefined && pending.delay !== 0n) {
    sentences.push(
      `${name} begins ${pending.delay} s after it was granted, from ${pending.from} on: have the consortium set that back before (AccessManager.setGrantDelay).`,
    );
  }
  return sentences;
}
