import { Role } from "../deployments/governance.js";
import { toAddress } from "../values/address.js";
import { oneOf } from "../values/lists.js";

/**
 * A role of the AccessManager: `admin` gives and takes roles, `directory` does what the consortium does in the directory,
 * `reviewer` states verdicts.
 */
export type GovernanceRole = "admin" | "directory" | "reviewer";

const IDS: Readonly<Record<GovernanceRole, bigint>> = {
  admin: Role.ADMIN,
  directory: Role.DIRECTORY,
  reviewer: Role.REVIEWER,
};

const ROLES = Object.keys(IDS) as GovernanceRole[];

/** The name of a role; undefined for one that the project does not have. */
export function roleOf(id: bigint): GovernanceRole | undefined {
  return ROLES.find((role) => IDS[role] === id);
}

/** The id of a role, and an account; throws for what is none. */
export function toHolder({ role, account }: { role: unknown; account: unknown }): [id: bigint, account: string] {
  return [IDS[oneOf(ROLES, role, "role")], toAddress(account, "account")];
}
