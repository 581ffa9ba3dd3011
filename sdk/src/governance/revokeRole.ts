import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { managerOf } from "./contracts.js";
import { eventsOf, type RoleRevoked } from "./events.js";
import { type GovernanceRole, toHolder } from "./roles.js";

/** Who is not to hold a role any more. */
export interface RevokeRoleParams {
  role: GovernanceRole;
  account: string;
}

/**
 * Takes a role from an account; what it announced it can't do any more. By an administrator.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerExpiredError where it waits
 * @throws AccessManagerUnauthorizedAccountError if the signer is no administrator
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * await governance.revokeRole.announce({ role: "reviewer", account });
 * // Once the delay is over:
 * await governance.revokeRole({ role: "reviewer", account });
 */
export async function revokeRole(context: Context, params: RevokeRoleParams): Promise<WriteResult<RoleRevoked>> {
  return send(context, await revokeRoleRequest(context, params), (logs) => eventsOf(context, logs, "RoleRevoked"));
}

/** Builds the transaction of {@link revokeRole} without sending it. */
export async function revokeRoleRequest(context: Context, params: RevokeRoleParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["role", "account"]);
  return unsigned(managerOf(context).revokeRole.populateTransaction(...toHolder(params)));
}
