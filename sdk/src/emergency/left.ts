import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import { toParty } from "../values/address.js";

/**
 * How often an organization can break the glass now; the number grows with time up to that of the deployment.
 *
 * @param grantee the provider, whether it may break the glass or not
 * @param options at which block; the newest if left out
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * console.log(await emergencyOf(consentry).left(clinic)); // 20
 */
export async function left(context: Context, grantee: string, options?: ReadOptions): Promise<number> {
  const address = toParty(grantee, "grantee");
  return Number(await context.consents.emergenciesLeft(address, atBlock(await blockOf(context, options))));
}
