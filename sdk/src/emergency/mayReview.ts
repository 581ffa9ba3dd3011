import { Interface } from "ethers";
import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { toParty } from "../values/address.js";

/** Of the AccessManager, which this path asks nothing else. */
const MANAGER = ["function canCall(address caller, address target, bytes4 selector) view returns (bool, uint32)"];

/**
 * Whether an account may state verdicts now: whether it is a reviewer, and need not announce what it does.
 *
 * @param account the address of a wallet or a contract
 * @param options at which block; the newest if left out
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * console.log(await emergencyOf(consentry).mayReview(reviewer)); // true
 */
export async function mayReview(context: Context, account: string, options?: ReadOptions): Promise<boolean> {
  const { audit, deployment, transport } = context;
  const caller = toParty(account, "account");
  const { AccessManager, AuditLog } = deployment.contracts;
  const block = await blockOf(context, options);
  const manager = new Interface(MANAGER);
  const question = [caller, AuditLog.address, audit.interface.getFunction("review").selector];
  const to = AccessManager.address;
  const answer = await transport.read({ to, data: manager.encodeFunctionData("canCall", question) }, block);
  return Boolean(manager.decodeFunctionResult("canCall", answer)[0]);
}
