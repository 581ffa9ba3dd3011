import type { Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { managerOf } from "./contracts.js";
import { eventsOf, type RoleGranted } from "./events.js";
import { type GovernanceRole, toHolder } from "./roles.js";
import { toDelay } from "./values.js";

/** Who is to hold a role. */
export interface GrantRoleParams {
  role: GovernanceRole;
  account: string;
  /**
   * Seconds between announcing and doing, of all that the account does in this role; 0: nothing waits. One that is shorter
   * than before counts only when the difference has passed.
   */
  delay: number;
}

/**
 * Gives an account a role, or another delay in a role that it holds. By an administrator.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerExpiredError where it waits
 * @throws AccessManagerUnauthorizedAccountError if the signer is no administrator
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * const reviewer = { role: "reviewer", account, delay: 0 } as const;
 * await governance.grantRole.announce(reviewer);
 * // Once the delay is over:
 * await governance.grantRole(reviewer);
 */
export async function grantRole(context: Context, params: GrantRoleParams): Promise<WriteResult<RoleGranted>> {
  return send(context, await grantRoleRequest(context, params), (logs) => eventsOf(context, logs, "RoleGranted"));
}

/** Builds the transaction of {@link grantRole} without sending it. */
export async function grantRoleRequest(context: Context, params: GrantRoleParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["role", "account", "delay"]);
  const delay = toDelay(params.delay, "delay");
  return unsigned(managerOf(context).grantRole.populateTransaction(...toHolder(params), delay));
}
